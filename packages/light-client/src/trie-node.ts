/**
 * Nodes of the state trie, as proofs have them.
 * Source: nearcore core/store/src/trie/raw_node.rs, nibble_slice.rs.
 * @module
 */
import { bytes, type Codec, decode, type Reader, u16, u32, u64, u8 } from "@yoctonear/borsh";
import { refuse } from "./errors.ts";

/** What a node says of a value: its length in bytes and its SHA-256. */
export interface StateValueRef {
  readonly length: number;
  readonly hash: Uint8Array;
}

/** A node; what is below it stands as hashes. */
export type TrieNode =
  | { readonly type: "leaf"; readonly path: readonly number[]; readonly value: StateValueRef }
  | { readonly type: "extension"; readonly path: readonly number[]; readonly child: Uint8Array }
  | {
      readonly type: "branch";
      readonly value: StateValueRef | null;
      /** By nibble. */
      readonly children: readonly (Uint8Array | null)[];
    };

const HASH_LENGTH = 32;
const CHILDREN = 16;
const LEAF_FLAG = 0x20;
const ODD_FLAG = 0x10;

/**
 * Reads the bytes of a node.
 * @throws {LightClientError} `wrong_state`
 */
export function decodeTrieNode(encoded: Uint8Array): TrieNode {
  try {
    return decode(nodeCodec, encoded);
  } catch (cause) {
    return refuse("wrong_state", "a trie node", `${encoded.length} other bytes`, { cause });
  }
}

/** Nibbles of a key, high ones first. */
export function nibblesOf(key: Uint8Array): readonly number[] {
  return Array.from(key).flatMap((byte) => [byte >> 4, byte & 15]);
}

/** RawTrieNodeWithSize; only read. */
const nodeCodec: Codec<TrieNode> = {
  write: () => refuse("wrong_state", "a node to read", "one to write"),
  read: (reader) => {
    const node = readNode(reader);
    // What memory the node takes: hashed with it, but of no interest.
    u64.read(reader);
    return node;
  },
};

function readNode(reader: Reader): TrieNode {
  const tag = u8.read(reader);
  switch (tag) {
    case 0:
      return { type: "leaf", path: readPath(reader, true), value: readValue(reader) };
    case 1:
      return { type: "branch", value: null, children: readChildren(reader) };
    case 2:
      return { type: "branch", value: readValue(reader), children: readChildren(reader) };
    case 3:
      return {
        type: "extension",
        path: readPath(reader, false),
        child: reader.readBytes(HASH_LENGTH),
      };
    default:
      return refuse("wrong_state", "a kind of trie node", String(tag));
  }
}

function readValue(reader: Reader): StateValueRef {
  return { length: u32.read(reader), hash: reader.readBytes(HASH_LENGTH) };
}

function readChildren(reader: Reader): readonly (Uint8Array | null)[] {
  const bitmap = u16.read(reader);
  return Array.from({ length: CHILDREN }, (_, nibble) =>
    (bitmap >> nibble) % 2 === 1 ? reader.readBytes(HASH_LENGTH) : null,
  );
}

/** Nibbles behind a byte that says whose they are and whether their number is odd. */
function readPath(reader: Reader, isLeaf: boolean): readonly number[] {
  const [first = 0, ...rest] = bytes.read(reader);
  const isOdd = (first & ODD_FLAG) !== 0;
  const expected = (isLeaf ? LEAF_FLAG : 0) | (isOdd ? ODD_FLAG | (first & 15) : 0);
  if (first !== expected) refuse("wrong_state", "the path of a trie node", `flags ${first}`);
  const nibbles = nibblesOf(Uint8Array.from(rest));
  return isOdd ? [first & 15, ...nibbles] : nibbles;
}
