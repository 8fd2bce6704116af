import { encode } from "@yoctonear/borsh";
import { publicKeyCodec } from "@yoctonear/keys";
import { loadProbeContract } from "@yoctonear/vectors";
import fc from "fast-check";
import { hashOf } from "#localnet/chain/hash";
import { trieEntries, trieRoot } from "#localnet/state/trie";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { produceBlock, settle } from "./mini-chain.ts";
import { type Argument, amount, type Call, program } from "./probe-program.ts";
import { totalTokens } from "./supply.ts";
import { transactionOf, unsigned, WORLD_KEY, type World, worldOf } from "./world.ts";

const test = suite("runtime: any program of promises");

/** Each runs some hundred blocks, twice. */
const RUNS = 50;
const TGAS = 10n ** 12n;
const NEAR = 10n ** 24n;
const IDS = [
  "alice.near",
  "bob.near",
  "new.alice.near",
  "new.bob.near",
  "a".repeat(64),
  `0x${"b".repeat(40)}`,
  `0s${"c".repeat(40)}`,
  "nobody.near",
];
const PROBES = ["alice.near", "bob.near"] as const;
const KEY = encode(publicKeyCodec, WORLD_KEY);
const YIELD_ID = new Uint8Array(32).fill(7);
const YIELD_BLOCKS = 202;
const code = await loadProbeContract();
const contract = { type: "local", hash: hashOf(code) } as const;

const id = fc.constantFrom(...IDS);
const money = fc
  .oneof(
    { weight: 5, arbitrary: fc.constantFrom(0n, 1n, NEAR / 10n) },
    { weight: 1, arbitrary: fc.constantFrom(NEAR, 10n ** 33n) },
    { weight: 2, arbitrary: fc.bigInt({ min: 0n, max: 10n * NEAR }) },
  )
  .map(amount);
const gas = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(TGAS, 5n * TGAS) },
  { weight: 1, arbitrary: fc.constantFrom(0n, 1n, 2n ** 64n - 1n) },
);
const weight = fc.constantFrom(0n, 1n, 3n);
/** A promise: mostly one of the two with which every program begins. */
const promise = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(0n, 1n) },
  { weight: 1, arbitrary: fc.bigInt({ min: 2n, max: 6n }) },
);
const method = fc.oneof(
  { weight: 8, arbitrary: fc.constant("run") },
  { weight: 1, arbitrary: fc.constantFrom("nothing", "missing") },
);
const bytes = fc.uint8Array({ maxLength: 40 });

function callOf(name: string, ...args: readonly fc.Arbitrary<Argument>[]): fc.Arbitrary<Call> {
  return fc.tuple(...args).map((values) => [name, ...values] as const);
}

function calls(args: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Call> {
  const key = fc.constant(KEY);
  const batch = (name: string, ...rest: readonly fc.Arbitrary<Argument>[]): fc.Arbitrary<Call> =>
    callOf(`promise_batch_action_${name}`, promise, ...rest);
  return fc.oneof(
    { weight: 4, arbitrary: callOf("promise_create", id, method, args, money, gas) },
    { weight: 4, arbitrary: callOf("promise_then", promise, id, method, args, money, gas) },
    { weight: 4, arbitrary: callOf("promise_batch_create", id) },
    callOf("promise_batch_then", promise, id),
    callOf("promise_set_refund_to", promise, id),
    batch("create_account"),
    { weight: 2, arbitrary: batch("transfer", money) },
    batch("stake", money, key),
    batch("add_key_with_full_access", key, fc.constant(0n)),
    batch("add_key_with_function_call", key, fc.constant(0n), money, id, method),
    batch("add_gas_key_with_full_access", key, fc.constantFrom(0n, 1n, 3n, 65_536n)),
    batch("transfer_to_gas_key", key, money),
    batch("delete_key", key),
    batch("delete_account", id),
    batch("deploy_contract", bytes),
    batch("deploy_global_contract", bytes),
    batch("use_global_contract_by_account_id", id),
    batch("state_init_by_account_id", id, money),
    callOf("set_state_init_data_entry", promise, fc.constantFrom(0n, 1n), bytes, bytes),
    { weight: 2, arbitrary: batch("function_call_weight", method, args, money, gas, weight) },
    callOf("promise_yield_create", method, args, gas, weight, fc.constant(3n)),
    callOf("promise_yield_create_with_id", method, args, money, gas, weight, fc.constant(YIELD_ID)),
    callOf("promise_yield_resume_with_yield_id", fc.constant(YIELD_ID), bytes),
    { weight: 2, arbitrary: callOf("promise_return", promise) },
    callOf("value_return", bytes),
    callOf("storage_write", bytes, bytes, fc.constant(1n)),
    callOf("storage_remove", bytes, fc.constant(1n)),
    callOf("promise_results_count"),
    callOf("promise_result", fc.constantFrom(0n, 1n), fc.constant(2n)),
  );
}

/** Two promises, the second after the first, and what becomes of them. */
function programsOf(args: fc.Arbitrary<Uint8Array>): fc.Arbitrary<readonly Call[]> {
  const first = callOf("promise_create", probe, run, args, fc.constant(amount(0n)), someGas);
  const second = callOf(
    "promise_then",
    fc.constant(0n),
    probe,
    run,
    args,
    fc.constant(amount(0n)),
    someGas,
  );
  const rest = fc.array(calls(args), { maxLength: 6 });
  return fc.tuple(first, second, rest).map(([one, two, others]) => [one, two, ...others]);
}

const probe = fc.constantFrom(...PROBES);
const run = fc.constant("run");
const someGas = fc.constantFrom(5n * TGAS, 20n * TGAS);
const leaf = fc.array(calls(bytes), { maxLength: 2 }).map((list) => program(...list));
const inner = programsOf(leaf).map((list) => program(...list));
const programs = programsOf(inner);

/** Any fate of a call, its promises and their callbacks. */
const stories = fc.array(
  fc.record({
    to: fc.constantFrom(...PROBES),
    run: programs,
    deposit: fc.constantFrom(0n, 1n, NEAR),
  }),
  {
    minLength: 1,
    maxLength: 4,
  },
);

function worldWithProbes(): World {
  const world = worldOf();
  const statePatch = PROBES.flatMap((accountId) => {
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

interface Step {
  readonly to: string;
  readonly run: readonly Call[];
  readonly deposit: bigint;
}

/** Runs the calls in one block, and all that follows, yields that time out included. */
function play(steps: readonly Step[]): World {
  const world = worldWithProbes();
  const { chain } = world;
  const before = totalTokens(chain);
  const transactions = steps.map(({ to, run, deposit }, i) =>
    unsigned(
      transactionOf(
        "carol.near",
        to,
        [
          {
            type: "functionCall",
            methodName: "run",
            args: program(...run),
            gas: 250n * TGAS,
            deposit,
          },
        ],
        BigInt(i + 1),
      ),
    ),
  );
  produceBlock(chain, transactions);
  settle(chain);
  // A yield that was resumed stays in the queue, and a yielded call may yield again.
  while (hasTimeouts(world)) {
    for (let i = 0; i < YIELD_BLOCKS; i++) produceBlock(chain, []);
    settle(chain);
  }
  assert.is(totalTokens(chain), before);
  return world;
}

function hasTimeouts({ chain }: World): boolean {
  for (const _ of trieEntries(chain.state, Uint8Array.of(11))) return true;
  return false;
}

const WAITING_COLUMNS = [3, 4, 5, 6, 11, 12, 20, 22, 23];

test("no yocto appears or vanishes, nothing waits for ever, and the same comes again", () => {
  fc.assert(
    fc.property(stories, (steps) => {
      const { chain } = play(steps);
      for (const column of WAITING_COLUMNS) {
        const rows = [...trieEntries(chain.state, Uint8Array.of(column))];
        assert.is(rows.length, 0, `column ${column}`);
      }
      assert.is(trieRoot(play(steps).chain.state), trieRoot(chain.state));
    }),
    { numRuns: RUNS },
  );
});

test.run();
