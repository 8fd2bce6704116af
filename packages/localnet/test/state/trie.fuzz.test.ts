import { compareBytes, decodeHex, encodeHex } from "@yoctonear/base";
import * as fc from "fast-check";
import {
  type Trie,
  trieDelete,
  trieEntries,
  trieGet,
  trieRoot,
  trieSet,
} from "#localnet/state/trie";
import { suite } from "uvu";
import * as assert from "uvu/assert";

// Few nibbles and short keys, so that paths are shared, forked and joined again all the time.
const key = fc
  .array(fc.constantFrom(0x00, 0x01, 0x10, 0x11, 0x1f), { maxLength: 4 })
  .map((bytes) => Uint8Array.from(bytes));
const value = fc.uint8Array({ maxLength: 40 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant("set" as const), key, value }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("delete" as const), key }) },
);
const steps = fc.array(step, { maxLength: 60 });

function build(records: Iterable<readonly [string, Uint8Array]>): Trie {
  let trie: Trie = null;
  for (const [hex, content] of records) trie = trieSet(trie, decodeHex(hex), content);
  return trie;
}

const properties = suite("trie: any sequence of sets and deletes");

properties("gives what a map holds, and the root of a trie built anew", () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const model = new Map<string, Uint8Array>();
      let trie: Trie = null;
      for (const change of sequence) {
        const hex = encodeHex(change.key);
        if (change.type === "set") {
          model.set(hex, change.value);
          trie = trieSet(trie, change.key, change.value);
        } else {
          model.delete(hex);
          trie = trieDelete(trie, change.key);
        }
        // Hashes taken on the way must not survive a change below them.
        trieRoot(trie);
      }
      assert.is(trieRoot(trie), trieRoot(build(model)));
      assert.is(trieRoot(trie), trieRoot(build([...model].reverse())));
      const sorted = [...model].sort(([a], [b]) => compareBytes(decodeHex(a), decodeHex(b)));
      assert.equal(
        [...trieEntries(trie, new Uint8Array(0))].map(([k, v]) => [encodeHex(k), encodeHex(v)]),
        sorted.map(([k, v]) => [k, encodeHex(v)]),
      );
      for (const { key: probe } of sequence) {
        assert.is(trieGet(trie, probe), model.get(encodeHex(probe)));
      }
    }),
  );
});

properties("leaves every earlier state as it was", () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const states: { readonly trie: Trie; readonly root: string }[] = [];
      let trie: Trie = null;
      for (const change of sequence) {
        states.push({ trie, root: trieRoot(build(snapshot(trie))) });
        trie =
          change.type === "set"
            ? trieSet(trie, change.key, change.value)
            : trieDelete(trie, change.key);
      }
      for (const state of states) {
        assert.is(trieRoot(state.trie), state.root);
        assert.is(trieRoot(build(snapshot(state.trie))), state.root);
      }
    }),
  );
});

properties("lists what a filter of all records by prefix and bound lists", () => {
  fc.assert(
    fc.property(steps, key, fc.option(key), (sequence, prefix, after) => {
      let trie: Trie = null;
      for (const change of sequence) {
        if (change.type === "set") trie = trieSet(trie, change.key, change.value);
      }
      const hex = encodeHex(prefix);
      assert.equal(
        [...trieEntries(trie, prefix, after)].map(([k]) => encodeHex(k)),
        snapshot(trie)
          .map(([k]) => k)
          .filter((k) => k.startsWith(hex) && (after === null || k > encodeHex(after))),
      );
    }),
  );
});

function snapshot(trie: Trie): readonly (readonly [string, Uint8Array])[] {
  return [...trieEntries(trie, new Uint8Array(0))].map(([k, v]) => [encodeHex(k), v]);
}

properties.run();
