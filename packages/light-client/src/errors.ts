/**
 * Why something that a node handed out is not believed.
 * @module
 */
import { NearError } from "@yoctonear/base";

/**
 * What did not match:
 * - `malformed`: a part is missing or cannot be read
 * - `unsupported`: the header is of a form that this version does not know
 * - `not_newer`: the block is not above the head
 * - `wrong_epoch`: it is neither of the head's epoch nor of the next
 * - `wrong_producers`: the next producers are missing, or are not those that the block commits to
 * - `wrong_signature`: an approval is not that of its producer
 * - `not_enough_stake`: no more than two thirds of the stake approve
 * - `wrong_block`: the hash of a header is not the one that was asked for or proved
 * - `wrong_outcome`: the outcome is of something else, or not under the header's root
 * - `not_under_head`: the block is not among those before the head
 * - `wrong_state`: state roots, trie nodes or values do not lead up to the root
 * - `missing_chunk`: the head has no new chunk of the shard, so ask again at a later head
 */
export type LightClientErrorCode =
  | "malformed"
  | "unsupported"
  | "not_newer"
  | "wrong_epoch"
  | "wrong_producers"
  | "wrong_signature"
  | "not_enough_stake"
  | "wrong_block"
  | "wrong_outcome"
  | "not_under_head"
  | "wrong_state"
  | "missing_chunk";

/**
 * A block or a proof that does not hold. Whoever sent it lies, is broken, or is on another chain.
 * @example
 * ```ts
 * import { LightClientError, verifyStateProof } from "@yoctonear/light-client";
 * try {
 *   verifyStateProof({ root: "4vJ9JU1bJJE96FWSJKvHsmmFADCg4gpZQff4P3bkLKi", nodes: [], key: new Uint8Array(1) });
 * } catch (error) {
 *   error instanceof LightClientError && error.code; // "wrong_state"
 * }
 * ```
 */
export class LightClientError extends NearError<LightClientErrorCode> {
  override readonly name = "LightClientError";
}

/** Says what was expected and what came. */
export function refuse(
  code: LightClientErrorCode,
  expected: string,
  got: string,
  options?: { cause?: unknown },
): never {
  throw new LightClientError(code, `expected ${expected}, got ${got}`, options);
}

/**
 * Looks at what a node sent. Where it has not even the shape that its type promises, whatever breaks on it becomes a refusal.
 */
export function looking<T>(code: LightClientErrorCode, look: () => T): T {
  try {
    return look();
  } catch (cause) {
    if (cause instanceof LightClientError) throw cause;
    return refuse(code, "what the method returns", "something else", { cause });
  }
}
