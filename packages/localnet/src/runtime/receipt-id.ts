/**
 * Ids derived from others (`core/primitives/src/utils.rs`): SHA-256 of base ‖ u64 height ‖ u64 salt.
 * @module
 */
import { hashBytes, hashOf } from "../chain/hash.ts";

const LAST_SALT = 2n ** 64n - 1n;

/** Id of the `index`-th receipt that a receipt or, with 0, a transaction makes. */
export function receiptId(parentId: string, height: number, index: number): string {
  return derivedHash(parentId, height, BigInt(index));
}

/** Hash of an action of a receipt, from which a call's random seed and data ids derive. */
export function actionHash(ofReceiptId: string, height: number, actionIndex: number): string {
  return derivedHash(ofReceiptId, height, LAST_SALT - BigInt(actionIndex));
}

/** Filled anew for each id: making the array would cost as much as hashing it. */
const scratch: Uint8Array<ArrayBuffer> = /* @__PURE__ */ new Uint8Array(48);
const scratchView: DataView = /* @__PURE__ */ new DataView(scratch.buffer);

/** SHA-256 of base, height and salt; heights are those of the block that holds the chunk. */
export function derivedHash(base: string, height: number, salt: bigint): string {
  scratch.set(hashBytes(base));
  scratchView.setBigUint64(32, BigInt(height), true);
  scratchView.setBigUint64(40, salt, true);
  return hashOf(scratch);
}
