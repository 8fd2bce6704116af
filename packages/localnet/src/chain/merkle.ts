/**
 * Merkle trees and proofs as nearcore makes them: an odd last node moves up as it is, the root of
 * nothing is zero. Source: nearcore core/primitives/src/merkle.rs.
 * @module
 */
import { encodeBase58 } from "@yoctonear/base";
import { combineHashes, formatHashBytes, hashBytes, ZERO_HASH } from "./hash.ts";
import { hashInto } from "./sha256.ts";

/** One step of a proof: the hash beside, and the side on which it stands. */
export interface MerkleStep {
  /** Hash, base58. */
  readonly hash: string;
  readonly direction: "Left" | "Right";
}

/** Hashes one after another, 32 bytes each: a fraction of what as many arrays take. */
export type HashList = Uint8Array;

const HASH_LENGTH = 32;

/** Root, base58, of items in borsh. */
export function merkleRoot(items: readonly Uint8Array[]): string {
  return merkleRootOfLeaves(hashItems(items));
}

/** Hashes of items, which are the leaves of their tree. */
export function hashItems(items: readonly Uint8Array[]): HashList {
  const leaves = new Uint8Array(items.length * HASH_LENGTH);
  items.forEach((item, i) => hashInto(item, leaves, i * HASH_LENGTH));
  return leaves;
}

/** A tree with all its nodes, for proofs. */
export interface MerkleTree {
  /** Base58. */
  readonly root: string;
  /** The way from a leaf to the root. */
  proof(index: number): readonly MerkleStep[];
}

/** Makes the tree over leaves: the hashes of its items. */
export function createMerkleTree(leaves: HashList): MerkleTree {
  const levels = [leaves];
  for (let level = leaves; level.length > HASH_LENGTH; levels.push(level))
    level = levelAbove(level);
  // Proofs share most of their hashes, and base58 costs more than hashing.
  const texts = new Map<number, string>();
  const textAt = (level: number, index: number): string | undefined => {
    const start = index * HASH_LENGTH;
    const hashes = levels[level];
    if (hashes === undefined || start >= hashes.length) return undefined;
    const place = index * levels.length + level;
    const known = texts.get(place);
    if (known !== undefined) return known;
    const text = encodeBase58(hashes.subarray(start, start + HASH_LENGTH));
    texts.set(place, text);
    return text;
  };
  return {
    root: rootText(levels.at(-1) ?? leaves),
    proof: (index) => {
      const steps: MerkleStep[] = [];
      for (let level = 0, position = index; level < levels.length - 1; level++, position >>= 1) {
        const hash = textAt(level, position ^ 1);
        if (hash === undefined) continue;
        steps.push({ hash, direction: position % 2 === 1 ? "Left" : "Right" });
      }
      return steps;
    },
  };
}

/** Root, base58, of items whose hashes are given. */
export function merkleRootOfLeaves(leaves: HashList): string {
  let level = leaves;
  while (level.length > HASH_LENGTH) level = levelAbove(level);
  return rootText(level);
}

/** Root, base58, to which a proof leads from a leaf. */
export function foldMerkleProof(leaf: Uint8Array, proof: readonly MerkleStep[]): string {
  const root = proof.reduce((hash, step) => {
    const beside = hashBytes(step.hash);
    return step.direction === "Left" ? combineHashes(beside, hash) : combineHashes(hash, beside);
  }, leaf);
  return formatHashBytes(root);
}

/** The tree over the hashes of all blocks so far, of which only the open right edge is kept. */
export interface BlockMerkleTree {
  /** Roots of the full subtrees, from the largest. */
  readonly path: readonly Uint8Array[];
  /** Number of hashes. */
  readonly size: number;
}

/** The tree over no block. */
export const EMPTY_BLOCK_MERKLE_TREE: BlockMerkleTree = { path: [], size: 0 };

/** The tree with one more block; its leaf is the block's hash as it is. */
export function appendBlockHash(tree: BlockMerkleTree, blockHash: string): BlockMerkleTree {
  const path = [...tree.path];
  let hash: Uint8Array = hashBytes(blockHash);
  for (let size = tree.size; size % 2 === 1; size = Math.floor(size / 2)) {
    const left = path.pop();
    if (left !== undefined) hash = combineHashes(left, hash);
  }
  return { path: [...path, hash], size: tree.size + 1 };
}

/** Root, base58, of the tree over all blocks so far. */
export function blockMerkleRoot({ path }: BlockMerkleTree): string {
  return path.length === 0 ? ZERO_HASH : formatHashBytes(path.reduceRight(combineLeft));
}

function combineLeft(right: Uint8Array, left: Uint8Array): Uint8Array {
  return combineHashes(left, right);
}

function levelAbove(level: HashList): HashList {
  const pair = 2 * HASH_LENGTH;
  const above = new Uint8Array(Math.ceil(level.length / pair) * HASH_LENGTH);
  let end = 0;
  for (let start = 0; start < level.length; start += pair, end += HASH_LENGTH) {
    const both = level.subarray(start, start + pair);
    // The odd last one moves up as it is.
    if (both.length === pair) hashInto(both, above, end);
    else above.set(both, end);
  }
  return above;
}

function rootText(root: HashList): string {
  return root.length === 0 ? ZERO_HASH : formatHashBytes(root.slice());
}
