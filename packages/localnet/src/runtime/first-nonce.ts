/**
 * Nonces of new keys (`runtime/runtime/src/access_keys.rs` `initial_nonce_value`): above every nonce
 * that the key may have had before it was deleted.
 * @module
 */
import { NONCE_RANGE } from "./parameters.ts";

/** The nonce with which a key added at this height starts. */
export function firstNonce(height: number): bigint {
  return (BigInt(height) - 1n) * NONCE_RANGE;
}
