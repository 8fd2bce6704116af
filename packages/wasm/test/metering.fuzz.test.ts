import * as fc from "fast-check";
import { suite } from "uvu";
import { checkSeed, emptyTally } from "./metering-check.ts";

const test = suite("wasm: metering of random modules");

test("the total, the ending and the state equal an interpreter's, and those of the module unmetered", () => {
  const effort = { size: 60, gas: 1_000_000_000n, limits: 3 };
  const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
  // A seed has no neighbours to shrink to; the check makes the module small itself.
  fc.assert(
    fc.property(fc.noShrink(seeds), (seed) => checkSeed(seed, effort, emptyTally())),
    { numRuns: 60, includeErrorInReport: true },
  );
});

test.run();
