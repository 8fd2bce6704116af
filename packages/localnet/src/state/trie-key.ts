/**
 * Keys of the rows of the state: a column byte, then raw bytes.
 * Source: nearcore core/primitives/src/trie_key.rs.
 * @module
 */
import { sha3_256 } from "@noble/hashes/sha3.js";
import { concatBytes, encodeUtf8 } from "@yoctonear/base";
import { encode } from "@yoctonear/borsh";
import { parsePublicKey, publicKeyHandleCodec } from "@yoctonear/keys";
import { type ContractIdentifier, contractIdentifierCodec } from "@yoctonear/transactions";
import { hashBytes } from "../chain/hash.ts";
import { remembering } from "../chain/memory.ts";

const COMMA = 0x2c;
const ACCESS_KEY_COLUMN = 2;
const HANDLE_TAG = 3;
const ML_DSA_PREFIX = "ml-dsa-65:";

/** An account's balance, code reference and storage usage. */
export function accountKey(accountId: string): Uint8Array<ArrayBuffer> {
  return startKey(0, accountId, 0);
}

/** An account's own contract code. */
export function contractCodeKey(accountId: string): Uint8Array<ArrayBuffer> {
  return startKey(1, accountId, 0);
}

/** One access key of an account. */
export function accessKeyKey(accountId: string, publicKey: string): Uint8Array<ArrayBuffer> {
  const handle = publicKeyHandle(publicKey);
  const key = startKey(ACCESS_KEY_COLUMN, accountId, 1 + handle.length);
  key[1 + accountId.length] = ACCESS_KEY_COLUMN;
  key.set(handle, 2 + accountId.length);
  return key;
}

/** What the rows of all access keys of an account, and of their nonces, start with. */
export function accessKeyPrefix(accountId: string): Uint8Array<ArrayBuffer> {
  const key = startKey(ACCESS_KEY_COLUMN, accountId, 1);
  key[1 + accountId.length] = ACCESS_KEY_COLUMN;
  return key;
}

/** The nonce of one lane of a gas key. */
export function gasKeyNonceKey(
  accountId: string,
  publicKey: string,
  index: number,
): Uint8Array<ArrayBuffer> {
  return concatBytes(accessKeyKey(accountId, publicKey), Uint8Array.of(index & 0xff, index >> 8));
}

/** Data that arrived for a receipt that waits for it. */
export function receivedDataKey(accountId: string, dataId: string): Uint8Array<ArrayBuffer> {
  return idKey(3, accountId, dataId);
}

/** The receipt that waits for data. */
export function postponedReceiptIdKey(accountId: string, dataId: string): Uint8Array<ArrayBuffer> {
  return idKey(4, accountId, dataId);
}

/** How many data a receipt still waits for. */
export function pendingDataCountKey(accountId: string, receiptId: string): Uint8Array<ArrayBuffer> {
  return idKey(5, accountId, receiptId);
}

/** A receipt that waits for data. */
export function postponedReceiptKey(accountId: string, receiptId: string): Uint8Array<ArrayBuffer> {
  return idKey(6, accountId, receiptId);
}

/** First and next index of the queue of delayed receipts. */
export function delayedReceiptIndicesKey(): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(7);
}

/** A receipt that found no room in its block. */
export function delayedReceiptKey(index: bigint): Uint8Array<ArrayBuffer> {
  return prefixed(7, u64Bytes(index));
}

/** What the rows of an account's contract data start with. */
export function contractDataPrefix(accountId: string): Uint8Array<ArrayBuffer> {
  const key = startKey(9, accountId, 1);
  key[1 + accountId.length] = COMMA;
  return key;
}

/** One row of an account's contract data. */
export function contractDataKey(accountId: string, key: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(contractDataPrefix(accountId), key);
}

/** First and next index of the queue of yields that will time out. */
export function yieldTimeoutIndicesKey(): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(10);
}

/** When a yield times out. */
export function yieldTimeoutKey(index: bigint): Uint8Array<ArrayBuffer> {
  return prefixed(11, u64Bytes(index));
}

/** The call that a yield's data will start. */
export function yieldReceiptKey(accountId: string, dataId: string): Uint8Array<ArrayBuffer> {
  return idKey(12, accountId, dataId);
}

/** Whether a yield's data is on its way. */
export function yieldStatusKey(accountId: string, dataId: string): Uint8Array<ArrayBuffer> {
  return idKey(20, accountId, dataId);
}

/** Data id of the yield that a contract made under an id of its own. */
export function yieldDataIdKey(accountId: string, yieldId: string): Uint8Array<ArrayBuffer> {
  return idKey(22, accountId, yieldId);
}

/** The contract's own id of a yield. */
export function yieldIdKey(accountId: string, dataId: string): Uint8Array<ArrayBuffer> {
  return idKey(23, accountId, dataId);
}

/** State of the bandwidth scheduler; every block rewrites it. */
export function bandwidthSchedulerKey(): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(15);
}

/** The code of a global contract. */
export function globalContractCodeKey(id: ContractIdentifier): Uint8Array<ArrayBuffer> {
  return prefixed(18, encode(contractIdentifierCodec, id));
}

/** How often a global contract was deployed. */
export function globalContractNonceKey(id: ContractIdentifier): Uint8Array<ArrayBuffer> {
  return prefixed(19, encode(contractIdentifierCodec, id));
}

/**
 * The name of a key in the state: the key itself, or for ML-DSA-65, whose keys are 1,952 bytes, its
 * hash. NEP-645. Shared, so not to be changed.
 * @param publicKey - a public key, or already the handle `ml-dsa-65-hash:…`
 */
export const publicKeyHandle: (publicKey: string) => Uint8Array = /* @__PURE__ */ remembering(
  (publicKey) => {
    if (!publicKey.startsWith(ML_DSA_PREFIX)) return encode(publicKeyHandleCodec, publicKey);
    const domain = encodeUtf8("near:ml-dsa-65-pubkey-hash:v1");
    const hash = sha3_256(concatBytes(domain, parsePublicKey(publicKey).bytes));
    return concatBytes(Uint8Array.of(HANDLE_TAG), hash);
  },
);

function idKey(column: number, accountId: string, id: string): Uint8Array<ArrayBuffer> {
  const hash = hashBytes(id);
  const key = startKey(column, accountId, 1 + hash.length);
  key[1 + accountId.length] = COMMA;
  key.set(hash, 2 + accountId.length);
  return key;
}

/** A key that begins with a column and an account id, which is ASCII, with room for what follows. */
function startKey(column: number, accountId: string, room: number): Uint8Array<ArrayBuffer> {
  const key = new Uint8Array(1 + accountId.length + room);
  key[0] = column;
  for (let i = 0; i < accountId.length; i++) key[1 + i] = accountId.charCodeAt(i);
  return key;
}

function prefixed(column: number, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  const key = new Uint8Array(1 + rest.length);
  key[0] = column;
  key.set(rest, 1);
  return key;
}

function u64Bytes(value: bigint): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}
