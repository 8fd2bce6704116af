import { inVirtualTime, runCrashCampaign } from "@yoctonear/faults";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { campaigns } from "./seeds.ts";

const test = suite("campaign: the long ones");

test("10,000 transfers from 16 lanes at 30 % faults", async () => {
  await campaigns({ from: 1, count: 1 }, { transfers: 10_000 });
});

test("1,000 seeds", async () => {
  await campaigns({ from: 1001, count: 1000 }, { transfers: 32 });
});

test("two processes on the same keys, 500 seeds", async () => {
  await campaigns({ from: 1001, count: 500 }, { transfers: 32, processes: 2 });
});

test("three processes on one key at 60 % faults, 300 seeds", async () => {
  const options = { transfers: 9, lanes: 1, processes: 3, rate: 0.6 };
  await campaigns({ from: 1001, count: 300 }, options);
});

test("killed 30 times and started from the journal, 500 seeds", async () => {
  for (let seed = 1001; seed <= 1500; seed += 1) {
    const options = { seed, transfers: 32, crashes: 30 };
    const { violations } = await inVirtualTime(() => runCrashCampaign(options));
    assert.equal(violations, [], `seed ${seed}`);
  }
});

test.run();
