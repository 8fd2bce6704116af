// Compiles WebAssembly at run time, which workerd forbids.
import { PrepareError, prepareContract } from "@yoctonear/wasm";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkSeed, emptyTally } from "./metering-check.ts";
import { encodeModule } from "./metering-encode.ts";
import { generateModule } from "./metering-generate.ts";
import { mutate } from "./metering-mutate.ts";
import { createRandom } from "./metering-random.ts";

const test = suite("wasm: metering of random modules");

test("the total, the ending and the state equal an interpreter's, and those of the module unmetered", () => {
  const effort = { size: 60, gas: 1_000_000_000n, limits: 2 };
  const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
  // A seed has no neighbours to shrink to; the check makes the module small itself.
  fc.assert(
    fc.property(fc.noShrink(seeds), (seed) => checkSeed(seed, effort, emptyTally())),
    { numRuns: 40, includeErrorInReport: true },
  );
});

test("what changed bytes leave valid is what the engine takes, and becomes a module that it takes", () => {
  const seeds = fc.noShrink(fc.integer({ min: 0, max: 2 ** 31 - 1 }));
  const property = fc.property(seeds, (seed) => {
    const random = createRandom(seed);
    const leeway = { observesNan: true, isFloating: false, size: 20 };
    const module = encodeModule(generateModule(random, leeway), random);
    for (let index = 0; index < 10; index++) {
      const bytes = mutate(module, random);
      try {
        const prepared = prepareContract(bytes);
        assert.ok(WebAssembly.validate(bytes), "expected the engine to take the original");
        assert.ok(WebAssembly.validate(prepared.bytes), "expected the engine to take the result");
      } catch (error) {
        if (!(error instanceof PrepareError)) throw error;
      }
    }
  });
  fc.assert(property, { numRuns: 60, includeErrorInReport: true });
});

test.run();
