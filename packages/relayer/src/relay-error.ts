/**
 * The error of a relayer that did not relay.
 * @module
 */
import { NearError } from "@yoctonear/base";

/** What is known besides the code. */
export interface RelayErrorDetails {
  /** HTTP status of the answer. */
  readonly status: number;
  /** Hash of the relayer's transaction, base58, where it had sent one. */
  readonly hash?: string | undefined;
  /** Milliseconds that the relayer asks to wait. */
  readonly retryAfter?: number | undefined;
}

/**
 * The relayer refused: `code` is its own word, one of `RefusalCode` where it is of this package, and
 * the message ends with its reason. Nothing was executed.
 * @example
 * ```ts
 * import { RelayError } from "@yoctonear/relayer/client";
 * new RelayError("rate_limited", "too many", { status: 429, retryAfter: 60_000 }).retryAfter; // 60000
 * ```
 */
export class RelayError extends NearError {
  override readonly name = "RelayError";
  /** HTTP status of the answer. */
  declare readonly status: number;
  /** Hash of the relayer's transaction, base58; set for `not_included`. */
  declare readonly hash: string | undefined;
  /** Milliseconds that the relayer asks to wait. */
  declare readonly retryAfter: number | undefined;

  constructor(code: string, message: string, details: RelayErrorDetails) {
    super(code, message);
    Object.assign(this, details);
  }
}
