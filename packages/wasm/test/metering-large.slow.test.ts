import { suite } from "uvu";
import { checkSeed, emptyTally } from "./metering-check.ts";

const test = suite("wasm: metering of larger random modules");

test("they equal an interpreter's runs and those of the module unmetered", () => {
  const effort = { size: 250, gas: 8_000_000_000n, limits: 4 };
  for (let seed = 0; seed < 200; seed++) checkSeed(seed, effort, emptyTally());
});

test.run();
