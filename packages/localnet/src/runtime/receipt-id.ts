/**
 * Ids derived from others (`core/primitives/src/utils.rs`): SHA-256 of base ‖ u64 height ‖ u64 salt.
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { encodeBase58 } from "@yoctonear/base";
import { hashBytes } from "../chain/hash.ts";

const LAST_SALT = 2n ** 64n - 1n;

/** Id of the `index`-th receipt that a receipt or, with 0, a transaction makes. */
export function receiptId(parentId: string, height: number, index: number): string {
  return derivedHash(parentId, height, BigInt(index));
}

/** Hash of an action of a receipt, from which a call's random seed and data ids derive. */
export function actionHash(ofReceiptId: string, height: number, actionIndex: number): string {
  return derivedHash(ofReceiptId, height, LAST_SALT - BigInt(actionIndex));
}

/** SHA-256 of base, height and salt; heights are those of the block that holds the chunk. */
export function derivedHash(base: string, height: number, salt: bigint): string {
  const bytes = new Uint8Array(48);
  bytes.set(hashBytes(base));
  const view = new DataView(bytes.buffer);
  view.setBigUint64(32, BigInt(height), true);
  view.setBigUint64(40, salt, true);
  return encodeBase58(sha256(bytes));
}
