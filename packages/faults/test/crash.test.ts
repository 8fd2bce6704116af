import { createMemoryJournal } from "@yoctonear/account";
import { inVirtualTime, runCrashCampaign } from "@yoctonear/faults";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("campaign: a process that is killed and started from its journal");

async function campaigns(
  from: number,
  count: number,
  options: Omit<Parameters<typeof runCrashCampaign>[0], "seed">,
): Promise<number> {
  let crashes = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const report = await inVirtualTime(() => runCrashCampaign({ seed, ...options }));
    assert.equal(report.violations, [], `seed ${seed}`);
    crashes += report.crashes;
  }
  return crashes;
}

test("P1: every payment is made once, whatever the step at which it ends, 20 seeds", async () => {
  const crashes = await campaigns(1, 20, { transfers: 16 });
  assert.ok(crashes > 60, `${crashes} crashes`);
});

test("P1: the same on one key without faults, killed at each step of a payment", async () => {
  await campaigns(101, 20, { transfers: 2, lanes: 1, crashes: 12, rate: 0 });
});

test("a journal that loses what it was given is caught", async () => {
  const journal = { ...createMemoryJournal(), list: async () => [] };
  const found: string[] = [];
  for (let seed = 1; seed <= 5; seed += 1) {
    const options = { seed, transfers: 16, journal };
    const { violations } = await inVirtualTime(() => runCrashCampaign(options));
    found.push(...violations);
  }
  assert.ok(
    found.some((line) => line.includes("executed 2 times")),
    found.join("\n"),
  );
});

test.run();
