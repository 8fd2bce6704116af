import { decodeHex, encodeHex } from "@yoctonear/base";
import * as fc from "fast-check";
import { type Trie, trieSet } from "#localnet/state/trie";
import { ChunkNodes } from "#localnet/state/trie-nodes";
import { suite } from "uvu";
import * as assert from "uvu/assert";

// Few nibbles and values, so that paths are shared and equal subtrees come up in different places.
const key = fc
  .array(fc.constantFrom(0x00, 0x01, 0x10, 0x11), { maxLength: 4 })
  .map((bytes) => encodeHex(Uint8Array.from(bytes)));
const value = fc.constantFrom("", "01", "02", "02".repeat(2000));
const step = fc.record({
  type: fc.constantFrom("write" as const, "read" as const),
  key,
  // What happens before the row counts as written: a write that runs out of gas at the nodes leaves none.
  isPaid: fc.boolean(),
});

type Records = readonly (readonly [rest: string, value: string])[];

/**
 * The rule in its plainest form: a node is whatever is below some nibbles, and its identity the list of
 * that, so nothing of the real trie's shapes and hashes is used.
 */
function visited(records: Records, path: string): readonly string[] {
  const [first] = records;
  if (first === undefined) return [];
  const identity = `node ${JSON.stringify(records)}`;
  if (records.length === 1) return [identity];
  const shared = sharedPrefix(records.map(([rest]) => rest));
  if (shared.length > 0) {
    if (!path.startsWith(shared)) return [identity];
    return [identity, ...visited(below(records, shared), path.slice(shared.length))];
  }
  if (path === "") return [identity];
  return [identity, ...visited(below(records, path.slice(0, 1)), path.slice(1))];
}

function below(records: Records, prefix: string): Records {
  return records
    .filter(([rest]) => rest.startsWith(prefix))
    .map(([rest, content]) => [rest.slice(prefix.length), content]);
}

function sharedPrefix(texts: readonly string[]): string {
  const [first = ""] = texts;
  let length = 0;
  while (length < first.length && texts.every((text) => text[length] === first[length])) length++;
  return first.slice(0, length);
}

const properties = suite("trie-nodes: any chunk over any state");

properties("counts as a naive tree of nibbles does", () => {
  let repeats = 0;
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(key, value), { selector: ([hex]) => hex, maxLength: 12 }),
      fc.array(step, { maxLength: 20 }),
      (rows, steps) => {
        const records: Records = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
        const values = new Map(records);
        let trie: Trie = null;
        for (const [hex, content] of records) {
          trie = trieSet(trie, decodeHex(hex), decodeHex(content));
        }
        const chunk = new ChunkNodes(trie);
        const known = new Set<string>();
        const written = new Set<string>();
        const count = (identities: readonly string[]): { touched: number; cached: number } => {
          const { size } = known;
          for (const identity of identities) known.add(identity);
          const touched = known.size - size;
          return { touched, cached: identities.length - touched };
        };
        for (const { type, key: hex, isPaid } of steps) {
          const row = decodeHex(hex);
          const content = values.get(hex);
          const identities = content === undefined ? [] : [`value ${content}`];
          const isWritten = written.has(hex);
          if (type === "read") {
            if (isWritten) continue;
            chunk.noteRead(row);
            count(identities);
            continue;
          }
          const nodes = chunk.touchNodes(row, isWritten);
          assert.equal(nodes, count(isWritten ? [] : visited(records, hex)));
          repeats += nodes.cached;
          if (isWritten || !isPaid) continue;
          assert.equal(chunk.touchValue(row), count(identities));
          written.add(hex);
        }
      },
    ),
  );
  assert.ok(repeats > 100);
});

properties.run();
