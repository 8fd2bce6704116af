/**
 * The state as a persistent Merkle trie: a change makes a new root that shares all else with the old
 * one, so a snapshot is a reference. Its shape, and so its root, depends on the records only, never
 * on the order in which they came or went. Source: nearcore core/store/src/trie.
 * @module
 */
import { formatHashBytes } from "../chain/hash.ts";
import {
  encodeTrieNode,
  trieBranch,
  type TrieBranch,
  trieExtension,
  trieLeaf,
  type TrieNode,
  trieNodeHash,
  type TrieValue,
} from "./trie-node.ts";

/** A state: the root node, or `null` where there is no record. */
export type Trie = TrieNode | null;

const EMPTY_ROOT = "11111111111111111111111111111111";
const NO_PATH: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/** The value of a key, or `undefined` where there is none. It is shared: not to be changed. */
export function trieGet(trie: Trie, key: Uint8Array): Uint8Array | undefined {
  return trieValue(trie, key)?.bytes;
}

/** The value of a key with the cache of its hash, or `undefined` where there is none. */
export function trieValue(trie: Trie, key: Uint8Array): TrieValue | undefined {
  const end = key.length * 2;
  let node = trie;
  let depth = 0;
  while (node !== null) {
    if (node.type === "branch") {
      if (depth === end) return node.value ?? undefined;
      node = node.children[nibbleAt(key, depth++)] ?? null;
      continue;
    }
    const { path } = node;
    if (path.length > end - depth) return undefined;
    for (const nibble of path) if (nibble !== nibbleAt(key, depth++)) return undefined;
    if (node.type === "leaf") return depth === end ? node.value : undefined;
    node = node.child;
  }
  return undefined;
}

/**
 * The state with one record more, or another value for it.
 * @param value - kept as it is: not to be changed afterwards
 */
export function trieSet(trie: Trie, key: Uint8Array, value: Uint8Array): TrieNode {
  return setBelow(trie, key, 0, { bytes: value, hash: null });
}

/** The state without the record of the key; the same state where there is none. */
export function trieDelete(trie: Trie, key: Uint8Array): Trie {
  return trie === null ? null : deleteBelow(trie, key, 0);
}

/** State root as base58. */
export function trieRoot(trie: Trie): string {
  return trie === null ? EMPTY_ROOT : formatHashBytes(trieNodeHash(trie));
}

/**
 * The records whose keys start with the prefix, ascending by key.
 * @param after - only those behind this key, which need not be there; what is before it is not walked
 */
export function* trieEntries(
  trie: Trie,
  prefix: Uint8Array,
  after: Uint8Array | null = null,
): Generator<readonly [key: Uint8Array<ArrayBuffer>, value: Uint8Array]> {
  const end = prefix.length * 2;
  const nibbles: number[] = [];
  let node = trie;
  while (node !== null && nibbles.length < end) {
    if (node.type === "branch") {
      const nibble = nibbleAt(prefix, nibbles.length);
      nibbles.push(nibble);
      node = node.children[nibble] ?? null;
      continue;
    }
    const depth = nibbles.length;
    const shared = Math.min(node.path.length, end - depth);
    for (let i = 0; i < shared; i++) if (node.path[i] !== nibbleAt(prefix, depth + i)) return;
    // A path that goes on behind the prefix is walked from the node's start.
    if (shared === end - depth) break;
    if (node.type === "leaf") return;
    nibbles.push(...node.path);
    node = node.child;
  }
  if (node !== null) yield* entriesFrom(node, nibbles, after);
}

/** Every node, from the root down, with its hash as base58 and its bytes. */
export function* trieNodes(
  trie: Trie,
): Generator<{ readonly hash: string; readonly bytes: Uint8Array; readonly memory: number }> {
  if (trie === null) return;
  yield { hash: trieRoot(trie), bytes: encodeTrieNode(trie), memory: trie.memory };
  if (trie.type === "extension") yield* trieNodes(trie.child);
  if (trie.type === "branch") for (const child of trie.children) yield* trieNodes(child);
}

/** The records below a node, to which the nibbles lead. */
function* entriesFrom(
  node: TrieNode,
  nibbles: readonly number[],
  after: Uint8Array | null,
): Generator<readonly [Uint8Array<ArrayBuffer>, Uint8Array]> {
  const order = after === null ? 1 : compareNibbles(nibbles, after);
  if (order < 0) return;
  const bound = order > 0 ? null : after;
  if (node.type === "leaf") {
    const path = [...nibbles, ...node.path];
    if (bound === null || compareNibbles(path, bound) > 0) yield [packKey(path), node.value.bytes];
  } else if (node.type === "extension") {
    yield* entriesFrom(node.child, [...nibbles, ...node.path], bound);
  } else {
    // Where the bound is below or at this node, its own value is not behind it.
    if (node.value !== null && bound === null) yield [packKey(nibbles), node.value.bytes];
    for (let nibble = 0; nibble < 16; nibble++) {
      const child = node.children[nibble];
      if (child != null) yield* entriesFrom(child, [...nibbles, nibble], bound);
    }
  }
}

/** Tells whether nibbles are before (below 0) or behind a key; 0 where they lead to it. */
function compareNibbles(nibbles: readonly number[], key: Uint8Array): number {
  const end = key.length * 2;
  for (const [i, nibble] of nibbles.entries()) {
    if (i === end) return 1;
    const difference = nibble - nibbleAt(key, i);
    if (difference !== 0) return difference;
  }
  return 0;
}

function setBelow(node: Trie, key: Uint8Array, depth: number, value: TrieValue): TrieNode {
  if (node === null) return trieLeaf(nibblesFrom(key, depth), value);
  if (node.type === "branch") return setInBranch(node, key, depth, value);
  const { path } = node;
  const left = key.length * 2 - depth;
  const limit = Math.min(path.length, left);
  let shared = 0;
  while (shared < limit && path[shared] === nibbleAt(key, depth + shared)) shared++;
  if (shared === path.length) {
    if (node.type === "extension") {
      return trieExtension(path, setInBranch(node.child, key, depth + shared, value));
    }
    if (shared === left) return trieLeaf(path, value);
  }
  const fork = setInBranch(forkAt(node, shared), key, depth + shared, value);
  return shared === 0 ? fork : trieExtension(path.subarray(0, shared), fork);
}

function setInBranch(
  branch: TrieBranch,
  key: Uint8Array,
  depth: number,
  value: TrieValue,
): TrieBranch {
  if (depth === key.length * 2) return trieBranch(branch.children, value);
  const nibble = nibbleAt(key, depth);
  const child = setBelow(branch.children[nibble] ?? null, key, depth + 1, value);
  return trieBranch(withChild(branch.children, nibble, child), branch.value);
}

/** What is left of a leaf or extension as a branch of its own, cut `at` nibbles into its path. */
function forkAt(node: Exclude<TrieNode, TrieBranch>, at: number): TrieBranch {
  const { path } = node;
  const nibble = path[at];
  const children = Array.from({ length: 16 }, (): TrieNode | null => null);
  if (nibble === undefined) return trieBranch(children, node.type === "leaf" ? node.value : null);
  const rest = path.subarray(at + 1);
  children[nibble] =
    node.type === "leaf"
      ? trieLeaf(rest, node.value)
      : rest.length === 0
        ? node.child
        : trieExtension(rest, node.child);
  return trieBranch(children, null);
}

function deleteBelow(node: TrieNode, key: Uint8Array, depth: number): Trie {
  if (node.type === "branch") return deleteInBranch(node, key, depth);
  const { path } = node;
  const left = key.length * 2 - depth;
  if (path.length > left) return node;
  for (let i = 0; i < path.length; i++) if (path[i] !== nibbleAt(key, depth + i)) return node;
  if (node.type === "leaf") return path.length === left ? null : node;
  const child = deleteInBranch(node.child, key, depth + path.length);
  return child === node.child ? node : child === null ? null : prepend(path, child);
}

function deleteInBranch(branch: TrieBranch, key: Uint8Array, depth: number): Trie {
  if (depth === key.length * 2) {
    return branch.value === null ? branch : normalized(branch.children, null);
  }
  const nibble = nibbleAt(key, depth);
  const old = branch.children[nibble] ?? null;
  if (old === null) return branch;
  const child = deleteBelow(old, key, depth + 1);
  if (child === old) return branch;
  return normalized(withChild(branch.children, nibble, child), branch.value);
}

/** A branch, or what is in its place when less than two things are left in it. */
function normalized(children: readonly (TrieNode | null)[], value: TrieValue | null): Trie {
  let only = -1;
  for (let nibble = 0; nibble < 16; nibble++) {
    if (children[nibble] === null) continue;
    if (only !== -1 || value !== null) return trieBranch(children, value);
    only = nibble;
  }
  const child = children[only];
  if (child == null) return value === null ? null : trieLeaf(NO_PATH, value);
  return prepend(Uint8Array.of(only), child);
}

function prepend(path: Uint8Array, node: TrieNode): TrieNode {
  if (node.type === "branch") return trieExtension(path, node);
  const joined = new Uint8Array(path.length + node.path.length);
  joined.set(path);
  joined.set(node.path, path.length);
  return node.type === "leaf" ? trieLeaf(joined, node.value) : trieExtension(joined, node.child);
}

function withChild(
  children: readonly (TrieNode | null)[],
  nibble: number,
  child: TrieNode | null,
): readonly (TrieNode | null)[] {
  const copy = children.slice();
  copy[nibble] = child;
  return copy;
}

/** The nibbles of a key are the halves of its bytes, the high one first. */
export function nibbleAt(key: Uint8Array, index: number): number {
  const byte = key[index >> 1] ?? 0;
  return (index & 1) === 0 ? byte >> 4 : byte & 15;
}

function nibblesFrom(key: Uint8Array, depth: number): Uint8Array {
  const nibbles = new Uint8Array(key.length * 2 - depth);
  for (let i = 0; i < nibbles.length; i++) nibbles[i] = nibbleAt(key, depth + i);
  return nibbles;
}

// Keys are whole bytes, so the nibbles that lead to a value are always even in number.
function packKey(nibbles: readonly number[]): Uint8Array<ArrayBuffer> {
  const key = new Uint8Array(nibbles.length >> 1);
  for (let i = 0; i < key.length; i++) {
    key[i] = ((nibbles[2 * i] ?? 0) << 4) | (nibbles[2 * i + 1] ?? 0);
  }
  return key;
}
