/**
 * Whether asking again may help.
 * @module
 */
import { isNearError } from "@yoctonear/base";

/**
 * Tells whether the same request may succeed later, or at another endpoint: a function of the error's
 * code and for `http` of its status. What a node says of a request is final and never asked again;
 * after a broadcast ask for the transaction's status first.
 * @param error - whatever was caught
 * @example
 * ```ts
 * import { isRetryable, RpcError, TransportError } from "@yoctonear/rpc";
 * isRetryable(new TransportError("timeout", "no answer within 5000 ms")); // true
 * isRetryable(new RpcError("query", { cause: { name: "UNKNOWN_ACCOUNT" } })); // false
 * ```
 */
export function isRetryable(error: unknown): boolean {
  if (!isNearError(error)) return false;
  if (error.code === "http" && "status" in error && typeof error.status === "number") {
    return error.status === 408 || error.status === 429 || error.status >= 500;
  }
  return RETRYABLE.includes(error.code);
}

/** The first three are of `TransportError`, the rest tell that a node is behind, busy or broken. */
const RETRYABLE: readonly string[] = [
  "network",
  "timeout",
  "disagreement",
  "TIMEOUT_ERROR",
  "INTERNAL_ERROR",
  "NODE_IS_SYNCING",
  "NO_NEW_BLOCKS",
  "NO_SYNCED_BLOCKS",
  "NOT_SYNCED_YET",
  "UNAVAILABLE_SHARD",
  "DOES_NOT_TRACK_SHARD",
  "REQUEST_ROUTED",
  "SHARD_NOT_APPLIED",
];
