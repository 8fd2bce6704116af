/**
 * Merkle trees and proofs as nearcore makes them: an odd last node moves up as it is, the root of
 * nothing is zero. Source: nearcore core/primitives/src/merkle.rs.
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { combineHashes, formatHashBytes, hashBytes, ZERO_HASH } from "./hash.ts";

/** One step of a proof: the hash beside, and the side on which it stands. */
export interface MerkleStep {
  /** Hash, base58. */
  readonly hash: string;
  readonly direction: "Left" | "Right";
}

/** Root, base58, of items in borsh. */
export function merkleRoot(items: readonly Uint8Array[]): string {
  return merkleRootOfLeaves(items.map((item) => sha256(item)));
}

/** A tree with all its nodes, for proofs. */
export interface MerkleTree {
  /** Base58. */
  readonly root: string;
  /** The way from a leaf to the root. */
  proof(index: number): readonly MerkleStep[];
}

/** Makes the tree over leaves: the hashes of its items. */
export function createMerkleTree(leaves: readonly Uint8Array[]): MerkleTree {
  const levels = [leaves];
  for (let level = leaves; level.length > 1; levels.push(level)) level = levelAbove(level);
  const [root] = levels.at(-1) ?? [];
  // Proofs share most of their hashes, and base58 costs more than hashing.
  const texts = levels.map((level) => level.map((): string | undefined => undefined));
  const textAt = (level: number, index: number): string | undefined => {
    const bytes = levels[level]?.[index];
    const known = texts[level];
    if (bytes === undefined || known === undefined) return undefined;
    return (known[index] ??= formatHashBytes(bytes));
  };
  return {
    root: root === undefined ? ZERO_HASH : formatHashBytes(root),
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
export function merkleRootOfLeaves(leaves: readonly Uint8Array[]): string {
  let level = leaves;
  while (level.length > 1) level = levelAbove(level);
  const [root] = level;
  return root === undefined ? ZERO_HASH : formatHashBytes(root);
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
export function blockMerkleRoot(tree: BlockMerkleTree): string {
  const [last, ...rest] = [...tree.path].reverse();
  if (last === undefined) return ZERO_HASH;
  return formatHashBytes(rest.reduce((right, left) => combineHashes(left, right), last));
}

function levelAbove(level: readonly Uint8Array[]): readonly Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const [left, right] = [level[i], level[i + 1]];
    if (left !== undefined) above.push(right === undefined ? left : combineHashes(left, right));
  }
  return above;
}
