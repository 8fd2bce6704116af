/**
 * What a row adds to its account's storage usage, in bytes (`runtime/runtime/src/access_keys.rs`,
 * `core/primitives-core/src/account.rs`). An account itself takes 100.
 * @module
 */
import { keyHandleLength } from "@yoctonear/transactions/cost";
import { type AccountContract } from "./account.ts";
import { type AccessKey, encodeAccessKey, gasKeyOf } from "./access-key.ts";

/** Bytes of an account without keys, contract and data. */
export const ACCOUNT_STORAGE = 100n;
/** Bytes that each key and each data record takes beyond its content. */
const RECORD_STORAGE = 40n;
const NONCE_INDEX_LENGTH = 2n;
const NONCE_LENGTH = 8n;

/** Bytes of a key with its row, and for a gas key of its nonce rows. */
export function accessKeyStorage(publicKey: string, accessKey: AccessKey): bigint {
  const own =
    keyHandleLength(publicKey) + BigInt(encodeAccessKey(accessKey).length) + RECORD_STORAGE;
  const lanes = gasKeyOf(accessKey.permission)?.numNonces ?? 0;
  return own + BigInt(lanes) * gasKeyNonceStorage(publicKey);
}

/** Bytes of one nonce row of a gas key. */
function gasKeyNonceStorage(publicKey: string): bigint {
  return keyHandleLength(publicKey) + NONCE_INDEX_LENGTH + NONCE_LENGTH + RECORD_STORAGE;
}

/** Bytes of a record of contract data. */
export function dataStorage(key: Uint8Array, value: Uint8Array): bigint {
  return BigInt(key.length + value.length) + RECORD_STORAGE;
}

/** Bytes of an account's contract, given the length of its local code. */
export function contractStorage(contract: AccountContract, localCodeLength: number): bigint {
  if (contract.type === "none") return 0n;
  if (contract.type === "local") return BigInt(localCodeLength);
  return contract.type === "global" ? 32n : BigInt(contract.accountId.length);
}
