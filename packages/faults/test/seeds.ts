/**
 * Campaigns of many seeds, and what is asserted of each.
 * @module
 */
import { type CampaignOptions, inVirtualTime, runCampaign } from "@yoctonear/faults";
import * as assert from "uvu/assert";

/** Runs a campaign for each seed; every payment of each must have been executed once. */
export async function campaigns(
  seeds: { readonly from: number; readonly count: number },
  options: Omit<CampaignOptions, "seed">,
): Promise<void> {
  for (let seed = seeds.from; seed < seeds.from + seeds.count; seed += 1) {
    const report = await inVirtualTime(() => runCampaign({ seed, ...options }));
    assert.equal(report.violations, [], `seed ${seed}`);
    if (options.hasHasty !== true) {
      assert.is(report.told.get("executed"), options.transfers, `seed ${seed}`);
    }
    assert.ok(report.faults.size > 0, `seed ${seed} met no fault`);
  }
}
