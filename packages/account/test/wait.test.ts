import {
  connect,
  type ExecuteRequest,
  type Outcome,
  resend,
  sendInOrder,
  type SigningAccount,
  TransactionError,
  waitFor,
  type WaitLevel,
} from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { parseNear } from "@yoctonear/primitives";
import { type Transport, TransportError } from "@yoctonear/rpc";
import {
  addKey,
  attachSignature,
  createAccount,
  fullAccess,
  functionCall,
  signingRequest,
  transactionHash,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection } from "./stage.ts";

const test = suite("send: how far to wait, and how long");

const ONE = parseNear("1 NEAR");
const FAST = { pollInterval: 1 };
const LEVELS: readonly WaitLevel[] = [
  "NONE",
  "INCLUDED",
  "EXECUTED_OPTIMISTIC",
  "INCLUDED_FINAL",
  "EXECUTED",
  "FINAL",
];

interface Scene {
  readonly chain: Localnet;
  readonly alice: SigningAccount;
  /** What the node was asked to wait for, by method. */
  readonly asked: readonly string[];
  readonly transport: Transport;
  received(): Promise<bigint>;
}

async function scene(wrap: (inner: Transport) => Transport = (inner) => inner): Promise<Scene> {
  const chain = await createLocalnet({
    accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR" },
  });
  const asked: string[] = [];
  const inner = wrap(chain.transport);
  const transport: Transport = (request, options) => {
    const { wait_until: level } = Object(request.params);
    if (typeof level === "string") asked.push(`${request.method} ${level}`);
    return inner(request, options);
  };
  const alice = connect(transport).account("alice.near", chain.signer("alice.near"));
  const bob = connect(chain).account("bob.near");
  return {
    chain,
    alice,
    asked,
    transport,
    received: async () => (await bob.balance()).total - ONE,
  };
}

/** Loses the answers to the first requests of a method; they arrive. */
function losing(method: string, count: number): (inner: Transport) => Transport {
  return (inner) => {
    let left = count;
    return async (request, options) => {
      const answer = await inner(request, options);
      if (request.method !== method || left === 0) return answer;
      left -= 1;
      throw new TransportError("network", "connection reset");
    };
  };
}

/** A node that never answers, and a caller who leaves when he has asked it. */
function outage(): { readonly signal: AbortSignal; down(): Promise<never> } {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    down: () => {
      setTimeout(() => controller.abort(new Error("time is up")));
      return new Promise(() => {});
    },
  };
}

async function failure(task: Promise<unknown>): Promise<TransactionError> {
  const error = await rejection(task);
  if (error instanceof TransactionError) return error;
  throw new Error("expected a TransactionError", { cause: error });
}

for (const wait of LEVELS) {
  test(`P10: waits for ${wait}, with answers lost, too`, async () => {
    const { alice, asked, transport, received } = await scene(losing("send_tx", 1));
    const outcome = await alice.transfer("bob.near", 1n, { ...FAST, wait });
    assert.is(asked[0], `send_tx ${wait}`);
    assert.ok(LEVELS.indexOf(levelOf(outcome)) >= LEVELS.indexOf(wait), outcome.level);
    if (wait === "NONE") await waitFor(transport, outcome.hash, "alice.near", FAST);
    assert.is(await received(), 1n);
  });
}

function levelOf({ level }: Outcome): WaitLevel {
  const found = LEVELS.find((known) => known === level);
  if (found === undefined) throw new RangeError(`expected a level, got ${level}`);
  return found;
}

test("P45: unless told, a send waits for EXECUTED_OPTIMISTIC, a wallet is told so, a question waits for nothing", async () => {
  const { chain, alice, asked, transport } = await scene();
  const { hash, response } = await alice.transfer("bob.near", 1n);
  assert.equal(asked, ["send_tx EXECUTED_OPTIMISTIC"]);
  const waited: ExecuteRequest[] = [];
  const wallet = connect(chain).account("alice.near", {
    execute: async (request) => {
      waited.push(request);
      return { hash, signerId: "alice.near", response };
    },
  });
  await wallet.transfer("bob.near", 1n);
  assert.is(waited[0]?.wait, "EXECUTED_OPTIMISTIC");
  await connect(transport).status(hash, "alice.near");
  assert.is(asked.at(-1), "tx NONE");
  await waitFor(transport, hash, "alice.near");
  assert.equal(asked.slice(2), ["tx NONE"], "it is there at once");
});

test("P10: a wallet is told every wait level as it was asked for", async () => {
  const { chain, alice } = await scene();
  const { hash, response } = await alice.transfer("bob.near", 1n);
  const waited: (string | undefined)[] = [];
  const wallet = connect(chain).account("alice.near", {
    execute: async ({ wait }) => {
      waited.push(wait);
      return { hash, signerId: "alice.near", response };
    },
  });
  for (const wait of LEVELS) await wallet.transfer("bob.near", 1n, { wait });
  assert.equal(waited, LEVELS);
});

for (const wait of LEVELS) {
  test(`P6: with no answer at all, ${wait} ends in time, with hash, bytes, and resume to the same level`, async () => {
    let isDown = true;
    const { signal, down } = outage();
    const { alice, received } = await scene((inner) => (request, options) => {
      if (isDown && request.method !== "query") return down();
      return inner(request, options);
    });
    const error = await failure(alice.transfer("bob.near", 1n, { ...FAST, wait, signal }));
    assert.is(error.code, "unknown_outcome");
    assert.match(error.message, error.hash);
    assert.instance(error.signedTransaction, Uint8Array);
    isDown = false;
    const outcome = await error.resume?.({ timeout: 60_000 });
    assert.is(outcome?.hash, error.hash);
    if (outcome !== undefined) {
      assert.ok(LEVELS.indexOf(levelOf(outcome)) >= LEVELS.indexOf(wait), outcome.level);
    }
    if (wait !== "NONE") assert.is(await received(), 1n);
  });
}

test("P5: what is refused for good is refused at once: one broadcast, no resume", async () => {
  const { alice, asked } = await scene();
  const error = await failure(alice.transfer("bob.near", "1000 NEAR", FAST));
  assert.equal([error.code, error.kind], ["rejected", "NotEnoughBalance"]);
  assert.is(error.resume, undefined);
  assert.is(asked.filter((question) => question.startsWith("send_tx")).length, 1);
  const failed = await failure(alice.send("bob.near", [functionCall("none")], FAST));
  assert.is(failed.code, "failed");
  assert.is(asked.filter((question) => question.startsWith("send_tx")).length, 2);
});

test("P8: an answer of a newer node, with what nobody knows yet, is no error once the money has moved", async () => {
  const { alice, received } = await scene((inner) => async (request, options) => {
    const answer = await inner(request, options);
    if (request.method !== "send_tx") return answer;
    return Object.assign({}, answer, {
      status: { SuccessInSomeOtherWay: { by: "a newer node" } },
      final_execution_status: "EXECUTED_OPTIMISTIC",
      priority: { tip: 5 },
    });
  });
  const outcome = await alice.transfer("bob.near", 1n, FAST);
  assert.equal([outcome.value, outcome.failure], [undefined, undefined]);
  assert.equal(Object(outcome.response).priority, { tip: 5 });
  assert.is(await received(), 1n);
});

test("waitFor: a transaction that is not there yet is waited for, with the signer (P9)", async () => {
  const { chain, alice, transport, asked } = await scene(losing("tx", 2));
  const { hash } = await alice.transfer("bob.near", 1n, { wait: "INCLUDED" });
  const outcome = await waitFor(transport, hash, "alice.near", { ...FAST, wait: "FINAL" });
  assert.equal([outcome.hash, outcome.level], [hash, "FINAL"]);
  assert.ok(asked.includes("tx FINAL") || asked.includes("tx NONE"));
  assert.instance(await rejection(waitFor(transport, hash, "BAD ID")), Error);
  const near = connect(chain);
  assert.is((await near.status(hash, "alice.near")).hash, hash);
});

test("P6: waitFor ends in time with the hash, and resumes; an abort does the same", async () => {
  const caller = new AbortController();
  const { chain, alice, transport } = await scene((inner) => async (request, options) => {
    try {
      return await inner(request, options);
    } catch (error) {
      setTimeout(() => caller.abort(new Error("time is up")));
      throw error;
    }
  });
  const transaction = await alice.prepare("bob.near", [transfer(1n)]);
  const hash = transactionHash(transaction);
  const { signal } = caller;
  const error = await failure(waitFor(transport, hash, "alice.near", { ...FAST, signal }));
  assert.equal([error.code, error.hash, error.signerId], ["unknown_outcome", hash, "alice.near"]);
  assert.ok(isNearError(error.cause, "UNKNOWN_TRANSACTION"));
  const reason = new Error("user left");
  const aborted = await failure(
    waitFor(transport, hash, "alice.near", { signal: AbortSignal.abort(reason) }),
  );
  assert.match(aborted.message, "user left");
  const waiting = aborted.resume?.({ ...FAST, timeout: 60_000 });
  const signature = await chain.signer("alice.near").sign(signingRequest(transaction));
  await connect(chain).send(attachSignature(transaction, signature));
  assert.is((await waiting)?.hash, hash);
});

test("waitFor: a failure is one", async () => {
  const { alice, transport } = await scene();
  const { hash } = await failure(alice.transfer("nobody.near", 1n));
  const error = await failure(waitFor(transport, hash, "alice.near", FAST));
  assert.equal([error.code, error.kind], ["failed", "AccountDoesNotExist"]);
});

test("P2: resend: the bytes of an error, any number of times, once", async () => {
  let isDown = true;
  const { signal, down } = outage();
  const { alice, transport, received } = await scene((inner) => (request, options) => {
    if (isDown && request.method === "send_tx") return down();
    return inner(request, options);
  });
  const error = await failure(alice.transfer("bob.near", 1n, { ...FAST, signal }));
  isDown = false;
  const bytes = error.signedTransaction ?? new Uint8Array();
  const outcomes = await Promise.all([1, 2].map(() => resend(transport, bytes, FAST)));
  assert.equal(
    outcomes.map(({ hash }) => hash),
    [error.hash, error.hash],
  );
  assert.is(await received(), 1n);
  assert.ok(isNearError(await rejection(resend(transport, bytes.slice(1)))));
});

test("a plan stops at the first failure and says what was done", async () => {
  const { chain, alice, received } = await scene();
  const { publicKey } = chain.signer("new.alice.near");
  const pay = { receiverId: "bob.near", actions: [transfer(1n)] };
  const plan = [
    pay,
    { receiverId: "new.alice.near", actions: [createAccount(), addKey(publicKey, fullAccess())] },
    { receiverId: "new.alice.near", actions: [createAccount()] },
    pay,
    pay,
  ];
  const { done, failed, notBegun } = await sendInOrder(alice, plan);
  assert.is(done.length, 2);
  assert.is(failed?.item, plan[2]);
  assert.ok(failed?.error instanceof TransactionError);
  assert.is(failed.error.kind, "AccountAlreadyExists");
  assert.equal(notBegun, [pay, pay]);
  assert.is(await received(), 1n);
  assert.equal(Object.keys(await sendInOrder(alice, notBegun)), ["done", "notBegun"]);
  assert.is(await received(), 3n);
  const wrong = await sendInOrder(alice, [{ ...pay, receiverId: "BAD ID" }, pay]);
  assert.ok(isNearError(wrong.failed?.error, "invalid_account_id"));
  assert.equal([wrong.done.length, wrong.notBegun.length], [0, 1]);
});

test.run();
