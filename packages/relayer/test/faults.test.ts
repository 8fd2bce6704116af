import { TransactionError } from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { memoryRelayStore, type RelayRecord, type RelayStore } from "@yoctonear/relayer";
import { relayerClient } from "@yoctonear/relayer/client";
import { isRetryable, TransportError } from "@yoctonear/rpc";
import { formatSignedDelegate, transfer } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, clientOf, post, rejection, type Relayer, setStage } from "./stage.ts";

const test = suite("relayer: paid once whatever gets lost");
const YOCTO = 10n ** 24n;
const gifts = {
  receivers: { "bob.near": { actions: ["transfer"], maxDeposit: "1 NEAR" } },
} as const;
const gift = [transfer("1 NEAR")];

test("P1: fifty times the same at once, answers lost, is executed once", async () => {
  const { near, alice, open, signed } = await setStage();
  const relayer = open(gifts, { maxInFlight: 3 });
  const delegated = await alice.delegate("bob.near", gift);
  let count = 0;
  const forgetful: Relayer = async (request) => {
    const response = await relayer(request);
    count += 1;
    if (count % 3 !== 0) throw new TypeError("connection reset");
    return response;
  };
  const client = clientOf(forgetful);
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, () => client.relay(delegated)),
  );
  const hashes = new Set<string>();
  for (const result of results) {
    if (result.status === "fulfilled") hashes.add(result.value.hash);
    else assert.ok(isRetryable(result.reason));
  }
  assert.is(hashes.size, 1);
  assert.is(signed.length, 1);
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
});

test("P1: fifty times the same at relayers that know nothing of each other is executed once", async () => {
  const { near, alice, act, open } = await setStage();
  const delegated = await alice.delegate("bob.near", gift);
  const relayers = [open(gifts), open(gifts), open(gifts, { account: act("carol.near") })];
  await Promise.all(
    Array.from({ length: 50 }, (_, i) => ask(relayers[i % 3] ?? open(gifts), delegated)),
  );
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
  // The chain gave the others' deposits back
  assert.ok((await act("carol.near").balance()).total > 98n * YOCTO);
  assert.ok((await act("relayer.near").balance()).total > 98n * YOCTO);
});

test("P6: an answer that is lost for too long keeps the hash; asking again takes it up", async () => {
  let isLost = (_method: string): boolean => false;
  const { near, alice, open, signed } = await setStage((inner) => async (request, options) => {
    const answer = await inner(request, options);
    if (isLost(request.method)) throw new TransportError("network", "cut off");
    return answer;
  });
  const relayer = open(gifts, { timeout: 1_000, store: memoryRelayStore() });
  const delegated = await alice.delegate("bob.near", gift);
  // From the first broadcast on nothing comes back
  isLost = (method) => method === "send_tx" || signed.length > 0;
  const error = await rejection(clientOf(relayer).relay(delegated));
  assert.ok(error instanceof TransactionError);
  assert.equal([error.code, error.signerId], ["unknown_outcome", "relayer.near"]);
  const [first] = signed;
  assert.ok(first);
  isLost = () => false;
  const outcome = await error.resume?.();
  assert.is(outcome?.hash, error.hash);
  assert.is((await clientOf(relayer).relay(delegated)).hash, error.hash);
  assert.is(signed.length, 1);
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
});

test("what a restarted relayer finds in its store it takes up, and does not sign again", async () => {
  let isDown = true;
  const { near, alice, open, signed } = await setStage((inner) => async (request, options) => {
    // The transaction does not get out at all.
    if (isDown && (request.method === "send_tx" || signed.length > 0)) {
      throw new TransportError("network", "down");
    }
    return inner(request, options);
  });
  const store = memoryRelayStore();
  const delegated = await alice.delegate("bob.near", gift);
  const budget = { ...gifts, budget: { amount: "1.01 NEAR" } } as const;
  assert.is(await ask(open(budget, { timeout: 1_000, store }), delegated), "unknown_outcome");
  // What may still be paid is set aside
  const second = await alice.delegate("bob.near", gift);
  isDown = false;
  const restarted = open(budget, { store });
  assert.is(await ask(restarted, second), "budget_exhausted");
  assert.is(await ask(restarted, delegated), "executed");
  assert.is(signed.length, 1);
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
});

test("a store that fails before the payment stops it, after the payment is the operator's to know", async () => {
  const { near, alice, open, signed } = await setStage();
  const memory = memoryRelayStore();
  const fail = (): Promise<never> => Promise.reject(new Error("the store is away"));
  const errors: unknown[] = [];
  const onError = (error: unknown): number => errors.push(error);
  const delegated = await alice.delegate("bob.near", gift);
  const blind: RelayStore = { ...memory, find: fail };
  assert.is(await ask(open(gifts, { store: blind, onError }), delegated), "internal");
  assert.equal([signed.length, errors.length], [0, 1]);
  const uncounted: RelayStore = { ...memory, count: fail };
  const limited = { ...gifts, rate: { count: 1, per: 1_000 } } as const;
  assert.is(await ask(open(limited, { store: uncounted, onError }), delegated), "internal");
  assert.equal([signed.length, errors.length], [0, 2]);
  const forgetful: RelayStore = { ...memory, keep: fail };
  assert.is(await ask(open(gifts, { store: forgetful, onError }), delegated), "executed");
  assert.equal([signed.length, errors.length], [1, 3]);
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
});

test("a relayer that is down before it sends uses up neither turn nor budget", async () => {
  let isDown = true;
  const { alice, open, signed } = await setStage((inner) => async (request, options) => {
    // Only what preparing asks for, when all has been verified
    const { params } = request;
    const text = JSON.stringify(params);
    if (isDown && text.includes("relayer.near")) throw new TransportError("network", "down");
    return inner(request, options);
  });
  const once = { rate: { count: 1, per: 1e9 }, budget: { amount: "1.01 NEAR" } } as const;
  const relayer = open({ ...gifts, ...once });
  const delegated = await alice.delegate("bob.near", gift);
  const { status, body } = await post(relayer, formatSignedDelegate(delegated));
  assert.equal([status, body.code], [503, "unavailable"]);
  assert.is(signed.length, 0);
  isDown = false;
  assert.is(await ask(relayer, delegated), "executed");
});

test("a transaction of the relayer that is refused is told apart, and may be asked for again", async () => {
  const { act, alice, open } = await setStage();
  // Poor, so that the node refuses its transaction
  await act("relayer.near").transfer("carol.near", "99.9 NEAR");
  const relayer = open(gifts);
  const delegated = await alice.delegate("bob.near", gift);
  const { status, body } = await post(relayer, formatSignedDelegate(delegated));
  assert.equal([status, body.code], [502, "not_included"]);
  assert.match(body.reason ?? "", "NotEnoughBalance");
  await act("carol.near").transfer("relayer.near", "50 NEAR");
  assert.is(await ask(relayer, delegated), "executed");
});

test("a record names hash and signer in plain text, so that any store takes it", async () => {
  const { alice, open } = await setStage();
  const memory = memoryRelayStore();
  const kept: RelayRecord[] = [];
  const store: RelayStore = {
    ...memory,
    keep: async (hash, record, expires) => {
      kept.push(JSON.parse(JSON.stringify(record)));
      await memory.keep(hash, record, expires);
    },
  };
  const delegated = await alice.delegate("bob.near", gift);
  const { hash } = await clientOf(open(gifts, { store })).relay(delegated);
  assert.equal(
    kept.map((record) => [record.hash, record.signerId]),
    [[hash, "relayer.near"]],
  );
});

test("the client: no answer is a TransportError, and says nothing of the delegate action", async () => {
  const { alice } = await setStage();
  const delegated = await alice.delegate("bob.near", gift);
  const url = "https://relayer.example/?key=secret";
  const answers: readonly (readonly [() => Promise<Response>, string])[] = [
    [async () => Promise.reject(new TypeError(`fetch failed: ${url}`)), "network"],
    [async () => new Response("<html>", { status: 502 }), "http"],
    [async () => new Response("{}", { status: 500 }), "http"],
    [async () => Response.json({ code: "unavailable", reason: "down" }, { status: 503 }), "http"],
    [async () => new Response("<html>"), "malformed"],
    [async () => Response.json({ hash: 1 }), "malformed"],
    [async () => new Response(new Uint8Array([0xff])), "malformed"],
    [async () => new Response("x".repeat(101)), "too_large"],
  ];
  for (const [fetch, code] of answers) {
    const client = relayerClient(url, { fetch, maxResponseBytes: 100 });
    const error = await rejection(client.relay(delegated));
    assert.ok(isNearError(error));
    assert.is(error.code, code, error.message);
    assert.not.match(error.message, /secret/);
  }
});

test("the client gives up when told, and when its time is up, also where fetch does not listen", async () => {
  const { alice } = await setStage();
  const delegated = await alice.delegate("bob.near", gift);
  const caller = new AbortController();
  const fetch = (): Promise<Response> => {
    caller.abort(new Error("enough"));
    return new Promise<Response>(() => undefined);
  };
  const client = relayerClient("https://relayer.example", { fetch, timeout: 100 });
  const error = await rejection(client.relay(delegated, { signal: caller.signal }));
  assert.ok(error instanceof Error && error.message === "enough");
  assert.ok(isNearError(await rejection(client.relay(delegated)), "timeout"));
  assert.throws(() => relayerClient("no url"), TypeError);
  const wrong = { timeout: 5, retries: 3 };
  assert.throws(() => relayerClient("https://relayer.example", wrong), /unknown option/);
  assert.throws(() => relayerClient("https://relayer.example", { timeout: 0 }), RangeError);
});

test.run();
