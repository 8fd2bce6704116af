import { keyPool, TransactionError } from "@yoctonear/account";
import { encodeBase64 } from "@yoctonear/base";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair, secp256k1 } from "@yoctonear/keys/secp256k1";
import { createRelayer, memoryRelayStore, type RelayStore } from "@yoctonear/relayer";
import { RelayError } from "@yoctonear/relayer/client";
import { type Transport, TransportError } from "@yoctonear/rpc";
import {
  createDelegateAction,
  delegateActionRequest,
  encodeSignedDelegate,
  formatSignedDelegate,
  fullAccess,
  gasKeyFullAccess,
  signDelegateAction,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, clientOf, post, rejection, setStage } from "./stage.ts";

const test = suite("createRelayer: pays for others");
const YOCTO = 10n ** 24n;
const gifts = {
  receivers: { "bob.near": { actions: ["transfer"], maxDeposit: "1 NEAR" } },
} as const;
const gift = [transfer("1 NEAR")];

test("pays gas and deposit of what the policy names; the sender pays nothing", async () => {
  const { near, alice, account, open, signed } = await setStage();
  const outcome = await clientOf(open(gifts)).relay(await alice.delegate("bob.near", gift));
  assert.is(outcome.response.transaction?.signer_id, "relayer.near");
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
  assert.is((await alice.balance()).total, 100n * YOCTO);
  assert.ok((await account.balance()).total < 99n * YOCTO);
  assert.is(signed.length, 1);
  assert.is(outcome.hash, outcome.response.transaction?.hash);
});

test("the empty policy, which is the default, allows nothing", async () => {
  const { alice, account, open, signed } = await setStage();
  const delegated = await alice.delegate("bob.near", gift);
  const { status, body } = await post(open({}), formatSignedDelegate(delegated));
  assert.equal([status, body.code], [403, "receiver_not_allowed"]);
  const bare = createRelayer({ account, schemes: [] });
  assert.is(await ask(bare, delegated), "unsupported_key");
  assert.equal(signed, []);
});

test("takes the forms that clients send", async () => {
  const { alice, open } = await setStage();
  const relayer = open(gifts);
  const json = { "content-type": "application/json" };
  const bytes = async (): Promise<Uint8Array<ArrayBuffer>> =>
    encodeSignedDelegate(await alice.delegate("bob.near", [transfer("1 yoctoNEAR")]));
  const forms: readonly (readonly [string, () => Promise<BodyInit>, Record<string, string>?])[] = [
    ["base64", async () => encodeBase64(await bytes())],
    ["base64 as JSON", async () => JSON.stringify(encodeBase64(await bytes())), json],
    ["near-api-js", async () => JSON.stringify([...(await bytes())]), json],
    [
      "near-cli-rs",
      async () => JSON.stringify({ signed_delegate_action: encodeBase64(await bytes()) }),
      json,
    ],
    [
      "bytes in a field",
      async () => JSON.stringify({ signed_delegate_action: [...(await bytes())] }),
      json,
    ],
    ["near-kit", async () => JSON.stringify({ payload: encodeBase64(await bytes()) }), json],
    ["bytes", bytes, { "content-type": "application/octet-stream" }],
  ];
  for (const [name, form, headers] of forms) {
    const { body } = await post(relayer, await form(), headers);
    assert.is(body.status, "executed", name);
  }
});

test("refuses what is no delegate action, with 400 and no stack", async () => {
  const { open } = await setStage();
  const relayer = open(gifts);
  const bodies: readonly BodyInit[] = [
    "",
    "AAAA",
    "not base64!",
    "{",
    "{}",
    "null",
    "[]",
    "[256]",
    "[[1]]",
    '"AAAA"',
    '{"signed_delegate_action":{"signed_delegate_action":"AAAA"}}',
    '{"payload":null}',
    '{"__proto__":{"payload":"AAAA"}}',
    new Uint8Array([0xff, 0xfe]),
  ];
  for (const sent of bodies) {
    const { status, body } = await post(relayer, sent);
    assert.equal([status, body.code], [400, "malformed"]);
    assert.not.match(JSON.stringify(body), /stack|\\n|\.[jt]s/);
  }
});

test("refuses a body that is too large before it is read to its end", async () => {
  const { open } = await setStage();
  const relayer = open(gifts, { maxBodyBytes: 100 });
  const { status, body } = await post(relayer, "A".repeat(101));
  assert.equal([status, body.code], [413, "too_large"]);
  let pulled = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 1;
      controller.enqueue(new Uint8Array(64));
    },
  });
  const init = { method: "POST", body: stream, duplex: "half" };
  const response = await relayer(new Request("https://relayer.example", init));
  assert.is(response.status, 413);
  assert.ok(pulled < 10);
});

test("other methods, health, and pages of other origins", async () => {
  const { account, open } = await setStage();
  const relayer = open({}, { cors: ["https://app.example"] });
  const url = "https://relayer.example/relay";
  const got = await relayer(new Request(url));
  assert.equal([got.status, got.headers.get("allow")], [405, "GET, OPTIONS, POST"]);
  const health = await relayer(new Request("https://relayer.example/any/health"));
  assert.equal([health.status, await health.json()], [200, { status: "ok" }]);
  const from = async (origin: string, method = "OPTIONS"): Promise<Response> => {
    const request = new Request(url, { method });
    // A page cannot set it, so that a test in a browser could not either.
    Object.defineProperty(request, "headers", { value: new Headers({ origin }) });
    return relayer(request);
  };
  const allowed = await from("https://app.example");
  assert.is(allowed.status, 204);
  assert.is(allowed.headers.get("access-control-allow-origin"), "https://app.example");
  const refusal = await from("https://app.example", "POST");
  assert.is(refusal.headers.get("access-control-allow-origin"), "https://app.example");
  const other = await from("https://evil.example");
  assert.is(other.headers.get("access-control-allow-origin"), null);
  assert.is(other.headers.get("vary"), "origin");
  const down: Transport = async () => {
    throw new TransportError("network", "https://node.example/secret not reached");
  };
  const dead = createRelayer({
    account: { ...account, transport: down },
    schemes: [],
    cors: "any",
  });
  const sick = await dead(new Request("https://relayer.example/health"));
  assert.is(sick.status, 503);
  assert.not.match(await sick.text(), /secret/);
});

test("P31: a signature by another key is refused, and spoils nothing for the sender", async () => {
  const { chain, alice, open, signed } = await setStage();
  const relayer = open(gifts);
  const delegated = await alice.delegate("bob.near", gift);
  const request = delegateActionRequest(delegated.delegateAction);
  const forged = { ...delegated, signature: await chain.signer("carol.near").sign(request) };
  assert.is(await ask(relayer, forged), "invalid_signature");
  assert.equal(signed, []);
  const answers = await Promise.all([ask(relayer, forged), ask(relayer, delegated)]);
  assert.equal(answers, ["invalid_signature", "executed"]);
});

test("expired, used, about to expire: refused with a code, and nothing is signed", async () => {
  const { chain, alice, open, signed } = await setStage();
  const relayer = open(gifts);
  const short = await alice.delegate("bob.near", gift, { validFor: 3 });
  const { status, body } = await post(relayer, formatSignedDelegate(short));
  assert.equal([status, body.code], [410, "expired"]);
  await chain.fastForward(10);
  assert.is(await ask(relayer, short), "expired");
  const used = await alice.delegate("bob.near", gift);
  await alice.transfer("bob.near", 1n);
  assert.is(await ask(relayer, used), "nonce_used");
  assert.equal(signed, []);
});

test("the same delegate action again is answered and not paid again", async () => {
  const { near, alice, open, signed } = await setStage();
  const relayer = open(gifts);
  const delegated = await alice.delegate("bob.near", gift);
  const first = await clientOf(relayer).relay(delegated);
  const again = await clientOf(relayer).relay(delegated);
  assert.is(again.hash, first.hash);
  assert.is(signed.length, 1);
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
  // Another relayer, which remembers nothing, has the chain's word for it
  assert.is(await ask(open(gifts), delegated), "nonce_used");
});

test("what fails on chain is an outcome that says so, with the same hash again", async () => {
  const { alice, open, signed } = await setStage();
  const policy = { others: { actions: ["transfer"], maxDeposit: "1 NEAR" } } as const;
  const relayer = open(policy);
  const delegated = await alice.delegate("nobody.near", gift);
  const error = await rejection(clientOf(relayer).relay(delegated));
  assert.ok(error instanceof TransactionError);
  assert.equal([error.code, error.kind], ["failed", "AccountDoesNotExist"]);
  assert.is(error.signerId, "relayer.near");
  const again = await rejection(clientOf(relayer).relay(delegated));
  assert.ok(again instanceof TransactionError);
  assert.equal([again.hash, again.kind], [error.hash, "AccountDoesNotExist"]);
  assert.is(signed.length, 1);
});

test("two of the same nonce: the second is refused, not sent to fail", async () => {
  const { chain, open, signed } = await setStage();
  const relayer = open(gifts);
  const [a, b] = await Promise.all([signTwin(1n), signTwin(2n)]);
  assert.equal((await Promise.all([ask(relayer, a), ask(relayer, b)])).sort(), [
    "executed",
    "nonce_used",
  ]);
  assert.is(signed.length, 1);

  /** Each as a process would that knows nothing of the other's nonces. */
  function signTwin(amount: bigint): ReturnType<typeof signDelegateAction> {
    const signer = chain.signer("alice.near");
    const delegateAction = createDelegateAction({
      senderId: "alice.near",
      publicKey: signer.publicKey,
      nonce: 1n,
      receiverId: "bob.near",
      actions: [transfer(amount)],
      maxBlockHeight: 1_000n,
    });
    return signDelegateAction(delegateAction, signer);
  }
});

test("many of one sender at once are sent in the order of their nonces", async () => {
  const { near, alice, open, signed } = await setStage();
  const relayer = open(gifts);
  const delegated = [];
  for (let i = 0; i < 5; i++) delegated.push(await alice.delegate("bob.near", gift));
  const answers = await Promise.all(delegated.map((one) => ask(relayer, one)));
  assert.equal(
    answers,
    Array.from({ length: 5 }, () => "executed"),
  );
  assert.is(signed.length, 5);
  assert.is((await near.account("bob.near").balance()).total, 105n * YOCTO);
});

test("several accounts and a pool of keys share the work", async () => {
  const { near, chain, act, alice, open } = await setStage();
  const extra = randomEd25519KeyPair();
  await act("relayer.near").addKey(extra.publicKey, fullAccess());
  const pool = near.account("relayer.near", keyPool([chain.signer("relayer.near"), extra]));
  const relayer = open(gifts, { account: [pool, act("carol.near")] });
  const payers = new Set<string>();
  for (let i = 0; i < 12; i++) {
    const delegated = await alice.delegate("bob.near", [transfer("1 yoctoNEAR")]);
    const { response } = await clientOf(relayer).relay(delegated);
    payers.add(response.transaction?.signer_id ?? "");
  }
  assert.equal([...payers].sort(), ["carol.near", "relayer.near"]);
});

test("V2 on a lane of a gas key, and keys of other types", async () => {
  const { near, alice, open } = await setStage();
  const gas = randomEd25519KeyPair();
  const other = randomSecp256k1KeyPair();
  await alice.addKey(gas.publicKey, gasKeyFullAccess({ numNonces: 2 }));
  await alice.addKey(other.publicKey, fullAccess());
  const relayer = open(gifts);
  const byLane = near.account("alice.near", gas);
  const v2 = await byLane.delegate("bob.near", gift, { nonceIndex: 1 });
  assert.is(v2.type, "delegateV2");
  assert.is(await ask(relayer, v2), "executed");
  const bySecp = await near.account("alice.near", other).delegate("bob.near", gift);
  assert.is(await ask(relayer, bySecp), "unsupported_key");
  assert.is(await ask(open(gifts, { schemes: [secp256k1] }), bySecp), "executed");
});

test("the relayer's own account is no sender", async () => {
  const { act, open, signed } = await setStage();
  const delegated = await act("relayer.near").delegate("bob.near", gift);
  assert.is(await ask(open(gifts), delegated), "sender_not_allowed");
  assert.equal(signed, []);
});

test("P24: what goes wrong inside is the operator's to read, not the client's", async () => {
  const { alice, account, open } = await setStage();
  const secret = "https://node.example/?key=secret";
  const errors: unknown[] = [];
  const broken =
    (failure: () => Error): Transport =>
    async () => {
      throw failure();
    };
  const delegated = await alice.delegate("bob.near", gift);
  const answers = [];
  for (const failure of [
    () => new TransportError("http", secret),
    () => new Error(secret),
    () => new TypeError(secret),
  ]) {
    const onError = (error: unknown): number => errors.push(error);
    const transport = broken(failure);
    const relayer = open(gifts, { account: { ...account, transport }, onError });
    const { status, body } = await post(relayer, formatSignedDelegate(delegated));
    assert.not.match(JSON.stringify(body), /secret|stack/);
    answers.push([status, body.code]);
  }
  assert.equal(answers, [
    [503, "unavailable"],
    [500, "internal"],
    [500, "internal"],
  ]);
  assert.is(errors.length, 3);
  // None of them has used up the delegate action
  assert.is(await ask(open(gifts), delegated), "executed");
});

test("more than it takes at once is busy, and a misspelt option is an error", async () => {
  const { alice, act, open, account } = await setStage();
  const memory = memoryRelayStore();
  let release = (): void => undefined;
  const found = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isAsked = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  const slow: RelayStore = {
    ...memory,
    find: async (hash) => {
      isAsked();
      await found;
      return memory.find(hash);
    },
  };
  const relayer = open(gifts, { maxInFlight: 1, store: slow });
  const one = await alice.delegate("bob.near", gift);
  const other = await act("carol.near").delegate("bob.near", gift);
  const first = ask(relayer, one);
  await asked;
  assert.is(await ask(relayer, other), "busy");
  release();
  assert.is(await first, "executed");
  assert.is(await ask(relayer, other), "executed");
  const error = await rejection(clientOf(open(gifts)).relay(one));
  assert.ok(error instanceof RelayError);
  const misspelt = { account, schemes: [], polici: gifts };
  assert.throws(() => createRelayer(misspelt), /unknown option polici/);
  assert.throws(() => createRelayer({ account: [], schemes: [] }), RangeError);
  assert.throws(() => open({}, { minBlocks: 0 }), RangeError);
});

test.run();
