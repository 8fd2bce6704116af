import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Comparison, replayMlDsa, replayScenarios } from "./scenarios.ts";

const test = suite("runtime: recorded scenarios");

/** By group: equal of all without a VM; the rest are exactly those that run contract code. */
const GROUPS = {
  transfer: [18, 18],
  validity: [22, 22],
  "create account": [12, 12],
  keys: [20, 20],
  "gas keys": [14, 14],
  stake: [4, 4],
  contracts: [8, 19],
  "global contracts": [8, 11],
  "state init": [3, 4],
  "meta-transactions": [7, 8],
  "delete account": [4, 4],
} as const;

let replayed: Promise<readonly Comparison[]> | undefined;

for (const [group, [equal, all]] of Object.entries(GROUPS)) {
  test(`${group}: ${equal} of ${all} are equal, ${all - equal} run contract code`, async () => {
    replayed ??= replayScenarios("none");
    const comparisons = (await replayed).filter((comparison) => comparison.group === group);
    const differences = comparisons.filter(({ needsVm }) => !needsVm).map(shortened);
    assert.equal(
      differences.filter(({ first }) => first !== null),
      [],
    );
    assert.is(comparisons.length, all);
    const withCode = comparisons.filter(({ needsVm }) => needsVm).map(({ name }) => name);
    assert.is(withCode.length, all - equal);
    console.log(`scenarios ${group}: ${equal} of ${all}`);
    for (const name of withCode) console.log(`  not equal: ${name}: it runs contract code`);
  });
}

test("all 136 are equal when calls cost and fail as the node recorded", async () => {
  const comparisons = await replayScenarios("recorded");
  const differences = comparisons.map(shortened).filter(({ first }) => first !== null);
  assert.equal(differences, []);
  assert.is(comparisons.length, 136);
});

test("all 17 with ML-DSA-65 keys are equal, but for calls and the signatures themselves", async () => {
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
