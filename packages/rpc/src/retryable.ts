/**
 * Whether asking again may help.
 * @module
 */
import { isNearError } from "@yoctonear/base";

/**
 * Tells whether the same request may succeed later, or at another endpoint: a function of the error's
 * code and its HTTP status. What a node says of a request is final and never asked again;
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
  if ("status" in error && typeof error.status === "number") {
    const { code, status } = error;
    if (code === "http") return status === 408 || status === 429 || status >= 500;
    // A body that was cut off, or a proxy's page: no node has answered.
    if (code === "malformed") return true;
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
  "SHARD_NOT_TRACKED",
  "DATA_UNAVAILABLE",
  "BUSY",
];
