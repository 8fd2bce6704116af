import type { Action } from "@yoctonear/transactions";
import type { ValidatorUpdate } from "#localnet/runtime/context";
import { trieEntries } from "#localnet/state/trie";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { produceBlock, settle } from "./mini-chain.ts";
import { run, transactionOf, unsigned, type World, WORLD_KEY, worldOf } from "./world.ts";

const NEAR = 10n ** 24n;

const test = suite("runtime: validators");

test("a stake is locked, proposed, and comes back when it is no longer needed", () => {
  const world = worldOf();
  const stake = 100n * NEAR;
  const action: Action = { type: "stake", stake, publicKey: WORLD_KEY };
  const { chain } = world;
  const signed = unsigned(transactionOf("alice.near", "alice.near", [action], 1n));
  const result = produceBlock(chain, [signed], { minimumStake: NEAR });
  assert.equal(result.validatorProposals, [
    { accountId: "alice.near", publicKey: WORLD_KEY, stake },
  ]);
  settle(chain);
  assert.is(world.account("alice.near")?.locked, stake);
  const end: Action = { type: "deleteAccount", beneficiaryId: "bob.near" };
  assert.equal(run(world, "alice.near", "alice.near", [end]).error, {
    ActionError: { index: 0, kind: { DeleteAccountStaking: { account_id: "alice.near" } } },
  });
  const amount = world.balance("alice.near");
  const validatorUpdate: ValidatorUpdate = {
    maxStakes: new Map([["alice.near", 0n]]),
    rewards: new Map([["alice.near", 7n]]),
    lastProposals: new Map([["alice.near", NEAR]]),
    treasuryAccountId: null,
  };
  produceBlock(chain, [], { validatorUpdate });
  assert.is(world.account("alice.near")?.locked, NEAR);
  assert.is(world.balance("alice.near"), amount + stake + 7n - NEAR);
});

test("an epoch that takes more stake than is locked stops the chain", () => {
  const validatorUpdate: ValidatorUpdate = {
    maxStakes: new Map([["alice.near", 1n]]),
    rewards: new Map(),
    lastProposals: new Map(),
    treasuryAccountId: null,
  };
  assert.throws(() => produceBlock(worldOf().chain, [], { validatorUpdate }), /has less locked/);
});

test("without a new chunk only the scheduler's row changes", () => {
  const { chain } = worldOf();
  const before = new Map(rows(chain.state));
  const { changes } = produceBlock(chain, [], { hasNewChunk: false });
  assert.is(changes.length, 1);
  assert.is([...rows(chain.state)].filter(([key, value]) => before.get(key) !== value).length, 1);
});

function* rows(state: World["chain"]["state"]): Iterable<readonly [string, string]> {
  for (const [key, value] of trieEntries(state, new Uint8Array()))
    yield [String(key), String(value)];
}

test.run();
