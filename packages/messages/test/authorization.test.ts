// Compiles WebAssembly at run time, which workerd forbids.
import { connect } from "@yoctonear/account";
import { encodeUtf8, ParseError } from "@yoctonear/base";
import { loadContract } from "@yoctonear/contracts";
import { parsePublicKey } from "@yoctonear/keys";
import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair, secp256k1 } from "@yoctonear/keys/secp256k1";
import { createLocalnet } from "@yoctonear/localnet";
import { mlDsa65 } from "@yoctonear/ml-dsa";
import {
  type Authorization,
  type AuthorizationRequest,
  type MessageAccount,
  signAuthorization,
  signMessage,
  type SignMessageRequest,
  verifyAuthorization,
  type VerifyAuthorizationOptions,
} from "@yoctonear/messages";
import {
  ethImplicitAccountId,
  nearImplicitAccountId,
  universalAccountId,
} from "@yoctonear/primitives";
import { block, RpcError, type Transport, TransportError } from "@yoctonear/rpc";
import { deployContract, functionCall, universalStateInit } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openStage, recording, refused, rejection, type Stage } from "./stage.ts";

const test = suite("messages: verifyAuthorization");

const PAYLOAD = "log me in at app.example: 7f3a";
const BEFORE = 1_000_000_000n;

interface AuthStage extends Stage {
  readonly alice: MessageAccount;
  readonly bob: MessageAccount;
  /** What one signs, on this chain. */
  sign(by: MessageAccount, rest?: Partial<AuthorizationRequest>): Promise<string>;
  verify(asked: Authorization, options?: VerifyAuthorizationOptions): Promise<string>;
  dao(accountId: string, members: readonly string[], threshold: number): Promise<void>;
}

async function openAuthStage(): Promise<AuthStage> {
  const stage = await openStage("dao.near", "one.near", "two.near", "three.near");
  const { chain, near } = stage;
  return {
    ...stage,
    alice: { accountId: "alice.near", signer: stage.keys.full },
    bob: { accountId: "bob.near", signer: chain.signer("bob.near") },
    sign: (by, rest) =>
      signAuthorization(by, { chainId: "localnet", payload: PAYLOAD, timestamp: BEFORE, ...rest }),
    verify: async (asked, options) =>
      (await verifyAuthorization(near, asked, { payload: PAYLOAD }, options)).payload,
    dao: async (accountId, members, threshold) => {
      await near
        .account(accountId, chain.signer(accountId))
        .send(
          accountId,
          [
            deployContract(await loadContract("multisig")),
            functionCall("new", { members, threshold }),
          ],
          { wait: "FINAL" },
        );
    },
  };
}

/** What the multisig takes. */
function bundle(approvals: readonly Authorization[], payload: string = PAYLOAD): string {
  const members = approvals.map(({ accountId, authorization }) => ({
    account_id: accountId,
    authorization,
  }));
  return JSON.stringify({ payload, approvals: members });
}

test("a key with full access authorizes, at one block", async () => {
  const { chain, near, alice, sign, keys } = await openAuthStage();
  const authorization = await sign(alice);
  const { transport, asked } = recording(chain.transport);
  const verified = await verifyAuthorization(
    transport,
    { accountId: "alice.near", authorization },
    { payload: PAYLOAD },
  );
  assert.is(verified.accountId, "alice.near");
  assert.is(verified.payload, PAYLOAD);
  assert.is(typeof verified.blockHeight, "bigint");
  assert.equal(
    asked.map(({ method }) => method),
    ["block", "status", "query"],
  );
  assert.match(JSON.stringify(asked[2]?.params), `"block_id":"${verified.blockHash}"`);
  // The chain is not asked for what the caller knows.
  const { blockHash } = verified;
  const known = await verifyAuthorization(
    near,
    { accountId: "alice.near", authorization },
    { payload: PAYLOAD, chainId: "localnet" },
    { block: { blockId: blockHash } },
  );
  assert.is(known.blockHash, blockHash);
  const schemes = [ed25519, secp256k1, mlDsa65];
  for (const signer of [keys.secp256k1, keys.mlDsa, keys.gas]) {
    const text = await sign({ ...alice, signer }, { callbackUrl: "https://app.example" });
    const also = { accountId: "alice.near", authorization: text };
    assert.is(
      (await verifyAuthorization(near, also, { payload: PAYLOAD }, { schemes })).payload,
      PAYLOAD,
    );
  }
});

test("what is bound is bound: chain, signer, path, time, payload, key", async () => {
  const { alice, bob, sign, verify, keys, chain } = await openAuthStage();
  const by = async (text: Promise<string>, accountId = "alice.near") =>
    verify({ accountId, authorization: await text });
  await refused(by(sign(alice, { chainId: "mainnet" })), "wrong_chain");
  await refused(by(sign(bob)), "wrong_account");
  await refused(by(sign(alice, { path: ["dao.near"] })), "wrong_path");
  await refused(by(sign(alice, { payload: "pay" })), "wrong_payload");
  await refused(by(sign({ ...alice, signer: keys.calls })), "not_full_access");
  await refused(by(sign({ ...alice, signer: keys.gasCalls })), "not_full_access");
  await refused(by(sign({ ...alice, signer: randomEd25519KeyPair() })), "unknown_key");
  await refused(by(sign({ ...alice, signer: keys.secp256k1 })), "unsupported_key_type");
  await refused(by(sign({ ...alice, accountId: "nobody.near" }), "nobody.near"), "account_missing");
  const { header } = await block(chain.transport, { block: { finality: "final" } });
  assert.is(await by(sign(alice, { timestamp: header.timestamp })), PAYLOAD);
  await refused(by(sign(alice, { timestamp: header.timestamp + 1n })), "from_the_future");
});

test("any field changed is refused", async () => {
  const { alice, sign, verify } = await openAuthStage();
  const authorization = await sign(alice, { callbackUrl: "https://app.example" });
  const { msg, via, access_key, signature } = JSON.parse(authorization);
  const forms: readonly (readonly [object, Parameters<typeof refused>[1]])[] = [
    [{ msg: { ...msg, timestamp: "1970-01-01T00:00:00.9Z" } }, "invalid_signature"],
    [{ msg: { ...msg, payload: "pay" } }, "invalid_signature"],
    [{ via: { ...via, extra: {} } }, "invalid_signature"],
    [{ via: { ...via, extra: { callback_url: "https://evil.example" } } }, "invalid_signature"],
    [{ access_key: "ed25519:11111111111111111111111111111111" }, "invalid_signature"],
    [{ msg: { ...msg, path: [] } }, "malformed"],
  ];
  for (const [other, code] of forms) {
    const forged = JSON.stringify({ msg, via, access_key, signature, ...other });
    const asked = verify({ accountId: "alice.near", authorization: forged });
    // An empty path is the same as none.
    if (code === "malformed") assert.is(await asked, PAYLOAD);
    else await refused(asked, code);
  }
});

test("what no key has signed is for the contract, and without one nobody authorizes it", async () => {
  const { verify } = await openAuthStage();
  for (const authorization of ["", "yes", "{}", bundle([])]) {
    await refused(verify({ accountId: "alice.near", authorization }), "not_authorized");
    await refused(verify({ accountId: "nobody.near", authorization }), "not_authorized");
  }
});

test("a contract points to its members, whose authorizations are bound to the way", async () => {
  const { alice, bob, sign, verify, dao } = await openAuthStage();
  await dao("dao.near", ["alice.near", "bob.near"], 2);
  const path = ["dao.near"];
  const approvals = [
    { accountId: "alice.near", authorization: await sign(alice, { path }) },
    { accountId: "bob.near", authorization: await sign(bob, { path }) },
  ];
  const ask = (authorization: string) => verify({ accountId: "dao.near", authorization });
  assert.is(await ask(bundle(approvals)), PAYLOAD);
  // Too few, or not members: the contract fails, and nothing is authorized.
  await refused(ask(bundle(approvals.slice(1))), "not_authorized");
  // What a member signed for itself is not for the others, nor the other way round.
  const [first = { accountId: "", authorization: "" }, second = first] = approvals;
  const own = { ...second, authorization: await sign(bob) };
  await refused(ask(bundle([first, own])), "wrong_path");
  await refused(verify(first), "wrong_path");
  // All mean the same.
  const other = { ...second, authorization: await sign(bob, { path, payload: "pay" }) };
  await refused(ask(bundle([first, other])), "wrong_payload");
  const all = await Promise.all(
    [alice, bob].map(async (by) => ({
      accountId: by.accountId,
      authorization: await sign(by, { path, payload: "pay" }),
    })),
  );
  await refused(ask(bundle(all, "pay")), "wrong_payload");
  const forged = { ...second, authorization: second.authorization.replace("7f3a", "7f3b") };
  await refused(ask(bundle([first, forged])), "invalid_signature");
});

test("contracts point to contracts, as deep as the caller goes", async () => {
  const { alice, sign, verify, dao } = await openAuthStage();
  await dao("one.near", ["two.near"], 1);
  await dao("two.near", ["three.near"], 1);
  await dao("three.near", ["alice.near"], 1);
  const path = ["three.near", "two.near", "one.near"];
  const leaf = { accountId: "alice.near", authorization: await sign(alice, { path }) };
  const three = { accountId: "three.near", authorization: bundle([leaf]) };
  const two = { accountId: "two.near", authorization: bundle([three]) };
  const one = { accountId: "one.near", authorization: bundle([two]) };
  assert.is(await verify(one), PAYLOAD);
  assert.is(await verify(one, { maxDepth: 3, maxAccounts: 4 }), PAYLOAD);
  await refused(verify(one, { maxDepth: 2 }), "too_deep");
  await refused(verify(one, { maxAccounts: 3 }), "too_deep");
});

test("a contract that points to itself for ever is followed so far and no further", async () => {
  const { chain } = await openAuthStage();
  for (const [members, asks] of [
    [1, 6],
    [2, 6],
    [1000, 6],
  ] as const) {
    const loop = {
      payload: PAYLOAD,
      pending: Array.from({ length: members }, () => ({
        account_id: "alice.near",
        authorization: "again",
        expect: PAYLOAD,
      })),
    };
    const { transport, asked } = answering(chain.transport, loop);
    await refused(
      verifyAuthorization(
        transport,
        { accountId: "alice.near", authorization: "again" },
        { payload: PAYLOAD },
      ),
      "too_deep",
    );
    assert.is(asked.filter(isAsked).length, asks);
  }
  // A wide one is bounded by their number.
  const wide = recording(chain.transport, ({ params }) => {
    if (!isAsked({ params })) return undefined;
    const isRoot = JSON.stringify(params).includes('"account_id":"bob.near"');
    const member = { account_id: "alice.near", authorization: "x", expect: PAYLOAD };
    return resultOf({
      payload: PAYLOAD,
      ...(isRoot && { pending: Array.from({ length: 1000 }, () => member) }),
    });
  });
  await refused(
    verifyAuthorization(
      wide.transport,
      { accountId: "bob.near", authorization: "x" },
      { payload: PAYLOAD },
    ),
    "too_deep",
  );
  assert.is(wide.asked.filter(isAsked).length, 30);
});

test("an answer that is none authorizes nothing", async () => {
  const { chain } = await openAuthStage();
  const pending = { account_id: "bob.near", authorization: "x", expect: PAYLOAD };
  for (const answer of [
    null,
    PAYLOAD,
    [],
    {},
    { payload: 5 },
    { payload: PAYLOAD, pending: {} },
    { payload: PAYLOAD, pending: [null] },
    { payload: PAYLOAD, pending: [{ ...pending, account_id: "Bob!" }] },
    { payload: PAYLOAD, pending: [{ ...pending, expect: undefined }] },
    { payload: PAYLOAD, pending: [{ ...pending, authorization: {} }] },
  ]) {
    const { transport } = answering(chain.transport, answer);
    await refused(ask(transport), "not_authorized");
  }
  for (const bytes of [[], [0xff], [0x7b]]) {
    const { transport } = recording(chain.transport, (request) =>
      isAsked(request) ? { ...resultOf(null), result: bytes } : undefined,
    );
    await refused(ask(transport), "not_authorized");
  }
  // No pending is none.
  const { transport } = answering(chain.transport, { payload: PAYLOAD, pending: [] });
  assert.is((await ask(transport)).payload, PAYLOAD);
});

test("the key of an account that does not exist counts if its id is derived from it", async () => {
  const { sign, verify } = await openAuthStage();
  const ed = randomEd25519KeyPair();
  const secp = randomSecp256k1KeyPair();
  const schemes = [ed25519, secp256k1];
  for (const [accountId, signer] of [
    [nearImplicitAccountId(parsePublicKey(ed.publicKey).bytes), ed],
    [ethImplicitAccountId(parsePublicKey(secp.publicKey).bytes), secp],
  ] as const) {
    const authorization = await sign({ accountId, signer });
    assert.is(await verify({ accountId, authorization }, { schemes }), PAYLOAD);
    const other = await sign({ accountId, signer: randomEd25519KeyPair() });
    await refused(verify({ accountId, authorization: other }, { schemes }), "account_missing");
  }
});

test("a universal account that waits for its state init authorizes nothing", async () => {
  const accounts = { "alice.near": "100 NEAR" } as const;
  const chain = await createLocalnet({ accounts, protocolVersion: 88 });
  const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
  const signer = randomEd25519KeyPair();
  const init = universalStateInit({ accessKeys: [signer.publicKey] });
  const accountId = universalAccountId(init.stateInit);
  const authorization = await signAuthorization(
    { accountId, signer },
    { chainId: "localnet", payload: PAYLOAD, timestamp: BEFORE },
  );
  const verify = async (text = authorization) =>
    verifyAuthorization(chain, { accountId, authorization: text }, { payload: PAYLOAD });
  await refused(verify(), "account_missing");
  await alice.transfer(accountId, "1 NEAR", { wait: "FINAL" });
  await refused(verify(), "unknown_key");
  await refused(verify("for the contract"), "not_authorized");
  await alice.send(accountId, [init], { wait: "FINAL" });
  assert.is((await verify()).payload, PAYLOAD);
});

test("P33: a network error is never a verdict, wherever it happens", async () => {
  const { chain, alice, sign } = await openAuthStage();
  const authorization = await sign(alice);
  const failure = new TransportError("network", "expected an answer, got none", {
    url: "https://node.example",
  });
  const unavailable = new RpcError("query", { cause: { name: "UNAVAILABLE_SHARD", info: {} } });
  for (const error of [failure, unavailable]) {
    for (const text of [authorization, "for the contract"]) {
      for (const at of [1, 2, 3]) {
        let asked = 0;
        const { transport } = recording(chain.transport, () => {
          if (++asked === at) throw error;
        });
        const verified = verifyAuthorization(
          transport,
          { accountId: "alice.near", authorization: text },
          { payload: PAYLOAD },
        );
        assert.is(await rejection(verified), error);
      }
    }
  }
});

test("P33: what a transport fails to read is no word of a contract", async () => {
  const { chain } = await openAuthStage();
  for (const error of [
    new SyntaxError("Unexpected token '<'"),
    new ParseError("invalid_encoding", "expected UTF-8, got 3 other bytes"),
  ]) {
    const { transport } = recording(chain.transport, (request) => {
      if (isAsked(request)) throw error;
    });
    assert.is(await rejection(ask(transport)), error);
  }
});

test("text that no key can sign is refused as any other", async () => {
  const { alice, sign, verify } = await openAuthStage();
  const authorization = await sign(alice, { callbackUrl: "https://app.example" });
  for (const text of ["log me in", "app.example"]) {
    const forged = authorization.replace(text, `${text}\\ud800`);
    assert.is.not(forged, authorization);
    await refused(verify({ accountId: "alice.near", authorization: forged }), "not_authorized");
  }
});

test("P28: bounds that are none, and misspelt options, are refused", async () => {
  const { verify } = await openAuthStage();
  const asked = { accountId: "alice.near", authorization: "" };
  for (const [wrong, error] of [
    [{ maxDepth: NaN }, RangeError],
    [{ maxDepth: "5" }, RangeError],
    [{ maxDepth: -1 }, RangeError],
    [{ maxAccounts: NaN }, RangeError],
    [{ maxAccounts: Infinity }, RangeError],
    [{ maxAccounts: 0 }, RangeError],
    [{ maxdepth: 5 }, TypeError],
  ] as const) {
    // @ts-expect-error no such option
    assert.instance(await rejection(verify(asked, wrong)), error);
  }
});

test("P33: a proxy's complaint is no word of a contract", async () => {
  const { chain } = await openAuthStage();
  const { transport } = recording(chain.transport, (request) =>
    isAsked(request) ? { ...resultOf(null), error: "quota exceeded" } : undefined,
  );
  assert.match(String(await rejection(ask(transport))), /^RpcError.*quota exceeded/);
});

test("a wallet signs too, for whom it is told to", async () => {
  const { near, alice, bob } = await openAuthStage();
  const wallet = { signMessage: (request: SignMessageRequest) => signMessage(bob, request) };
  const request = { chainId: "localnet", payload: PAYLOAD, timestamp: BEFORE };
  const authorization = await signAuthorization(wallet, { ...request, signerId: "bob.near" });
  const asked = { accountId: "bob.near", authorization };
  assert.is((await verifyAuthorization(near, asked, { payload: PAYLOAD })).accountId, "bob.near");
  await refused(
    signAuthorization(wallet, { ...request, signerId: alice.accountId }),
    "wrong_account",
  );
  assert.instance(await rejection(signAuthorization(wallet, request)), TypeError);
});

function ask(transport: Transport) {
  const asked = { accountId: "alice.near", authorization: "for the contract" };
  return verifyAuthorization(transport, asked, { payload: PAYLOAD });
}

function isAsked({ params }: { readonly params: unknown }): boolean {
  return JSON.stringify(params).includes("w_resolve_auth");
}

function resultOf(answer: unknown): object {
  const result = Array.from(encodeUtf8(JSON.stringify(answer)));
  return { result, logs: [], block_height: 1, block_hash: "1" };
}

/** A chain on which every contract answers the same. */
function answering(inner: Transport, answer: unknown) {
  return recording(inner, (request) => (isAsked(request) ? resultOf(answer) : undefined));
}

test.run();
