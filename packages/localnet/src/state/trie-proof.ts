/**
 * Proof of the records under a prefix, or of their absence: the nodes that a walk to them visits.
 * Source: nearcore core/store/src/trie/iterator.rs, `remember_visited_nodes`.
 * @module
 */
import type { Trie } from "./trie.ts";
import { encodeTrieNode, type TrieNode } from "./trie-node.ts";

/** The nodes on the way to the prefix, then those below it, each before what is under it. */
export function proofNodes(trie: Trie, prefix: Uint8Array): readonly Uint8Array[] {
  const nodes: Uint8Array[] = [];
  const nibbles = Array.from(prefix, (byte) => [byte >> 4, byte & 15]).flat();
  if (trie !== null) visit(trie, nibbles, nodes);
  return nodes;
}

function visit(node: TrieNode, prefix: readonly number[], nodes: Uint8Array[]): void {
  nodes.push(encodeTrieNode(node));
  if (node.type === "leaf") return;
  if (node.type === "extension") {
    const { path } = node;
    const agrees = prefix.slice(0, path.length).every((nibble, i) => nibble === path[i]);
    if (agrees) visit(node.child, prefix.slice(path.length), nodes);
    return;
  }
  const [next, ...rest] = prefix;
  node.children.forEach((child, nibble) => {
    if (child !== null && (next === undefined || next === nibble)) visit(child, rest, nodes);
  });
}
