import {
  connect,
  DelegateError,
  type DelegateErrorCode,
  verifyDelegate,
  verifyDelegateSignature,
} from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair, secp256k1 } from "@yoctonear/keys/secp256k1";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { type Transport, TransportError } from "@yoctonear/rpc";
import {
  type AccessKeyPermission,
  createDelegateAction,
  type Delegate,
  type DelegateActionParts,
  type DelegateV2,
  functionCall,
  functionCallAccess,
  gasKeyFullAccess,
  gasKeyFunctionCallAccess,
  type NonDelegateAction,
  signDelegateAction,
  transfer,
  withdrawFromGasKey,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection } from "./stage.ts";

const test = suite("verifyDelegate: what the chain would execute");
const schemes = [ed25519];
const pay = [transfer("1 NEAR")];

interface Person {
  readonly chain: Localnet;
  /** Gives alice another key, and a way to sign with it. */
  key(permission: AccessKeyPermission): Promise<(parts: Partial<Parts>) => Promise<Signed>>;
  /** Signs with alice's own key. */
  sign(parts?: Partial<Parts>): Promise<Signed>;
}
type Parts = DelegateActionParts;
type Signed = Delegate | DelegateV2;

async function meet(protocolVersion?: number): Promise<Person> {
  const chain = await createLocalnet({
    protocolVersion,
    accounts: { "alice.near": "9 NEAR", "bob.near": "9 NEAR" },
  });
  const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
  const signer = chain.signer("alice.near");
  const parts: Parts = {
    senderId: "alice.near",
    publicKey: signer.publicKey,
    nonce: 1n,
    receiverId: "bob.near",
    actions: pay,
    maxBlockHeight: 1_000n,
  };
  return {
    chain,
    sign: (other) => signDelegateAction(createDelegateAction({ ...parts, ...other }), signer),
    key: async (permission) => {
      const keyPair = randomEd25519KeyPair();
      await alice.addKey(keyPair.publicKey, permission);
      const key = await alice.key(keyPair.publicKey);
      const own = { ...parts, publicKey: keyPair.publicKey, nonce: (key?.nonce ?? 0n) + 1n };
      return (other) => signDelegateAction(createDelegateAction({ ...own, ...other }), keyPair);
    },
  };
}

/** Expects a delegate action to be refused, and the chain to refuse it with the same error. */
async function refused(
  chain: Localnet,
  signed: Signed,
  code: DelegateErrorCode,
  kind: string,
): Promise<void> {
  const error = await rejection(verifyDelegate(chain.transport, signed, { schemes }));
  assert.instance(error, DelegateError);
  assert.ok(error instanceof DelegateError);
  assert.equal([error.code, error.kind], [code, kind]);
  const bob = connect(chain).account("bob.near", chain.signer("bob.near"));
  const failure = await rejection(bob.relay(signed));
  assert.ok(isNearError(failure));
  assert.is("kind" in failure ? failure.kind : failure.code, kind);
}

test("says who signed, with which nonce, and at which height it was true", async () => {
  const { chain, sign } = await meet();
  const signed = await sign();
  const verified = await verifyDelegate(chain.transport, signed, { schemes });
  assert.equal(
    { ...verified, hash: "", blockHeight: 0n },
    {
      hash: "",
      senderId: "alice.near",
      publicKey: chain.signer("alice.near").publicKey,
      nonce: 1n,
      nonceIndex: undefined,
      blockHeight: 0n,
    },
  );
  assert.is(verified.hash, await verifyDelegateSignature(signed, schemes));
});

test("P31: anyone's key is not anyone's account", async () => {
  const { chain } = await meet();
  const other = randomEd25519KeyPair();
  const parts = { senderId: "alice.near", publicKey: other.publicKey, nonce: 1n };
  const rest = { receiverId: "bob.near", actions: pay, maxBlockHeight: 1_000n };
  const signed = await signDelegateAction(createDelegateAction({ ...parts, ...rest }), other);
  await refused(chain, signed, "unknown_key", "AccessKeyNotFound");
  const nobody = createDelegateAction({ ...parts, ...rest, senderId: "nobody.near" });
  const error = await rejection(
    verifyDelegate(chain.transport, await signDelegateAction(nobody, other), { schemes }),
  );
  assert.ok(isNearError(error, "unknown_key"));
});

test("P33: a node that does not answer is not a verdict", async () => {
  const { sign } = await meet();
  const down: Transport = async () => {
    throw new TransportError("network", "not reached");
  };
  const error = await rejection(verifyDelegate(down, await sign(), { schemes }));
  assert.instance(error, TransportError);
});

test("a changed action is not what was signed, and needs no node to be told", async () => {
  const { chain, sign } = await meet();
  const signed = await sign();
  const changed = { ...signed.delegateAction, actions: [transfer("2 NEAR")] };
  const forged = { ...signed, delegateAction: changed } as const;
  // @ts-expect-error the spread has lost which version it is
  await refused(chain, forged, "invalid_signature", "DelegateActionInvalidSignature");
  const never: Transport = () => Promise.reject(new Error("asked a node"));
  // @ts-expect-error the same
  const error = await rejection(verifyDelegate(never, forged, { schemes }));
  assert.ok(isNearError(error, "invalid_signature"));
});

test("P33: keys of all types that the caller lists, and no other", async () => {
  const { chain } = await meet();
  const keyPair = randomSecp256k1KeyPair();
  const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
  await alice.addKey(keyPair.publicKey, { type: "fullAccess" });
  const nonce = ((await alice.key(keyPair.publicKey))?.nonce ?? 0n) + 1n;
  const signed = await signDelegateAction(
    createDelegateAction({
      senderId: "alice.near",
      publicKey: keyPair.publicKey,
      nonce,
      receiverId: "bob.near",
      actions: pay,
      maxBlockHeight: 1_000n,
    }),
    keyPair,
  );
  const error = await rejection(verifyDelegate(chain.transport, signed, { schemes }));
  assert.ok(isNearError(error, "unsupported_key"));
  const both = [ed25519, secp256k1];
  assert.is((await verifyDelegate(chain.transport, signed, { schemes: both })).nonce, nonce);
});

test("expired is what the next block would refuse", async () => {
  const { chain, sign } = await meet();
  const { blockHeight } = await verifyDelegate(chain.transport, await sign(), { schemes });
  const last = await sign({ maxBlockHeight: blockHeight + 1n });
  assert.is((await verifyDelegate(chain.transport, last, { schemes })).nonce, 1n);
  const late = await sign({ maxBlockHeight: blockHeight });
  await refused(chain, late, "expired", "DelegateActionExpired");
});

test("a nonce that is used, or beyond all blocks", async () => {
  const { chain, sign } = await meet();
  const bob = connect(chain).account("bob.near", chain.signer("bob.near"));
  const signed = await sign();
  await bob.relay(signed);
  await refused(chain, signed, "nonce_used", "DelegateActionInvalidNonce");
  const { blockHeight } = await verifyDelegate(chain.transport, await sign({ nonce: 2n }), {
    schemes,
  });
  const bound = (blockHeight + 1n) * 1_000_000n;
  const last = await sign({ nonce: bound - 1n });
  assert.is((await verifyDelegate(chain.transport, last, { schemes })).nonce, bound - 1n);
  const first = await rejection(
    verifyDelegate(chain.transport, await sign({ nonce: bound }), { schemes }),
  );
  assert.ok(isNearError(first, "nonce_too_large"));
  const far = await sign({ nonce: 2n ** 63n });
  await refused(chain, far, "nonce_too_large", "DelegateActionNonceTooLarge");
});

test("what a function-call key may not sign", async () => {
  const { chain, key } = await meet();
  const access = { methods: ["vote"], allowance: "1 NEAR" } as const;
  const sign = await key(functionCallAccess("app.near", access));
  const vote = functionCall("vote");
  const fits = await sign({ receiverId: "app.near", actions: [vote] });
  assert.is((await verifyDelegate(chain.transport, fits, { schemes })).senderId, "alice.near");
  const cases: readonly (readonly [string, string, readonly NonDelegateAction[]])[] = [
    ["RequiresFullAccess", "app.near", [vote, vote]],
    ["RequiresFullAccess", "app.near", []],
    ["RequiresFullAccess", "app.near", pay],
    ["DepositWithFunctionCall", "app.near", [functionCall("vote", {}, { deposit: 1n })]],
    ["ReceiverMismatch", "bob.near", [vote]],
    ["MethodNameMismatch", "app.near", [functionCall("Vote")]],
  ];
  for (const [kind, receiverId, actions] of cases) {
    await refused(chain, await sign({ receiverId, actions }), "key_not_permitted", kind);
  }
});

test("gas keys: their lanes and no plain nonce, their methods too", async () => {
  const { chain, key, sign } = await meet();
  const signGas = await key(gasKeyFullAccess({ numNonces: 2 }));
  const lane = await signGas({ nonce: 1n, nonceIndex: 1 });
  const error = await rejection(verifyDelegate(chain.transport, lane, { schemes }));
  // A lane begins where a new key would.
  assert.ok(isNearError(error, "nonce_used"));
  const nonce = 900_000_000n;
  await chain.fastForward(1_000);
  const fits = await signGas({ nonce, nonceIndex: 1, maxBlockHeight: 9_000n });
  const verified = await verifyDelegate(chain.transport, fits, { schemes });
  assert.equal([verified.nonce, verified.nonceIndex], [nonce, 1]);
  const plain = await signGas({ nonce, maxBlockHeight: 9_000n });
  await refused(chain, plain, "wrong_nonce_type", "DelegateActionRequiresNonGasKey");
  const outside = await signGas({ nonce, nonceIndex: 2, maxBlockHeight: 9_000n });
  await refused(chain, outside, "unknown_nonce_index", "DelegateActionInvalidNonceIndex");
  const ordinary = await sign({ nonce, nonceIndex: 0, maxBlockHeight: 9_000n });
  await refused(chain, ordinary, "wrong_nonce_type", "DelegateActionRequiresGasKey");
  const signVote = await key(
    gasKeyFunctionCallAccess("app.near", { methods: ["vote"], numNonces: 1 }),
  );
  const vote = { receiverId: "app.near", nonceIndex: 0, nonce: 2_000_000_000n };
  await chain.fastForward(2_000);
  const other = await signVote({ ...vote, maxBlockHeight: 9_000n, actions: [functionCall("no")] });
  await refused(chain, other, "key_not_permitted", "MethodNameMismatch");
});

for (const protocolVersion of [85, 86, 87, 88]) {
  test(`protocol ${protocolVersion}: V2, and what 87 took out of delegates`, async () => {
    const { chain, key, sign } = await meet(protocolVersion);
    const gas = await key(gasKeyFullAccess({ numNonces: 1 }));
    await chain.fastForward(10);
    const nonce = 5_000_000n;
    const v1 = await sign({ nonce });
    const v2 = await gas({ nonce, nonceIndex: 0 });
    const { publicKey } = v2.delegateAction;
    const withdraw = await sign({
      nonce,
      receiverId: "alice.near",
      actions: [withdrawFromGasKey(publicKey, 1n)],
    });
    const call = { ...functionCall("vote"), methodName: "" };
    const nameless = await sign({ nonce, actions: [call] });
    const isNew = protocolVersion >= 87;
    for (const signed of isNew ? [v1] : [v1, v2, withdraw, nameless]) {
      assert.is((await verifyDelegate(chain.transport, signed, { schemes })).nonce, nonce);
    }
    if (!isNew) return;
    const code = "unsupported_by_protocol";
    await refused(chain, v2, code, "RemovedProtocolFeature");
    await refused(chain, withdraw, code, "WithdrawFromGasKeyNotAllowedInDelegate");
    await refused(chain, nameless, code, "FunctionCallEmptyMethodName");
  });
}

test("V2 is refused before it came", async () => {
  const { chain, key } = await meet();
  const gas = await key(gasKeyFullAccess({ numNonces: 1 }));
  await chain.fastForward(10);
  const old: Transport = async (request, options) => {
    const answer = await chain.transport(request, options);
    if (request.method !== "status") return answer;
    return { ...(typeof answer === "object" ? answer : {}), protocol_version: 84 };
  };
  const v2 = await gas({ nonce: 5_000_000n, nonceIndex: 0 });
  const error = await rejection(verifyDelegate(old, v2, { schemes }));
  assert.ok(isNearError(error, "unsupported_by_protocol"));
});

test("actions beyond the limits are told without a node", async () => {
  const { chain, sign } = await meet();
  const signed = await sign();
  const actions = Array.from({ length: 101 }, () => transfer(1n));
  const forged: Delegate = {
    type: "delegate",
    signature: signed.signature,
    // @ts-expect-error the spread has lost which version it is
    delegateAction: { ...signed.delegateAction, actions },
  };
  await refused(chain, forged, "invalid_actions", "TotalNumberOfActionsExceeded");
});

test.run();
