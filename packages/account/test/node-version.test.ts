/**
 * What the node's protocol version does not take is refused before a nonce is taken and anything signed.
 * @module
 */
import { connect, prepareTransaction, type SigningAccount } from "@yoctonear/account";
import { encodeBase58 } from "@yoctonear/base";
import { createLocalnet } from "@yoctonear/localnet";
import { universalAccountId } from "@yoctonear/primitives";
import type { Transport } from "@yoctonear/rpc";
import {
  type Action,
  addKey,
  fullAccess,
  functionCall,
  gasKeyFullAccess,
  LimitError,
  transfer,
  transferToGasKey,
  universalStateInit,
  withdrawFromGasKey,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("account: the node's protocol version");

const KEY = "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp";
const ML_DSA_KEY = `ml-dsa-65:${encodeBase58(new Uint8Array(1952))}`;
const UNIVERSAL = universalStateInit({ accessKeys: [KEY] });
const UNIVERSAL_ID = universalAccountId(UNIVERSAL.stateInit);
const EMPTY_CALL = { ...functionCall("m"), methodName: "" };

interface Scene {
  readonly transport: Transport;
  readonly alice: SigningAccount;
  /** Methods that were asked for. */
  readonly asked: string[];
  /** Kinds of what was signed. */
  readonly signed: string[];
}

/** A chain whose node says that it is of a version; it is of one that is known here. */
async function scene(version: number): Promise<Scene> {
  const protocolVersion = Math.min(Math.max(version, 85), 88);
  const chain = await createLocalnet({ protocolVersion, accounts: { "alice.near": "100 NEAR" } });
  const asked: string[] = [];
  const double: Transport = async (request, options) => {
    asked.push(request.method);
    const answer = await chain.transport(request, options);
    const isStatus = request.method === "status" && typeof answer === "object";
    return isStatus ? { ...answer, protocol_version: version } : answer;
  };
  // No other process uses the key: nonces count by one.
  const transport = Object.assign(double, { scope: {} });
  const signer = chain.signer("alice.near");
  const signed: string[] = [];
  const alice = connect(transport).account("alice.near", {
    publicKey: signer.publicKey,
    sign: (request) => {
      signed.push(request.kind);
      return signer.sign(request);
    },
  });
  return { transport, alice, asked, signed };
}

/** What a task was refused with: name, feature, version. */
async function refusal(task: Promise<unknown>): Promise<string | null> {
  try {
    await task;
    return null;
  } catch (error) {
    if (!(error instanceof LimitError)) return String(error);
    const { protocol_feature: feature, version } = error.data;
    for (const part of [error.code, feature, version]) {
      assert.ok(error.message.includes(String(part ?? "")), error.message);
    }
    return [error.code, feature, version].filter((part) => part !== undefined).join(" ");
  }
}

/** Receiver, action, and what which versions refuse it with. */
const CASES: readonly (readonly [
  receiverId: string,
  action: Action,
  refusals: Readonly<Record<number, string>>,
])[] = [
  ["alice.near", transferToGasKey(KEY, 1n), { 84: "UnsupportedProtocolFeature GasKeys 84" }],
  [
    "alice.near",
    addKey(KEY, gasKeyFullAccess({ numNonces: 1 })),
    { 84: "UnsupportedProtocolFeature GasKeys 84" },
  ],
  [
    "alice.near",
    addKey(ML_DSA_KEY, fullAccess()),
    { 84: "UnsupportedProtocolFeature PostQuantumSignatures 84" },
  ],
  [
    "near",
    EMPTY_CALL,
    { 87: "FunctionCallEmptyMethodName 87", 88: "FunctionCallEmptyMethodName 88" },
  ],
  [UNIVERSAL_ID, transfer(1n), { 87: "TransferToUniversalAccountNotAllowed 87" }],
  [
    UNIVERSAL_ID,
    UNIVERSAL,
    {
      84: "UnsupportedProtocolFeature UniversalAccounts 84",
      85: "UnsupportedProtocolFeature UniversalAccounts 85",
      86: "UnsupportedProtocolFeature UniversalAccounts 86",
      87: "UnsupportedProtocolFeature UniversalAccounts 87",
    },
  ],
];

for (const version of [84, 85, 86, 87, 88]) {
  test(`${version}: what is refused is not signed, and takes no nonce`, async () => {
    for (const [receiverId, action, refusals] of CASES) {
      const expected = refusals[version];
      const { alice, asked, signed } = await scene(version);
      if (expected === undefined) {
        // Whatever becomes of it: it was for the chain to say.
        await alice.send(receiverId, [action]).catch(() => undefined);
        assert.equal(signed, ["transaction"], action.type);
        continue;
      }
      assert.is(await refusal(alice.send(receiverId, [action])), expected);
      assert.is(await refusal(alice.prepare(receiverId, [action])), expected);
      if (action.type !== "delegate" && action.type !== "delegateV2") {
        assert.is(await refusal(alice.delegate(receiverId, [action])), expected);
      }
      assert.equal(signed, []);
      assert.not.ok(asked.includes("query"), "the key's nonce is not even asked for");
      const { nonce } = await alice.prepare("near", [transfer(1n)]);
      assert.is(nonce, 1n);
    }
  });
}

test("of 84 are no transactions of version 1: no strict nonce, no gas key", async () => {
  const { transport, alice, signed } = await scene(84);
  const expected = "InvalidTransactionVersion TransactionV1 84";
  const actions = [transfer(1n)];
  const strict = alice.send("near", actions, { nonceMode: "strict" });
  assert.is(await refusal(strict), expected);
  assert.is(await refusal(alice.prepare("near", actions, { nonceIndex: 0 })), expected);
  const request = { signerId: "alice.near", receiverId: "near", actions };
  assert.is(
    await refusal(prepareTransaction(transport, { ...request, publicKey: ML_DSA_KEY })),
    "InvalidTransactionVersion PostQuantumSignatures 84",
  );
  assert.equal(signed, []);
});

test("inside a delegate a node may take less than by itself", async () => {
  const withdrawal = [withdrawFromGasKey(KEY, 1n)];
  const gasKey = { nonceIndex: 0 };
  for (const version of [87, 88]) {
    const { alice, asked, signed } = await scene(version);
    assert.is(
      await refusal(alice.delegate("alice.near", withdrawal)),
      `WithdrawFromGasKeyNotAllowedInDelegate GasKeys ${version}`,
    );
    assert.is(
      await refusal(alice.delegate("near", [transfer(1n)], gasKey)),
      `RemovedProtocolFeature DelegateV2 ${version}`,
    );
    assert.equal(signed, []);
    assert.not.ok(asked.includes("query"));
    await alice.prepare("alice.near", withdrawal);
  }
  const { alice, signed } = await scene(86);
  await alice.delegate("alice.near", withdrawal);
  assert.equal(signed, ["delegate_action"]);
});

test("nothing is asked for what all versions take, and once for what all later ones do", async () => {
  const { asked: plain, alice: sender } = await scene(86);
  await sender.transfer("near", 1n);
  await sender.delegate("near", [transfer(1n)]);
  assert.not.ok(plain.includes("status"));
  const { alice, asked } = await scene(86);
  const count = (): number => asked.filter((method) => method === "status").length;
  for (const nonceMode of ["strict", "strict", "monotonic"] as const) {
    await alice.send("near", [transfer(1n)], { nonceMode });
    assert.is(count(), 1);
  }
  // The next version may be the network's by now.
  assert.is(
    await refusal(alice.prepare(UNIVERSAL_ID, [UNIVERSAL])),
    "UnsupportedProtocolFeature UniversalAccounts 86",
  );
  assert.is(count(), 2);
});

test("what 88 takes and 87 did not is asked about once", async () => {
  const { alice, asked } = await scene(88);
  for (const _ of [1, 2, 3]) await alice.prepare(UNIVERSAL_ID, [transfer(1n)]);
  assert.is(asked.filter((method) => method === "status").length, 1);
});

test.run();
