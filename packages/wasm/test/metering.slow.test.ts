import { suite } from "uvu";
import { checkSeed, emptyTally } from "./metering-check.ts";

const test = suite("wasm: metering of thousands of random modules");

test("small ones equal an interpreter's runs and those of the module unmetered", () => {
  const effort = { size: 25, gas: 1_000_000_000n, limits: 2 };
  for (let seed = 0; seed < 1000; seed++) checkSeed(seed, effort, emptyTally());
});

test.run();
