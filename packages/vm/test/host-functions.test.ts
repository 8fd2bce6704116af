import { field, list, loadProbeTable, text } from "@yoctonear/vectors";
import { HOST_FUNCTIONS } from "#vm/host-functions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("vm: HOST_FUNCTIONS");

/** Operations of the probe that are no host functions. */
const INSTRUCTIONS: ReadonlySet<string> = new Set([
  "divide_by_zero",
  "indirect",
  "load",
  "memory_copy",
  "memory_fill",
  "memory_grow",
  "memory_size",
  "nan_bits",
  "recurse",
  "spin",
  "spin_f64",
  "spin_memory",
  "store",
  "trunc",
  "unreachable",
]);

test("contracts can import the 89 functions that the probe does, and the sandbox's own", async () => {
  const names = list(await loadProbeTable()).map((entry) => text(entry, "name"));
  const imported = names.filter((name) => !INSTRUCTIONS.has(name));
  assert.is(imported.length, 89);
  assert.equal(new Set(HOST_FUNCTIONS.keys()), new Set([...imported, "sandbox_debug_log"]));
});

test("functions have the types with which the probe ran on a node", async () => {
  const wasmType = (type: unknown): unknown =>
    typeof type === "string" ? type.replace("u", "i") : null;
  for (const entry of list(await loadProbeTable())) {
    const name = text(entry, "name");
    const found = HOST_FUNCTIONS.get(name);
    if (found === undefined) continue;
    const params = list(entry, "params").map((param) => wasmType(text(param, "type")));
    assert.equal(
      params.map(() => found.type),
      params,
      name,
    );
    assert.is(found.params, params.length, name);
    assert.is(found.result, wasmType(field(entry, "result")), name);
  }
});

test.run();
