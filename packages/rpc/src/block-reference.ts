/**
 * Which block a question is about.
 * @module
 */
import type { Finality, SyncCheckpoint } from "./generated/types.ts";

/** A block: by how settled it is, by height or base58 hash, or one that the node starts from. */
export type BlockReference =
  | { readonly finality: Finality }
  | { readonly blockId: number | bigint | string }
  | { readonly syncCheckpoint: SyncCheckpoint };

/** Writes a block reference as nearcore wants it; without one it is the newest block, so that one's own write shows. */
export function blockParams(block?: BlockReference): { readonly [key: string]: unknown } {
  if (block === undefined) return { finality: "optimistic" };
  // Keys are asked for, never truth: block 0 is a block.
  if ("finality" in block) return { finality: block.finality };
  return "blockId" in block
    ? { block_id: block.blockId }
    : { sync_checkpoint: block.syncCheckpoint };
}
