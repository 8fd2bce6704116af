/**
 * Compute of removing the nonce rows of a gas key (`runtime/runtime/src/config.rs`
 * `storage_removes_compute`); it costs no gas.
 * @module
 */
import { accessKeyRowLength } from "@yoctonear/transactions/cost";
import {
  STORAGE_REMOVE_COMPUTE_BASE,
  STORAGE_REMOVE_COMPUTE_KEY_BYTE,
  STORAGE_REMOVE_COMPUTE_VALUE_BYTE,
} from "./parameters.ts";

const INDEX_LENGTH = 2n;
const NONCE_LENGTH = 8n;

/** Compute of removing `count` nonce rows of a key. */
export function nonceRemovalCompute(accountId: string, publicKey: string, count: number): bigint {
  const keyLength = accessKeyRowLength(accountId, publicKey) + INDEX_LENGTH;
  const row =
    STORAGE_REMOVE_COMPUTE_BASE +
    keyLength * STORAGE_REMOVE_COMPUTE_KEY_BYTE +
    NONCE_LENGTH * STORAGE_REMOVE_COMPUTE_VALUE_BYTE;
  return BigInt(count) * row;
}
