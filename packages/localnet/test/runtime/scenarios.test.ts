// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Comparison, recordedChain, replayMlDsa, replayScenarios } from "./scenarios.ts";

const test = suite("runtime: recorded scenarios");

/** How many scenarios a group has. */
const GROUPS = {
  transfer: 18,
  validity: 22,
  "create account": 12,
  keys: 20,
  "gas keys": 14,
  stake: 4,
  contracts: 19,
  "global contracts": 11,
  "state init": 4,
  "meta-transactions": 8,
  "delete account": 4,
} as const;

let replayed: Promise<readonly Comparison[]> | undefined;

for (const [group, count] of Object.entries(GROUPS)) {
  test(`${group}: all ${count} are exact`, async () => {
    replayed ??= recordedChain().then(replayScenarios);
    const comparisons = (await replayed).filter((comparison) => comparison.group === group);
    const different = comparisons.map(shortened).filter(({ first }) => first !== null);
    console.log(`scenarios ${group}: ${count} ran, ${count - different.length} exact`);
    assert.equal(different, []);
    assert.is(comparisons.length, count);
  });
}

test("ML-DSA-65 keys: all 17 are exact", async () => {
  const comparisons = await replayMlDsa();
  const differences = comparisons.map(shortened).filter(({ first }) => first !== null);
  assert.equal(differences, []);
  assert.is(comparisons.length, 17);
});

function shortened({ group, name, differences }: Comparison): {
  readonly scenario: string;
  readonly first: string | null;
} {
  return { scenario: `${group}: ${name}`, first: differences[0] ?? null };
}

test.run();
