// Compiles WebAssembly at run time, which workerd forbids.
import { concatBytes, encodeHex } from "@yoctonear/base";
import { encode, u64 } from "@yoctonear/borsh";
import { loadProbeContract } from "@yoctonear/vectors";
import { hashOf } from "#localnet/chain/hash";
import type { ExecutionOutcome } from "#localnet/chain/outcome";
import { trieEntries } from "#localnet/state/trie";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { produceBlock, settle } from "./mini-chain.ts";
import { amount, program, quietProgram } from "./probe-program.ts";
import { transactionOf, unsigned, type World, worldOf } from "./world.ts";

const test = suite("runtime: receipts that wait");

const TGAS = 10n ** 12n;
const code = await loadProbeContract();
const contract = { type: "local", hash: hashOf(code) } as const;

/** A world in which alice.near and bob.near have the probe. */
function worldWithProbes(): World {
  const world = worldOf();
  const statePatch = ["alice.near", "bob.near"].flatMap((accountId) => {
    const account = world.account(accountId);
    return account === null
      ? []
      : ([
          { type: "account", accountId, account: { ...account, contract } },
          { type: "contract", accountId, code },
        ] as const);
  });
  produceBlock(world.chain, [], { statePatch });
  return world;
}

/** Sends a program to a probe; the transaction is in the next block. */
function start(world: World, receiverId: string, args: Uint8Array, nonce = 1n): void {
  const call = { type: "functionCall", methodName: "run", args, deposit: 0n } as const;
  const action = { ...call, gas: 300n * TGAS };
  produceBlock(world.chain, [unsigned(transactionOf("carol.near", receiverId, [action], nonce))]);
}

function rows(world: World, ...columns: readonly number[]): number {
  return columns.flatMap((column) => [...trieEntries(world.chain.state, Uint8Array.of(column))])
    .length;
}

function valueOf(outcome: ExecutionOutcome | undefined): string | null {
  const status = outcome?.status;
  return status?.type === "successValue" ? encodeHex(status.value) : null;
}

/** Results of calls, as the probe returns them. */
function results(...values: readonly bigint[]): string {
  return encodeHex(concatBytes(...values.map((value) => encode(u64, value))));
}

/** alice.near asks bob.near twice, who says "1" and fails, and itself about both. */
function askTwice(): Uint8Array {
  const one = quietProgram(["value_return", "1"]);
  const fail = quietProgram(["panic"]);
  const join = program(
    ["promise_results_count"],
    ["promise_result", 0n, 0n],
    ["promise_result", 1n, 1n],
    ["register_len", 0n],
    ["register_len", 1n],
  );
  const both = concatBytes(encode(u64, 0n), encode(u64, 1n));
  return quietProgram(
    ["promise_create", "bob.near", "run", one, amount(0n), 10n * TGAS],
    ["promise_create", "bob.near", "run", fail, amount(0n), 10n * TGAS],
    ["promise_and", { at: both }, 2n],
    ["promise_then", { result: 2 }, "alice.near", "run", join, amount(0n), 10n * TGAS],
    ["promise_return", { result: 3 }],
  );
}

/** What `join` sees: two results, the first a success of one byte, the second a failure without. */
const JOINED = results(2n, 1n, 2n, 1n, 2n ** 64n - 1n);

test("a receipt runs when all its data has come, in the block of the last", () => {
  const world = worldWithProbes();
  const { chain } = world;
  start(world, "alice.near", askTwice());
  produceBlock(chain, []);
  assert.is(rows(world, 3, 4, 5, 6), 0);
  const calls = produceBlock(chain, []);
  // `join` waits: a row of the receipt, of its count, and of each data that it lacks.
  assert.is(rows(world, 3, 4, 5, 6), 4);
  assert.is(calls.outcomes.filter(({ executorId }) => executorId === "bob.near").length, 2);
  const { outcomes } = produceBlock(chain, []);
  assert.is(valueOf(outcomes.find(({ executorId }) => executorId === "alice.near")), JOINED);
  settle(chain);
  assert.is(rows(world, 3, 4, 5, 6), 0);
});

test("the result of a call that leaves it to a receipt is that receipt's", () => {
  const world = worldWithProbes();
  start(world, "alice.near", askTwice());
  settle(world.chain);
  const outcomes = [...world.chain.outcomes.values()];
  const left = outcomes.filter(({ status }) => status.type === "successReceiptId");
  // The transaction, and the call: the last of its listed receipts but the refund.
  assert.is(left.length, 2);
  const status = left[1]?.status;
  const heir = status?.type === "successReceiptId" ? status.receiptId : "";
  assert.is(left[1]?.receiptIds[2], heir);
  assert.is(valueOf(world.chain.outcomes.get(heir)), JOINED);
});

/** Rows of yields: timeouts, receipts, status, ids. */
const YIELD_COLUMNS = [11, 12, 20, 22, 23] as const;
const ID = new Uint8Array(32).fill(7);

/** A yield of alice.near under an id of its own, with what its call sees of the data. */
function yieldWithId(): Uint8Array {
  const see = program(["promise_result", 0n, 9n], ["register_len", 9n]);
  const gas = 10n * TGAS;
  return program(["promise_yield_create_with_id", "run", see, amount(0n), gas, 0n, ID]);
}

test("a yield that is resumed runs in the next block, and leaves only its timeout", () => {
  const world = worldWithProbes();
  const { chain } = world;
  start(world, "alice.near", yieldWithId());
  produceBlock(chain, []);
  assert.is(rows(world, ...YIELD_COLUMNS), 5);
  const twice = ["promise_yield_resume_with_yield_id", ID, "data"] as const;
  start(world, "alice.near", program(twice, twice), 2n);
  // Only the first has an effect; the call is told otherwise, as nearcore does.
  const resuming = produceBlock(chain, []);
  assert.is(
    valueOf(resuming.outcomes.find(({ executorId }) => executorId === "alice.near")),
    results(1n, 1n),
  );
  const { outcomes } = produceBlock(chain, []);
  const called = outcomes.filter(({ executorId }) => executorId === "alice.near");
  assert.equal(called.map(valueOf), [results(1n, 4n)]);
  settle(chain);
  assert.is(rows(world, ...YIELD_COLUMNS), 1);
  start(world, "alice.near", program(twice), 3n);
  const late = produceBlock(chain, []);
  assert.is(
    valueOf(late.outcomes.find(({ executorId }) => executorId === "alice.near")),
    results(0n),
  );
});

test("a yield that nobody resumes sees a failed promise 200 blocks later", () => {
  const world = worldWithProbes();
  const { chain } = world;
  start(world, "alice.near", yieldWithId());
  const made = chain.height + 1;
  settle(chain);
  while (chain.height < made + 199) produceBlock(chain, []);
  assert.is(rows(world, ...YIELD_COLUMNS), 5);
  produceBlock(chain, []);
  assert.is(chain.height, made + 200);
  assert.is(rows(world, 11), 0);
  const { outcomes } = produceBlock(chain, []);
  const called = outcomes.find(({ executorId }) => executorId === "alice.near");
  assert.is(valueOf(called), results(2n, 2n ** 64n - 1n));
  assert.is(rows(world, ...YIELD_COLUMNS), 0);
});

test("an id that is pending makes no second yield", () => {
  const world = worldWithProbes();
  const create = ["promise_yield_create_with_id", "run", "", amount(0n), TGAS, 0n, ID] as const;
  start(world, "alice.near", program(create, create));
  const { outcomes } = produceBlock(world.chain, []);
  const called = outcomes.find(({ executorId }) => executorId === "alice.near");
  assert.is(valueOf(called), results(0n, 2n ** 64n - 1n));
  assert.is(rows(world, ...YIELD_COLUMNS), 5);
});

test("a call that fails leaves no yield behind", () => {
  const world = worldWithProbes();
  const create = ["promise_yield_create_with_id", "run", "", amount(0n), TGAS, 0n, ID] as const;
  start(world, "alice.near", program(create, ["panic"]));
  settle(world.chain);
  assert.is(rows(world, 10, ...YIELD_COLUMNS), 0);
});

test("a call of an account without code says so", () => {
  const world = worldWithProbes();
  start(world, "carol.near", program());
  const [, outcome] = [...world.chain.outcomes.values()];
  const error = outcome?.status.type === "failure" ? outcome.status.error : null;
  assert.match(JSON.stringify(error), '"CodeDoesNotExist":{"account_id":"carol.near"}');
});

test.run();
