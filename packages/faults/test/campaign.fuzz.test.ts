import { FAULT_KINDS, inVirtualTime, runCampaign } from "@yoctonear/faults";
import * as fc from "fast-check";
import { suite } from "uvu";

const test = suite("campaign: of any shape");

test("every payment is executed once, whatever the number of lanes, processes and faults", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        seed: fc.nat(1_000_000),
        transfers: fc.integer({ min: 1, max: 12 }),
        rate: fc.double({ min: 0, max: 0.8, noNaN: true }),
        lanes: fc.integer({ min: 1, max: 4 }),
        hasGasKey: fc.boolean(),
        areAlike: fc.boolean(),
        hasHasty: fc.boolean(),
        processes: fc.integer({ min: 1, max: 3 }),
        kinds: fc.uniqueArray(fc.constantFrom(...FAULT_KINDS), { minLength: 1 }),
      }),
      async (options) => {
        const { violations } = await inVirtualTime(() => runCampaign(options));
        if (violations.length > 0) throw new Error(violations.join("\n"));
      },
    ),
    { numRuns: 20, endOnFailure: false, includeErrorInReport: true },
  );
});

test.run();
