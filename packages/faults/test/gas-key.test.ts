import { inVirtualTime, runCrashCampaign } from "@yoctonear/faults";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { campaigns } from "./seeds.ts";

const test = suite("campaign: the nonce lanes of one gas key");

test("16 lanes at 30 % faults, 6 seeds", async () => {
  await campaigns({ from: 1, count: 6 }, { transfers: 24, hasGasKey: true });
});

test("two processes on the same gas key, 4 seeds", async () => {
  const options = { transfers: 12, lanes: 3, hasGasKey: true, processes: 2 };
  await campaigns({ from: 1, count: 4 }, options);
});

test("killed and started from the journal, 4 seeds", async () => {
  for (let seed = 1; seed <= 4; seed += 1) {
    const options = { seed, transfers: 12, hasGasKey: true };
    const { violations } = await inVirtualTime(() => runCrashCampaign(options));
    assert.equal(violations, [], `seed ${seed}`);
  }
});

test.run();
