/**
 * The trie nodes that prove what is, and what is not, under a prefix.
 * Source: nearcore core/store/src/trie/iterator.rs (visited nodes).
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import { encodeTrieNode, type TrieNode } from "../state/trie-node.ts";
import { nibbleAt, type Trie, trieNodes } from "../state/trie.ts";

/**
 * Lists the nodes from the root to the prefix, and all below it, in base64.
 * @param prefix - key that the rows start with
 */
export function stateProof(trie: Trie, prefix: Uint8Array): readonly string[] {
  const end = prefix.length * 2;
  const proof: string[] = [];
  let node: TrieNode | null = trie;
  let depth = 0;
  while (node !== null && depth < end) {
    proof.push(encodeBase64(encodeTrieNode(node)));
    if (node.type === "branch") {
      node = node.children[nibbleAt(prefix, depth)] ?? null;
      depth += 1;
      continue;
    }
    for (const nibble of node.path) {
      if (depth < end && nibble !== nibbleAt(prefix, depth)) return proof;
      depth += 1;
    }
    node = node.type === "leaf" ? null : node.child;
  }
  for (const { bytes } of trieNodes(node)) proof.push(encodeBase64(bytes));
  return proof;
}
