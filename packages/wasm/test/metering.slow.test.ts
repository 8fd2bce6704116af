import { suite } from "uvu";
import { checkSeed, emptyTally } from "./metering-check.ts";

const test = suite("wasm: metering of thousands of random modules");

for (const [name, count, effort] of [
  ["small", 3000, { size: 25, gas: 1_000_000_000n, limits: 4 }],
  ["larger", 600, { size: 250, gas: 8_000_000_000n, limits: 4 }],
] as const) {
  test(`${name} ones equal an interpreter's runs and those of the module unmetered`, () => {
    const tally = emptyTally();
    for (let seed = 0; seed < count; seed++) checkSeed(seed, effort, tally);
  });
}

test.run();
