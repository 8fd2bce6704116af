/**
 * Which block a question is about.
 * @module
 */
import { showValue } from "@yoctonear/base";

/**
 * How settled the block must be: `optimistic` is the newest one and may still be replaced,
 * `near-final` and `final` cannot.
 */
export type Finality = "optimistic" | "near-final" | "final";

/** A block: by how settled it is, by height or base58 hash, or one that the node starts from. */
export type BlockReference =
  | { readonly finality: Finality }
  | { readonly blockId: number | bigint | string }
  | { readonly syncCheckpoint: "genesis" | "earliest_available" };

/**
 * Writes a block reference as nearcore wants it; without one it is the newest block, so that one's own write shows.
 * @throws {TypeError} when it is none
 */
export function blockParams(block: BlockReference = { finality: "optimistic" }): {
  readonly [key: string]: unknown;
} {
  // Keys are compared, never truth: block 0 is a block.
  const [[name, value] = [], ...others] = Object.entries(block);
  if (others.length === 0) {
    if (name === "finality") return { finality: value };
    if (name === "blockId") return { block_id: blockId(value) };
    if (name === "syncCheckpoint") return { sync_checkpoint: value };
  }
  throw new TypeError("expected a block by finality, blockId or syncCheckpoint, and by one only");
}

/**
 * Checks the id of a block: a height of 0 or more, or a hash.
 * @throws {RangeError} when it is neither
 */
export function blockId(id: unknown): unknown {
  const height = typeof id === "bigint" || (typeof id === "number" && Number.isSafeInteger(id));
  if (height ? id >= 0 : typeof id === "string" && id !== "") return id;
  throw new RangeError(`expected a block height or hash, got ${showValue(id)}`);
}
