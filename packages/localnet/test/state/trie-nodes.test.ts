import { concatBytes, encodeUtf8 } from "@yoctonear/base";
import { integer, list, loadVectors } from "@yoctonear/vectors";
import { type Trie, trieDelete, trieSet } from "#localnet/state/trie";
import { accountKey, bandwidthSchedulerKey, contractDataKey } from "#localnet/state/trie-key";
import { ChunkNodes } from "#localnet/state/trie-nodes";
import { suite } from "uvu";
import * as assert from "uvu/assert";

function trieOf(rows: Readonly<Record<string, string>>): Trie {
  let trie: Trie = null;
  for (const [key, value] of Object.entries(rows)) {
    trie = trieSet(trie, encodeUtf8(key), encodeUtf8(value));
  }
  return trie;
}

/** A chunk's nodes, asked with keys as text; the answer as [touched, cached]. */
function chunkOf(rows: Readonly<Record<string, string>>): {
  nodes(key: string, isWritten?: boolean): readonly [number, number];
  value(key: string): readonly [number, number];
  read(key: string): void;
} {
  const chunk = new ChunkNodes(trieOf(rows));
  return {
    nodes: (key, isWritten = false) => {
      const { touched, cached } = chunk.touchNodes(encodeUtf8(key), isWritten);
      return [touched, cached];
    },
    value: (key) => {
      const { touched, cached } = chunk.touchValue(encodeUtf8(key));
      return [touched, cached];
    },
    read: (key) => chunk.noteRead(encodeUtf8(key)),
  };
}

const walks = suite("trie-nodes: touchNodes");

walks("counts nothing in an empty trie", () => {
  const chunk = chunkOf({});
  assert.equal(chunk.nodes("a"), [0, 0]);
  assert.equal(chunk.value("a"), [0, 0]);
});

walks("counts a leaf that turns out to be of another key", () => {
  const chunk = chunkOf({ abc: "1" });
  assert.equal(chunk.nodes("abd"), [1, 0]);
  assert.equal(chunk.nodes("ab"), [0, 1]);
  assert.equal(chunk.value("abd"), [0, 0]);
});

walks("counts an extension that the key leaves or ends within, and goes no further", () => {
  // Root: an extension over "abc" and the first half of the next byte.
  const rows = { abca: "1", abcb: "2" };
  assert.equal(chunkOf(rows).nodes("abd"), [1, 0]);
  assert.equal(chunkOf(rows).nodes("ab"), [1, 0]);
  assert.equal(chunkOf(rows).nodes("abca"), [3, 0]);
});

walks("stops at a branch where the key ends, or that has no such child", () => {
  // "ab" is a value of the branch below the extension; its children are over the next nibble.
  const rows = { ab: "0", aba: "1", ab1: "2" };
  assert.equal(chunkOf(rows).nodes("ab"), [2, 0]);
  assert.equal(chunkOf(rows).value("ab"), [1, 0]);
  assert.equal(chunkOf(rows).nodes("ab\x7f"), [2, 0]);
  const withoutValue = { aba: "1", ab1: "2" };
  assert.equal(chunkOf(withoutValue).nodes("ab"), [2, 0]);
  assert.equal(chunkOf(withoutValue).value("ab"), [0, 0]);
});

walks("tells nodes met again from those met for the first time", () => {
  const chunk = chunkOf({ abca: "1", abcb: "2" });
  assert.equal(chunk.nodes("abca"), [3, 0]);
  assert.equal(chunk.nodes("abcb"), [1, 2]);
  assert.equal(chunk.nodes("abcb"), [0, 3]);
});

walks("counts nothing for a row that the chunk wrote before, whatever is in it", () => {
  const chunk = chunkOf({ abca: "1", abcb: "2" });
  assert.equal(chunk.nodes("abca", true), [0, 0]);
  assert.equal(chunk.nodes("new", true), [0, 0]);
  // Nor has it met anything on the way.
  assert.equal(chunk.nodes("abca"), [3, 0]);
});

walks("keeps to the state at the start of the chunk", () => {
  const before = trieOf({ abca: "1" });
  const chunk = new ChunkNodes(before);
  trieSet(before, encodeUtf8("abcb"), encodeUtf8("2"));
  trieDelete(before, encodeUtf8("abca"));
  assert.equal(chunk.touchNodes(encodeUtf8("abca"), false), { touched: 1, cached: 0 });
});

walks("meets an equal leaf in another place again, as an equal value", () => {
  // Both leaves hold the same rest of the key and the same value.
  const chunk = chunkOf({ "09a,QZ": "same", "09b,QZ": "same" });
  assert.equal(chunk.nodes("09a,QZ"), [3, 0]);
  assert.equal(chunk.value("09a,QZ"), [1, 0]);
  assert.equal(chunk.nodes("09b,QZ"), [0, 3]);
  assert.equal(chunk.value("09b,QZ"), [0, 1]);
});

walks("equals nearcore's counts for a contract that writes two rows, four times", async () => {
  const vectors = await loadVectors("runtime");
  let trie: Trie = null;
  const others = [accountKey("test0"), accountKey("test1"), bandwidthSchedulerKey()];
  for (const key of others) trie = trieSet(trie, key, key);
  const rows = [0n, 1n].map((index) => {
    const name = new Uint8Array(8);
    new DataView(name.buffer).setBigUint64(0, index, true);
    return contractDataKey("test0", name);
  });
  const counts = list(vectors, "trie_node_counts", "counts");
  assert.is(counts.length, 4);
  for (const expected of counts) {
    const chunk = new ChunkNodes(trie);
    let touched = 0;
    let cached = 0;
    for (const [index, row] of rows.entries()) {
      for (const count of [chunk.touchNodes(row, false), chunk.touchValue(row)]) {
        touched += count.touched;
        cached += count.cached;
      }
      trie = trieSet(trie, row, Uint8Array.of(10 * (index + 1)));
    }
    assert.is(BigInt(touched), integer(expected, "touching"));
    assert.is(BigInt(cached), integer(expected, "cached"));
  }
});

walks.run();

const values = suite("trie-nodes: values");

values("counts the value of a row as one more, even if it is empty", () => {
  const chunk = chunkOf({ a: "", b: "x" });
  assert.equal(chunk.value("a"), [1, 0]);
  assert.equal(chunk.value("b"), [1, 0]);
  assert.equal(chunk.value("a"), [0, 1]);
});

values("knows a value that was read, but not its nodes", () => {
  const chunk = chunkOf({ abca: "1", abcb: "2" });
  chunk.read("abca");
  chunk.read("missing");
  assert.equal(chunk.nodes("abca"), [3, 0]);
  assert.equal(chunk.value("abca"), [0, 1]);
  assert.equal(chunk.value("abcb"), [1, 0]);
});

values("knows a long value by its bytes alone", () => {
  const long = "x".repeat(5000);
  const chunk = new ChunkNodes(
    trieSet(trieOf({ a: long }), concatBytes(encodeUtf8("b"), encodeUtf8("c")), encodeUtf8(long)),
  );
  chunk.noteRead(encodeUtf8("a"));
  assert.equal(chunk.touchValue(encodeUtf8("bc")), { touched: 0, cached: 1 });
});

values.run();
