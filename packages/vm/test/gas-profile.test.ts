import { list, loadVectors, text } from "@yoctonear/vectors";
import { emptyProfile, profileEntries } from "#vm/gas-profile";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("vm: gas profile");

/** Costs that came with protocol 87. */
const LATER = / (?:SHA3_|ML_DSA_|UNIVERSAL_)/;

test("execution_metadata_view: 113 costs stand in the order in which a node shows them", async () => {
  const order = list(await loadVectors("runtime"), "execution_metadata_view", "v4_cost_order");
  const shown = order.map((line) => `${text(line, 0)} ${text(line, 1)}`);
  assert.is(shown.length, 113);
  const own = profileEntries(emptyProfile().fill(1))
    .map(({ category, cost }) => `${category} ${cost}`)
    .filter((line) => !LATER.test(line));
  const known = new Set(shown);
  assert.equal(
    own.filter((line) => known.has(line)),
    shown,
  );
  // The list was made of a profile without these two.
  assert.equal(
    own.filter((line) => !known.has(line)),
    ["WASM_HOST_COST BASE", "WASM_HOST_COST WASM_INSTRUCTION"],
  );
  const place = own.indexOf("WASM_HOST_COST WASM_INSTRUCTION");
  assert.equal(
    [own[place - 1], own[place + 1]],
    ["WASM_HOST_COST VALIDATOR_TOTAL_STAKE_BASE", "WASM_HOST_COST WRITE_MEMORY_BASE"],
  );
});

test.run();
