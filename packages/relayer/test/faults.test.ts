import { type Executed, type ExecuteRequest, TransactionError } from "@yoctonear/account";
import type { Scheme } from "@yoctonear/keys";
import { ed25519 } from "@yoctonear/keys/ed25519";
import { memoryRelayStore, type RelayRecord, type RelayStore } from "@yoctonear/relayer";
import { isRetryable, TransportError } from "@yoctonear/rpc";
import { formatSignedDelegate, transfer } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, clientOf, post, type Relayer, setStage } from "./stage.ts";

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

test("who asks for what is under way waits for its answer, and asks the node nothing", async () => {
  let broadcasts = 0;
  const { alice, open } = await setStage((inner) => async (request, options) => {
    if (request.method === "send_tx") broadcasts += 1;
    return inner(request, options);
  });
  let onVerified = (): void => undefined;
  const verified = (): Promise<void> =>
    new Promise((resolve) => {
      onVerified = resolve;
    });
  const scheme: Scheme = {
    ...ed25519,
    verify: (...parts) => {
      // When what follows at once has followed
      setTimeout(onVerified);
      return ed25519.verify(...parts);
    },
  };
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const memory = memoryRelayStore();
  const store: RelayStore = {
    ...memory,
    find: async (hash) => {
      await released;
      return memory.find(hash);
    },
  };
  const relayer = open(gifts, { schemes: [scheme], store });
  const delegated = await alice.delegate("bob.near", gift);
  const answers: Promise<string>[] = [];
  for (let i = 0; i < 5; i++) {
    const isVerified = verified();
    answers.push(ask(relayer, delegated));
    await isVerified;
  }
  release();
  assert.equal(
    await Promise.all(answers),
    answers.map(() => "executed"),
  );
  assert.is(broadcasts, 1);
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
  const once = { rate: { count: 1, per: 1e9 }, budget: { amount: "1.01 NEAR" } } as const;
  const relayer = open({ ...gifts, ...once });
  const delegated = await alice.delegate("bob.near", gift);
  const { status, body } = await post(relayer, formatSignedDelegate(delegated));
  assert.equal([status, body.code], [502, "not_included"]);
  assert.match(body.reason ?? "", "NotEnoughBalance");
  await act("carol.near").transfer("relayer.near", "50 NEAR");
  assert.is(await ask(relayer, delegated), "executed");
});

test("P8: what cannot be told of a payment that was made is unknown, not unpaid", async () => {
  const { account, alice, near, open, signed } = await setStage();
  let isBroken = true;
  const execute = async (request: ExecuteRequest): Promise<Executed> => {
    const executed = await account.executor.execute(request);
    if (!isBroken) return executed;
    // As where a node of another version answers
    return {
      ...executed,
      get response(): never {
        throw new TypeError("cannot read this");
      },
    };
  };
  const errors: unknown[] = [];
  const relayer = open(
    { ...gifts, budget: { amount: "1.01 NEAR" } },
    { account: { ...account, executor: { execute } }, onError: (error) => errors.push(error) },
  );
  const delegated = await alice.delegate("bob.near", gift);
  assert.is(await ask(relayer, delegated), "unknown_outcome");
  assert.is(errors.length, 1);
  isBroken = false;
  assert.is(await ask(relayer, delegated), "executed");
  assert.is(await ask(relayer, await alice.delegate("bob.near", gift)), "budget_exhausted");
  assert.is(signed.length, 1);
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
});

test("a wallet that pays keeps its bytes to itself: then the hash is asked for, until it is executed", async () => {
  let isSlow = true;
  const { account, alice, near, open, signed } = await setStage(
    (inner) => async (request, options) => {
      const answer = await inner(request, options);
      if (request.method !== "tx" || !isSlow || typeof answer !== "object") return answer;
      return { ...answer, final_execution_status: "INCLUDED", status: "Started" };
    },
  );
  const execute = async (request: ExecuteRequest): Promise<Executed> => {
    const { hash, signerId } = await account.executor.execute(request);
    throw new TransactionError("unknown_outcome", "the wallet was closed", { hash, signerId });
  };
  const relayer = open(gifts, { account: { ...account, executor: { execute } } });
  const delegated = await alice.delegate("bob.near", gift);
  assert.is(await ask(relayer, delegated), "unknown_outcome");
  assert.is(await ask(relayer, delegated), "unknown_outcome");
  isSlow = false;
  assert.is(await ask(relayer, delegated), "executed");
  assert.is(signed.length, 1);
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
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

test.run();
