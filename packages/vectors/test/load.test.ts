import {
  field,
  has,
  integer,
  list,
  loadParameters,
  loadProbeContract,
  loadProbeTable,
  loadRecording,
  loadVectors,
  record,
  text,
  vectorsOf,
} from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const load = suite("load: vectors and recordings");

load("loads every file, hash checked", async () => {
  const names = ["protocol", "runtime", "chain"] as const;
  for (const name of names) assert.ok(Object.keys(record(await loadVectors(name))).length > 0);
  assert.is(list(await loadRecording("scenarios")).length, 136);
  assert.is(list(await loadRecording("methods")).length, 181);
  assert.is(text(await loadRecording("genesis"), "chain_id"), "localnet");
  const others = ["chain", "load", "epochs"] as const;
  for (const name of others) assert.ok(list(await loadRecording(name), "blocks").length > 0);
  assert.ok(has(await loadRecording("http"), 0));
  assert.ok(has(await loadRecording("mldsa"), "seeds"));
  assert.is(text(await loadParameters(), "_meta", "protocol_version"), "86");
});

load("loads the probe contract, its operations and the recordings of its calls", async () => {
  const code = await loadProbeContract();
  assert.equal(code.slice(0, 4), Uint8Array.of(0, 0x61, 0x73, 0x6d));
  assert.is(code.length, 22_882);
  assert.is(list(await loadProbeTable()).length, 104);
  const counts = { probe: 493, "probe-more": 55, "probe-trie": 15 };
  for (const name of ["probe", "probe-more", "probe-trie"] as const) {
    assert.is(list(await loadRecording(name)).length, counts[name]);
  }
});

load("counts the vectors of a category", async () => {
  assert.is((await vectorsOf("account-id-validity")).length, 36);
});

load("names the path where the shape is another", () => {
  const value = { a: [{ b: "12" }] };
  assert.is(integer(value, "a", 0, "b"), 12n);
  assert.throws(() => field(value, "a", 1), /a value at a\.1, got nothing/);
  assert.throws(() => list(value, "a", 0, "b"), /an array at a\.0\.b, got string/);
});

load.run();
