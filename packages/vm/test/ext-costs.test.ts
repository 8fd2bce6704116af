import { integer, loadParameters, record } from "@yoctonear/vectors";
import { EXT_COSTS, type ExtCost } from "#vm/ext-costs";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("vm: EXT_COSTS");

test("host costs are those of protocol 86", async () => {
  const table = await loadParameters();
  const expected: Record<string, ExtCost> = {};
  for (const name of Object.keys(record(table, "ext_costs"))) {
    expected[camelCase(name.replace("wasm_", ""))] = {
      gas: Number(integer(table, "ext_costs", name, "gas")),
      compute: Number(integer(table, "ext_costs", name, "compute")),
    };
  }
  assert.equal({ ...EXT_COSTS }, expected);
});

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
}

test.run();
