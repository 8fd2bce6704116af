/**
 * The trie nodes that the contracts of a chunk meet when they write: nearcore charges one that is met for
 * the first time in a chunk under another name than one met again.
 * Source: nearcore core/store/src/trie/mod.rs (`TrieAccountingCache`), update.rs, mem/lookup.rs.
 * @module
 */
import type { NodeCount } from "@yoctonear/vm";
import { type TrieNode, trieNodeHash, type TrieValue, trieValueHash } from "./trie-node.ts";
import { nibbleAt, type Trie, trieValue } from "./trie.ts";

const NOTHING: NodeCount = { touched: 0, cached: 0 };
const TOUCHED: NodeCount = { touched: 1, cached: 0 };
const CACHED: NodeCount = { touched: 0, cached: 1 };

/** Nodes and values met since the start of a chunk, by hash: equal ones count as one. */
export class ChunkNodes {
  readonly #trie: Trie;
  /** Never rolled back: a receipt that fails has met its nodes all the same. */
  readonly #known = new Set<string>();

  /** @param trie - the state at the start of the chunk */
  constructor(trie: Trie) {
    this.#trie = trie;
  }

  /** Takes note of a value that was read from the trie: its nodes stay unknown. */
  noteRead(rowKey: Uint8Array): void {
    const value = trieValue(this.#trie, rowKey);
    if (value !== undefined) this.#meetValue(value);
  }

  /**
   * Walks to a row that is to be written or removed, or to where it would be.
   * @param isWrittenInChunk - an earlier write or removal of the row leaves nothing to be met
   */
  touchNodes(rowKey: Uint8Array, isWrittenInChunk: boolean): NodeCount {
    if (isWrittenInChunk) return NOTHING;
    let touched = 0;
    let cached = 0;
    let depth = 0;
    let node: Trie = this.#trie;
    while (node !== null) {
      if (this.#meet(trieNodeHash(node))) touched++;
      else cached++;
      const below = stepTo(node, rowKey, depth);
      depth += node.type === "extension" ? node.path.length : 1;
      node = below;
    }
    return { touched, cached };
  }

  /** Counts the value of a row that the chunk has not written before: nothing if there is none. */
  touchValue(rowKey: Uint8Array): NodeCount {
    const value = trieValue(this.#trie, rowKey);
    if (value === undefined) return NOTHING;
    return this.#meetValue(value) ? TOUCHED : CACHED;
  }

  #meetValue(value: TrieValue): boolean {
    return this.#meet(trieValueHash(value));
  }

  /** Tells whether it was met for the first time. */
  #meet(hash: Uint8Array): boolean {
    const { size } = this.#known;
    return this.#known.add(String.fromCharCode(...hash)).size > size;
  }
}

/** The node below on the way to a key, or `null` where the key ends or leaves the trie. */
function stepTo(node: TrieNode, key: Uint8Array, depth: number): Trie {
  const left = key.length * 2 - depth;
  if (node.type === "branch") {
    return left === 0 ? null : (node.children[nibbleAt(key, depth)] ?? null);
  }
  if (node.type === "leaf" || node.path.length > left) return null;
  for (let i = 0; i < node.path.length; i++) {
    if (node.path[i] !== nibbleAt(key, depth + i)) return null;
  }
  return node.child;
}
