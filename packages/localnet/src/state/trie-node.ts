/**
 * Nodes of the state trie in nearcore's shapes, their bytes and hashes. A node never changes but for
 * the cache of its hash, so tries share nodes freely.
 * Source: nearcore core/store/src/trie (raw_node.rs, nibble_slice.rs, ops/interface.rs).
 * @module
 */
import { sha256 } from "../chain/sha256.ts";

/** A value with the cache of its hash, when it is long. */
export interface TrieValue {
  readonly bytes: Uint8Array;
  hash: Uint8Array | null;
}

/** The end of a path: one record. */
export interface TrieLeaf {
  readonly type: "leaf";
  /** Nibbles from the node above to the end of the key, one a byte. */
  readonly path: Uint8Array;
  readonly value: TrieValue;
  /** nearcore's memory_usage: a figure of its cost model, part of the hashed bytes. */
  readonly memory: number;
  hash: Uint8Array | null;
}

/** A stretch that all keys below share. */
export interface TrieExtension {
  readonly type: "extension";
  /** Nibbles, at least one. */
  readonly path: Uint8Array;
  readonly child: TrieBranch;
  readonly memory: number;
  hash: Uint8Array | null;
}

/** A fork: at least two of its sixteen children and its own value are there. */
export interface TrieBranch {
  readonly type: "branch";
  /** By nibble. */
  readonly children: readonly (TrieNode | null)[];
  /** Value of the key that ends here. */
  readonly value: TrieValue | null;
  readonly memory: number;
  hash: Uint8Array | null;
}

/** Any node of the trie. */
export type TrieNode = TrieLeaf | TrieExtension | TrieBranch;

const NODE_COST = 50;
const KEY_BYTE_COST = 2;
const HASH_LENGTH = 32;
/** Hashes of shorter values are not kept: the node's own is, which is all that is asked for again. */
const REMEMBERED_LENGTH = 1024;

/** Makes the end of a path. */
export function trieLeaf(path: Uint8Array, value: TrieValue): TrieLeaf {
  const memory = 2 * NODE_COST + KEY_BYTE_COST * packedLength(path) + value.bytes.length;
  return { type: "leaf", path, value, memory, hash: null };
}

/** Makes the shared stretch above a fork. */
export function trieExtension(path: Uint8Array, child: TrieBranch): TrieExtension {
  const memory = NODE_COST + KEY_BYTE_COST * packedLength(path) + child.memory;
  return { type: "extension", path, child, memory, hash: null };
}

/** Makes a fork. */
export function trieBranch(
  children: readonly (TrieNode | null)[],
  value: TrieValue | null,
): TrieBranch {
  let memory = value === null ? NODE_COST : 2 * NODE_COST + value.bytes.length;
  for (const child of children) if (child !== null) memory += child.memory;
  return { type: "branch", children, value, memory, hash: null };
}

/** Hash of a node; those of the nodes below are taken, and kept, on the way. */
export function trieNodeHash(node: TrieNode): Uint8Array {
  return (node.hash ??= sha256(encodeTrieNode(node)));
}

/** Hash of a value, by which its node knows it. */
export function trieValueHash(value: TrieValue): Uint8Array {
  if (value.bytes.length < REMEMBERED_LENGTH) return sha256(value.bytes);
  return (value.hash ??= sha256(value.bytes));
}

/** A node as it is stored and proved: what is below it stands as hashes. */
export type RawTrieNode = { readonly memory: number } & (
  | { readonly type: "leaf"; readonly key: Uint8Array; readonly value: RawTrieValue }
  | { readonly type: "extension"; readonly key: Uint8Array; readonly child: Uint8Array }
  | {
      readonly type: "branch";
      readonly children: readonly (Uint8Array | null)[];
      readonly value: RawTrieValue | null;
    }
);

/** Length and hash of a value. */
interface RawTrieValue {
  readonly length: number;
  readonly hash: Uint8Array;
}

/** Bytes of a node, whose hash is its name. */
export function encodeTrieNode(node: TrieNode): Uint8Array<ArrayBuffer> {
  return encodeRawTrieNode(rawTrieNode(node));
}

/** RawTrieNodeWithSize in borsh. */
export function encodeRawTrieNode(node: RawTrieNode): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(encodedLength(node));
  const view = new DataView(bytes.buffer);
  let offset = 1;
  if (node.type === "branch") {
    bytes[0] = node.value === null ? 1 : 2;
    if (node.value !== null) offset = writeValue(bytes, view, offset, node.value);
    let bitmap = 0;
    const start = offset;
    offset += 2;
    for (let nibble = 0; nibble < 16; nibble++) {
      const child = node.children[nibble];
      if (child == null) continue;
      bitmap |= 1 << nibble;
      bytes.set(child, offset);
      offset += HASH_LENGTH;
    }
    view.setUint16(start, bitmap, true);
  } else {
    bytes[0] = node.type === "leaf" ? 0 : 3;
    view.setUint32(1, node.key.length, true);
    bytes.set(node.key, 5);
    offset = 5 + node.key.length;
    if (node.type === "leaf") {
      offset = writeValue(bytes, view, offset, node.value);
    } else {
      bytes.set(node.child, offset);
      offset += HASH_LENGTH;
    }
  }
  // Below 2^53: a trie of 9 petabytes would be needed to reach it.
  view.setUint32(offset, node.memory % 2 ** 32, true);
  view.setUint32(offset + 4, Math.floor(node.memory / 2 ** 32), true);
  return bytes;
}

function rawTrieNode(node: TrieNode): RawTrieNode {
  const { type, memory } = node;
  switch (type) {
    case "leaf":
      return { type, memory, key: packPath(node.path, 0x20), value: rawValue(node.value) };
    case "extension":
      return { type, memory, key: packPath(node.path, 0), child: trieNodeHash(node.child) };
    case "branch": {
      const children = node.children.map((child) => (child === null ? null : trieNodeHash(child)));
      return { type, memory, children, value: node.value === null ? null : rawValue(node.value) };
    }
  }
}

function rawValue(value: TrieValue): RawTrieValue {
  return { length: value.bytes.length, hash: trieValueHash(value) };
}

function encodedLength(node: RawTrieNode): number {
  if (node.type === "leaf") return 1 + 4 + node.key.length + 4 + HASH_LENGTH + 8;
  if (node.type === "extension") return 1 + 4 + node.key.length + HASH_LENGTH + 8;
  let length = 1 + 2 + 8 + (node.value === null ? 0 : 4 + HASH_LENGTH);
  for (const child of node.children) if (child !== null) length += HASH_LENGTH;
  return length;
}

function writeValue(
  bytes: Uint8Array,
  view: DataView,
  offset: number,
  value: RawTrieValue,
): number {
  view.setUint32(offset, value.length, true);
  bytes.set(value.hash, offset + 4);
  return offset + 4 + HASH_LENGTH;
}

/** Length of a path in hex-prefix form: a flag byte, which holds the first nibble of an odd path. */
function packedLength(path: Uint8Array): number {
  return 1 + (path.length >> 1);
}

function packPath(path: Uint8Array, flag: number): Uint8Array {
  const packed = new Uint8Array(packedLength(path));
  const odd = path.length & 1;
  packed[0] = odd === 1 ? flag | 0x10 | (path[0] ?? 0) : flag;
  for (let i = odd, end = 1; i < path.length; i += 2) {
    packed[end++] = ((path[i] ?? 0) << 4) | (path[i + 1] ?? 0);
  }
  return packed;
}
