import { decodeHex, encodeHex, encodeUtf8 } from "@yoctonear/base";
import { field, list, loadVectors, record, text, vectorsOf, integer } from "@yoctonear/vectors";
import {
  type Trie,
  trieDelete,
  trieEntries,
  trieGet,
  trieNodes,
  trieRoot,
  trieSet,
} from "#localnet/state/trie";
import { encodeRawTrieNode, type RawTrieNode } from "#localnet/state/trie-node";
import { sha256 } from "@yoctonear/primitives";
import { encodeBase58 } from "@yoctonear/base";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const chain = await loadVectors("chain");

function trieOf(records: Readonly<Record<string, unknown>>): Trie {
  let trie: Trie = null;
  for (const [key, value] of Object.entries(records)) {
    trie = trieSet(trie, decodeHex(key), decodeHex(String(value)));
  }
  return trie;
}

const roots = suite("trie: trieRoot");

roots("is zero for no record", () => {
  assert.is(trieRoot(null), "11111111111111111111111111111111");
});

roots("equals nearcore's for the recorded genesis", () => {
  const records = record(chain, "genesis", "records");
  const trie = trieOf(records);
  assert.is(Object.keys(records).length, 26);
  assert.is(trieRoot(trie), text(chain, "genesis", "state_root"));
  assert.is(BigInt(trie?.memory ?? 0), integer(chain, "genesis", "memory_usage"));
});

roots("equals nearcore's for a trie with every kind of node", () => {
  const trie = trieOf(record(chain, "small_trie", "records"));
  assert.is(trieRoot(trie), text(chain, "small_trie", "root"));
});

roots("equals nearcore's after each recorded block of the known answers", () => {
  let trie = trieOf(record(chain, "genesis", "records"));
  let compared = 0;
  for (const state of list(chain, "states")) {
    for (const [key, value] of Object.entries(record(state, "set"))) {
      trie = trieSet(trie, decodeHex(key), decodeHex(String(value)));
    }
    assert.is(trieRoot(trie), text(state, "state_root"), `after ${integer(state, "after_block")}`);
    compared++;
  }
  assert.is(compared, 8);
});

roots.run();

const nodes = suite("trie: trieNodes");

nodes("gives the bytes, hashes and memory of nearcore's nodes", () => {
  let compared = 0;
  for (const [records, expected] of [
    [record(chain, "small_trie", "records"), list(chain, "small_trie", "nodes")],
    [record(chain, "genesis", "records"), list(chain, "trie_nodes_of_genesis")],
  ] as const) {
    const found = new Map([...trieNodes(trieOf(records))].map((node) => [node.hash, node]));
    for (const node of expected) {
      const own = found.get(text(node, "hash"));
      assert.is(encodeHex(own?.bytes ?? new Uint8Array(0)), text(node, "bytes"));
      assert.is(BigInt(own?.memory ?? 0), integer(node, "memory_usage"));
      compared++;
    }
  }
  assert.is(compared, 12);
});

nodes.run();

const raw = suite("trie-node: encodeRawTrieNode");

const value = { length: 3, hash: sha256(decodeHex("7bf5ff")) };
const children = (...set: readonly number[]): readonly (Uint8Array | null)[] =>
  Array.from({ length: 16 }, (_, i) =>
    set.includes(i) ? new Uint8Array(32).fill(set.indexOf(i) + 1) : null,
  );
const rawNodes: Readonly<Record<string, RawTrieNode>> = {
  "Leaf key [1,2,3]": { type: "leaf", key: Uint8Array.of(1, 2, 3), value, memory: 42 },
  "BranchNoValue children 3,5": {
    type: "branch",
    children: children(3, 5),
    value: null,
    memory: 42,
  },
  "BranchNoValue child 15": { type: "branch", children: children(15), value: null, memory: 42 },
  "BranchWithValue child 3": { type: "branch", children: children(3), value, memory: 42 },
  "Extension key [123,245,255] to zero hash": {
    type: "extension",
    key: Uint8Array.of(123, 245, 255),
    child: new Uint8Array(32),
    memory: 42,
  },
};

raw("equals the vectors of category trie-node", async () => {
  const vectors = await vectorsOf("trie-node");
  for (const vector of vectors) {
    const node = rawNodes[vector.name];
    assert.ok(node, vector.name);
    const bytes = encodeRawTrieNode(node);
    assert.is(encodeHex(bytes), text(vector.expected, "borsh_hex"), vector.name);
    assert.is(encodeBase58(sha256(bytes)), text(vector.expected, "node_hash"), vector.name);
  }
  assert.is(vectors.length, 5);
});

raw.run();

const get = suite("trie: trieGet");

get("finds the records and nothing else", () => {
  const records = record(chain, "small_trie", "records");
  const trie = trieOf(records);
  for (const [key, content] of Object.entries(records)) {
    assert.is(encodeHex(trieGet(trie, decodeHex(key)) ?? new Uint8Array(0)), content);
  }
  for (const key of ["", "02", "02ab", "02aa00", "02aa000000", "02aa02"]) {
    assert.is(trieGet(trie, decodeHex(key)), undefined, key);
  }
});

get.run();

const persistence = suite("trie: trieSet and trieDelete");

persistence("leave the old state as it was", () => {
  const before = trieOf(record(field(chain, "genesis"), "records"));
  const root = trieRoot(before);
  const key = encodeUtf8("\u0000alice.test.near");
  const after = trieDelete(trieSet(before, encodeUtf8("\u0000bob"), Uint8Array.of(1)), key);
  assert.is.not(trieRoot(after), root);
  assert.is(trieGet(after, key), undefined);
  assert.ok(trieGet(before, key));
  assert.is(trieRoot(before), root);
});

persistence("return the same state when there is nothing to delete", () => {
  const trie = trieOf(record(field(chain, "genesis"), "records"));
  for (const key of ["00", "00ff", "00616c6963652e746573742e6e65617200", "ff"]) {
    assert.is(trieDelete(trie, decodeHex(key)), trie);
  }
});

persistence.run();

const entries = suite("trie: trieEntries");

entries("lists the records under a prefix, ascending, wherever the prefix ends", () => {
  const trie = trieOf(record(chain, "small_trie", "records"));
  const keys = (prefix: string): readonly string[] =>
    [...trieEntries(trie, decodeHex(prefix))].map(([key]) => encodeHex(key));
  const all = ["02aa", "02aa0000", "02aa0100"];
  assert.equal(keys(""), all);
  assert.equal(keys("02"), all);
  assert.equal(keys("02aa"), all);
  assert.equal(keys("02aa01"), ["02aa0100"]);
  assert.equal(keys("02aa0100"), ["02aa0100"]);
  assert.equal(keys("02aa010000"), []);
  assert.equal(keys("03"), []);
});

entries.run();
