/**
 * Misuse of the chain in this process.
 * @module
 */
import { NearError } from "@yoctonear/base";

/** What a {@link ChainError} is about. */
export type ChainErrorCode = "not_after_head" | "no_chunk" | "not_wanted" | "restored_meanwhile";

/** Something was asked of the chain that it cannot do. */
export class ChainError extends NearError {
  override readonly name = "ChainError";
  declare readonly code: ChainErrorCode;
}
