/**
 * Which block a question is about. The names are nearcore's in camelCase.
 * @module
 */
import type { Finality, SyncCheckpoint } from "./generated/types.ts";

/** A block: by how settled it is, by height or base58 hash, or one that the node starts from. */
export type BlockReference =
  | { readonly finality: Finality }
  | { readonly blockId: number | bigint | string }
  | { readonly syncCheckpoint: SyncCheckpoint };
