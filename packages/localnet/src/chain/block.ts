/**
 * Blocks as the chain keeps them: what a node stores, and what applying them gave.
 * @module
 */
import type { SignedTransaction } from "@yoctonear/transactions";
import type { ApplyResult } from "../runtime/context.ts";
import type { StateChange } from "../state/state-change.ts";
import type { Trie } from "../state/trie.ts";
import type { BlockHeader } from "./block-header.ts";
import type { ChunkHeader } from "./chunk-header.ts";
import type { EpochPosition } from "./epoch.ts";
import type { BlockMerkleTree, MerkleTree } from "./merkle.ts";
import type { Receipt } from "./receipt.ts";

/** A chunk with its contents. */
export interface Chunk {
  readonly header: ChunkHeader;
  readonly transactions: readonly SignedTransaction[];
  /** Receipts that the block before sent. */
  readonly receipts: readonly Receipt[];
}

/** A block that has been applied. */
export interface Block {
  readonly header: BlockHeader;
  /** One for each shard; an old one where `chunkMask` says so. */
  readonly chunks: readonly ChunkHeader[];
  /** The new chunk; `null` in a block without one. */
  readonly chunk: Chunk | null;
  /** Account that produced it. */
  readonly author: string;
  /** State after it. */
  readonly state: Trie;
  readonly result: BlockResult;
  /** The rows that it wrote, in order: found by applying it once more to the state before. */
  readonly changes: () => readonly StateChange[];
  readonly epoch: EpochPosition;
  /** Hash of the first block of its epoch. */
  readonly epochFirstBlock: string;
  /** Height of its last final block. */
  readonly finalHeight: number;
  /** Over the blocks before it. */
  readonly merkleTree: BlockMerkleTree;
}

/**
 * What applying a block gave, without the rows that it changed, for they would weigh most.
 */
export interface BlockResult extends Omit<ApplyResult, "state" | "changes"> {
  readonly outcomeTree: MerkleTree;
  /** The outgoing receipts in borsh, as the next chunk will have them. */
  readonly outgoingBytes: Uint8Array;
}
