import {
  connect,
  type ExecuteRequest,
  type SigningAccount,
  TransactionError,
  type TransactionErrorCode,
} from "@yoctonear/account";
import type { Signer } from "@yoctonear/keys";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { parseNear } from "@yoctonear/primitives";
import { RpcError, type Transport, TransportError } from "@yoctonear/rpc";
import {
  attachSignature,
  gasKeyFullAccess,
  signTransaction,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("send: the fate of a transaction");

const ONE = parseNear("1 NEAR");
const FAST = { pollInterval: 1 };

interface Scene {
  readonly chain: Localnet;
  readonly alice: SigningAccount;
  received(): Promise<bigint>;
}

/** @param wrap - what stands between the caller and the chain */
async function scene(wrap: (inner: Transport) => Transport = (inner) => inner): Promise<Scene> {
  const chain = await createLocalnet({
    accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR", "carol.near": "9 NEAR" },
  });
  const wrapped = wrap(chain.transport);
  const transport: Transport = (request, options) => wrapped(request, options);
  const alice = connect(transport).account("alice.near", chain.signer("alice.near"));
  const bob = connect(chain).account("bob.near");
  return { chain, alice, received: async () => (await bob.balance()).total - ONE };
}

function caught(sending: Promise<unknown>): Promise<unknown> {
  return sending.then(
    () => new Error("expected it to fail"),
    (reason: unknown) => reason,
  );
}

async function failure(
  sending: Promise<unknown>,
  code: TransactionErrorCode,
): Promise<TransactionError> {
  const error = await caught(sending);
  if (!(error instanceof TransactionError)) throw new Error("expected another", { cause: error });
  assert.is(error.code, code, error.message);
  return error;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

function endable(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

function never(): Promise<never> {
  return new Promise(() => {});
}

function refusal(method: string, error: unknown): RpcError {
  const data = { TxExecutionError: { InvalidTxError: error } };
  return new RpcError(method, { cause: { name: "INVALID_TRANSACTION", info: {} }, data });
}

function unknown(method: string): RpcError {
  return new RpcError(method, { cause: { name: "UNKNOWN_TRANSACTION", info: {} } });
}

/** Answers the first request of a method in another way. */
function first(
  method: string,
  answer: (inner: Transport) => Transport,
): (inner: Transport) => Transport {
  return (inner) => {
    let isFirst = true;
    return (request, options) => {
      if (!isFirst || request.method !== method) return inner(request, options);
      isFirst = false;
      return answer(inner)(request, options);
    };
  };
}

test("P4: two transports to one URL share the nonces of a key", async () => {
  const { chain, received } = await scene();
  const target = {
    url: "http://127.0.0.1:3030",
    fetch: (url: string, init: RequestInit) => chain.fetch(new Request(url, init)),
  };
  const key = chain.signer("alice.near");
  const accounts = [connect(target), connect(target)].map((near) =>
    near.account("alice.near", key),
  );
  await Promise.all(
    [1n, 2n, 4n, 8n].flatMap((amount) =>
      accounts.map((account, i) => account.transfer("bob.near", amount << BigInt(4 * i), FAST)),
    ),
  );
  assert.is(await received(), 255n);
});

for (const method of ["query", "send_tx", "status"]) {
  test(`P6: the time is kept on a transport that never answers ${method}, and the lane is free`, async () => {
    const { chain, received } = await scene();
    const deaf = first(method, () => never)(chain.transport);
    const transport: Transport = (request, options) => deaf(request, options);
    const target = Object.assign(transport, {
      scope: method === "status" ? ("chain" as const) : {},
    });
    const alice = connect(target).account("alice.near", chain.signer("alice.near"));
    const error = await caught(alice.transfer("bob.near", 1n, { ...FAST, timeout: 300 }));
    if (method === "send_tx") await failure(Promise.reject(error), "unknown_outcome");
    else assert.is(error instanceof Error && error.name, "TimeoutError");
    await alice.transfer("bob.near", 2n, { ...FAST, timeout: 5_000 });
    assert.is(await received(), 2n);
  });
}

test("a signer that never answers holds up neither the caller nor the lane", async () => {
  const { chain, received } = await scene();
  const key = chain.signer("alice.near");
  let answer: () => void = () => undefined;
  let isAsked = false;
  const device: Signer = {
    publicKey: key.publicKey,
    sign: async (request) => {
      if (!isAsked) {
        isAsked = true;
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
      }
      return key.sign(request);
    },
  };
  const alice = connect(chain).account("alice.near", device);
  const reason = new Error("user left");
  const controller = new AbortController();
  const left = caught(alice.transfer("bob.near", 1n, { ...FAST, signal: controller.signal }));
  const next = alice.transfer("bob.near", 2n, FAST);
  await pause(5);
  controller.abort(reason);
  assert.is(await left, reason);
  await next;
  answer();
  await pause(5);
  assert.is(await received(), 2n, "what was signed too late is not sent");
});

test("an abort ends the wait for a lane at once, and the order stays", async () => {
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const { alice, received } = await scene(
    first("send_tx", (inner) => async (request, options) => {
      await gate;
      return inner(request, options);
    }),
  );
  const controller = new AbortController();
  const one = alice.transfer("bob.near", 1n, FAST);
  const two = alice.transfer("bob.near", 2n, { ...FAST, signal: controller.signal });
  const three = alice.transfer("bob.near", 4n, FAST);
  await pause(2);
  const reason = new Error("user left");
  controller.abort(reason);
  assert.is(await caught(two), reason);
  const still = pause(5).then(() => "waits");
  assert.is(await Promise.race([three, still]), "waits", "the third, for the first");
  go();
  await Promise.all([one, three]);
  assert.is(await received(), 5n);
});

test("P4: a nonce that was handed out is not handed out again after a refusal", async () => {
  const { chain, alice, received } = await scene();
  const prepared = await alice.prepare("bob.near", [transfer(1n)]);
  await failure(alice.transfer("bob.near", "1000 NEAR", FAST), "rejected");
  await alice.transfer("bob.near", 2n, FAST);
  const later = await alice.prepare("bob.near", [transfer(4n)]);
  assert.ok(later.nonce > prepared.nonce);
  const second = await scene();
  const early = await second.alice.prepare("bob.near", [transfer(1n)]);
  const refused = failure(second.alice.transfer("bob.near", "1000 NEAR", FAST), "rejected");
  const early2 = await second.alice.prepare("bob.near", [transfer(2n)]);
  await refused;
  const early3 = await second.alice.prepare("bob.near", [transfer(4n)]);
  const nonces = new Set([early, early2, early3].map(({ nonce }) => nonce));
  assert.is(nonces.size, 3);
  assert.is(await received(), 2n);
  chain.stop();
});

test("P4: the rows of a gas key go in parallel, each nonce once, a used one is refused", async () => {
  const { chain, alice, received } = await scene();
  const gasKey = chain.signer("gas.near");
  await alice.addKey(gasKey.publicKey, gasKeyFullAccess({ numNonces: 3 }));
  await alice.transferToGasKey(gasKey.publicKey, "1 NEAR");
  const payer = connect(chain).account("alice.near", gasKey);
  await Promise.all(
    Array.from({ length: 9 }, (_, i) =>
      payer.transfer("bob.near", 1n << BigInt(i), { ...FAST, nonceIndex: i % 3 }),
    ),
  );
  assert.is(await received(), 511n);
  assert.instance(await caught(payer.transfer("bob.near", 1n, { nonceIndex: 3 })), RangeError);
  const early = await payer.prepare("bob.near", [transfer(512n)], { nonceIndex: 1 });
  await payer.transfer("bob.near", 1024n, { ...FAST, nonceIndex: 1 });
  const late = connect(chain).send(await signTransaction(early, gasKey), FAST);
  assert.is((await failure(late, "rejected")).kind, "InvalidNonce");
  assert.is(await received(), 511n + 1024n);
});

test("P1: a transaction that takes its own key away is not rejected behind a transport that sends twice", async () => {
  const { chain, alice } = await scene(
    first("send_tx", (inner) => async (request, options) => {
      await inner(request, options);
      return inner(request, options);
    }),
  );
  await alice.deleteKey(chain.signer("alice.near").publicKey, FAST);
  assert.equal(await alice.keys(), []);
});

test("P1: after an answer below the level a refusal proves nothing", async () => {
  let asked = 0;
  const { chain, alice } = await scene((inner) => async (request, options) => {
    asked += 1;
    if (request.method === "send_tx" && asked < 5) {
      await inner(request, options);
      return { final_execution_status: "INCLUDED" };
    }
    // A node that lags behind
    if (request.method === "tx" && asked < 6) throw unknown("tx");
    return inner(request, options);
  });
  await alice.deleteKey(chain.signer("alice.near").publicKey, FAST);
  assert.equal(await alice.keys(), []);
});

test("that its block is final is not taken for the execution that was asked for", async () => {
  const levels: unknown[] = [];
  const { alice, received } = await scene((inner) => async (request, options) => {
    const answer = await inner(request, options);
    const { wait_until: level } = Object(request.params);
    if (request.method === "send_tx" || request.method === "tx") levels.push(level);
    // What a node says of a transaction whose promises take longer than its block takes to be final
    const isEarly = request.method === "send_tx" || (request.method === "tx" && level === "NONE");
    if (!isEarly) return answer;
    return { final_execution_status: "INCLUDED_FINAL", status: "Started" };
  });
  // Long intervals: the node is asked to wait, at once.
  const { level, bytes } = await alice.transfer("bob.near", 1n, { pollInterval: 60_000 });
  assert.equal(levels, ["EXECUTED_OPTIMISTIC", "NONE", "EXECUTED"]);
  assert.ok(level === "EXECUTED" || level === "FINAL");
  assert.equal(bytes, new Uint8Array());
  assert.is(await received(), 1n);
});

test("P3: the answer of another transaction is not taken for this one's", async () => {
  let other: unknown;
  const { alice, received } = await scene((inner) => async (request, options) => {
    if (request.method !== "send_tx") return inner(request, options);
    if (other !== undefined) return other;
    other = await inner(request, options);
    return other;
  });
  await alice.transfer("bob.near", 1n, FAST);
  await failure(alice.transfer("bob.near", 2n, { ...FAST, timeout: 300 }), "unknown_outcome");
  assert.is(await received(), 1n);
});

test("P6: a failed one carries its bytes too", async () => {
  const { alice } = await scene();
  const error = await failure(alice.transfer("nobody.near", 1n), "failed");
  assert.instance(error.signedTransaction, Uint8Array);
});

test("rejected: one that a chunk took in only to find it invalid was not executed", async () => {
  const { alice } = await scene(
    first("send_tx", (inner) => async (request, options) => {
      const answer = await inner(request, options);
      const error = { InvalidTxError: { NotEnoughBalance: { signer_id: "alice.near" } } };
      const final = { final_execution_status: "FINAL", status: { Failure: error } };
      return Object.assign({}, answer, final);
    }),
  );
  const error = await failure(alice.transfer("bob.near", 1n, FAST), "rejected");
  assert.is(error.kind, "NotEnoughBalance");
  assert.ok(error.outcome);
});

test("P1: rejected: not by a block that may be dropped yet", async () => {
  const { alice, received } = await scene(
    first("send_tx", (inner) => async (request, options) => {
      const answer = await inner(request, options);
      const error = { InvalidTxError: { NotEnoughBalance: { signer_id: "alice.near" } } };
      const early = {
        final_execution_status: "EXECUTED_OPTIMISTIC",
        status: { Failure: error },
      };
      return Object.assign({}, answer, early);
    }),
  );
  // The next block has it.
  await alice.transfer("bob.near", 1n, FAST);
  assert.is(await received(), 1n);
});

test("resume waits for the level that was asked for, and refuses misspelt options", async () => {
  const { alice, received } = await scene(first("send_tx", () => never));
  const error = await failure(
    alice.transfer("bob.near", 1n, { ...FAST, timeout: 300, wait: "FINAL" }),
    "unknown_outcome",
  );
  if (error.resume === undefined) throw new Error("expected to resume");
  const typo: object = { waitUntil: "FINAL" };
  assert.instance(await caught(error.resume({ ...typo })), TypeError);
  assert.is(await received(), 0n);
  const [one, two] = await Promise.all([error.resume(), error.resume()]);
  assert.is(one.level, "FINAL");
  assert.is(two.hash, one.hash);
  assert.is((await error.resume({ wait: "INCLUDED" })).hash, one.hash);
  assert.is(await received(), 1n);
});

test("P10: a wallet is told the level to wait for, and not asked after an abort", async () => {
  const { chain, alice } = await scene();
  const { hash, response, gasBurnt } = await alice.transfer("bob.near", 1n);
  const asked: ExecuteRequest[] = [];
  const wallet = connect(chain).account("alice.near", {
    execute: async (request) => {
      asked.push(request);
      // Its own JSON parser knows numbers only.
      const text = JSON.stringify(response, (_, value: unknown) =>
        typeof value === "bigint" ? Number(value) : value,
      );
      return { hash, signerId: "alice.near", response: JSON.parse(text) };
    },
  });
  assert.is((await wallet.transfer("bob.near", 1n)).gasBurnt, gasBurnt);
  assert.is(asked[0]?.wait, "EXECUTED_OPTIMISTIC");
  const reason = new Error("never mind");
  const signal = AbortSignal.abort(reason);
  assert.is(await caught(wallet.transfer("bob.near", 1n, { signal })), reason);
  assert.is(asked.length, 1);
});

test("P5: a signature that is none is rejected at once, also where it may have been before", async () => {
  const { chain, alice } = await scene();
  const transaction = await alice.prepare("bob.near", [transfer(1n)]);
  const { signature } = await signTransaction(
    await alice.prepare("bob.near", [transfer(2n)]),
    chain.signer("alice.near"),
  );
  const sending = connect(chain).send(attachSignature(transaction, signature), FAST);
  assert.is((await failure(sending, "rejected")).kind, "InvalidSignature");
});

test("expired: not where a node lags behind the block that the transaction names", async () => {
  const { alice, received } = await scene(
    first("send_tx", () => async () => {
      throw refusal("send_tx", "Expired");
    }),
  );
  await alice.transfer("bob.near", 1n, FAST);
  assert.is(await received(), 1n);
});

test("expired: not on the word of a node that lags behind the block with the transaction", async () => {
  let isLate = false;
  let asked = 0;
  const { chain, alice, received } = await scene((inner) => async (request, options) => {
    if (request.method === "send_tx" && !isLate) {
      await inner(request, options);
      throw new TransportError("network", "connection reset");
    }
    if (request.method === "send_tx") throw refusal("send_tx", "Expired");
    asked += request.method === "tx" && isLate ? 1 : 0;
    if (request.method === "tx" && asked < 8) throw unknown("tx");
    return inner(request, options);
  });
  const error = await failure(
    alice.transfer("bob.near", 1n, { ...FAST, timeout: 300 }),
    "unknown_outcome",
  );
  isLate = true;
  await chain.produceBlocks(120);
  await error.resume?.(FAST);
  assert.is(await received(), 1n);
});

test("P1: expired: not what nodes may have forgotten, unless its nonce was never used", async () => {
  for (const isExecuted of [true, false]) {
    let isLate = false;
    const { chain, alice, received } = await scene((inner) => async (request, options) => {
      const { method, params } = request;
      if (method !== "send_tx" && method !== "tx") return inner(request, options);
      if (!isLate) {
        if (isExecuted) await inner(request, options);
        throw new TransportError("network", "connection reset");
      }
      // The blocks come from an archive, and this is a node that has forgotten them.
      throw "tx_hash" in Object(params) ? unknown(method) : refusal(method, "Expired");
    });
    const error = await failure(
      alice.transfer("bob.near", 1n, { ...FAST, timeout: 300 }),
      "unknown_outcome",
    );
    isLate = true;
    await chain.produceBlocks(300);
    const resumed = error.resume?.({ ...FAST, timeout: 300 }) ?? Promise.resolve();
    await failure(resumed, isExecuted ? "unknown_outcome" : "expired");
    assert.is(await received(), isExecuted ? 1n : 0n);
  }
});

test("of ever new accounts the lanes of the last 10,000 are kept, and those in use", async () => {
  const key = { nonce: 7n, permission: "FullAccess", block_hash: "1".repeat(32), block_height: 1 };
  const transport: Transport = ({ method }) =>
    method === "query" ? Promise.resolve(key) : never();
  const near = connect(Object.assign(transport, { scope: {} }));
  const { publicKey } = (await scene()).alice;
  const signer: Signer = {
    publicKey: publicKey ?? "",
    sign: async () => `ed25519:${"1".repeat(64)}`,
  };
  const actions = [transfer(1n)];
  const [idle, busy] = [near.account("idle.near", signer), near.account("busy.near", signer)];
  const { signal, abort } = endable();
  const sending = caught(busy.transfer("bob.near", 1n, { signal }));
  assert.is((await idle.prepare("bob.near", actions)).nonce, 8n);
  assert.is((await idle.prepare("bob.near", actions)).nonce, 9n);
  for (let i = 0; i < 10_000; i += 1) {
    await near.account(`user${i}.near`, signer).prepare("bob.near", actions);
  }
  assert.is((await idle.prepare("bob.near", actions)).nonce, 8n, "as the chain has it");
  assert.is((await busy.prepare("bob.near", actions)).nonce, 9n, "above the one in flight");
  abort();
  assert.instance(await sending, TransactionError);
});

test("10,000 transactions leave nothing on the signal of their caller", async () => {
  const { alice } = await scene();
  const { response } = await alice.transfer("bob.near", 1n);
  const answers: { readonly [method: string]: unknown } = {
    query: { nonce: 1n, permission: "FullAccess", block_hash: "1".repeat(32), block_height: 1 },
    send_tx: { ...response, transaction: undefined },
  };
  const signer: Signer = {
    publicKey: alice.publicKey ?? "",
    sign: async () => `ed25519:${"1".repeat(64)}`,
  };
  const account = connect(async ({ method }) => answers[method]).account("alice.near", signer);
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>): void => {
    listeners += 1;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>): void => {
    listeners -= 1;
    remove(...args);
  };
  for (let i = 0; i < 1000; i += 1) {
    await Promise.all(
      Array.from({ length: 10 }, () => account.transfer("bob.near", 1n, { signal })),
    );
  }
  assert.is(listeners, 0);
});

test.run();
