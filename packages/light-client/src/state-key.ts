/**
 * Keys of rows of the state, as they stand in the trie.
 * Source: nearcore core/primitives/src/trie_key.rs.
 * @module
 */
import { concatBytes, encodeUtf8 } from "@yoctonear/base";
import { encode } from "@yoctonear/borsh";
import { publicKeyHandleCodec } from "@yoctonear/keys";
import { assertAccountId } from "@yoctonear/primitives";

const ACCOUNT = 0;
const CONTRACT_CODE = 1;
const ACCESS_KEY = 2;
const CONTRACT_DATA = 9;
const COMMA = 0x2c;

/**
 * Key of the row of an account: balance, storage, contract.
 * @example
 * ```ts
 * import { accountStateKey } from "@yoctonear/light-client";
 * accountStateKey("ab"); // Uint8Array(3) [0, 97, 98]
 * ```
 */
export function accountStateKey(accountId: string): Uint8Array<ArrayBuffer> {
  return rowKey(ACCOUNT, accountId);
}

/**
 * Key of the row of an account's own contract code.
 * @example
 * ```ts
 * import { contractCodeStateKey } from "@yoctonear/light-client";
 * contractCodeStateKey("ab"); // Uint8Array(3) [1, 97, 98]
 * ```
 */
export function contractCodeStateKey(accountId: string): Uint8Array<ArrayBuffer> {
  return rowKey(CONTRACT_CODE, accountId);
}

/**
 * Key of the row of an access key.
 * @param publicKey - in text form; of ML-DSA-65 its handle, `ml-dsa-65-hash:…`
 * @example
 * ```ts
 * import { accessKeyStateKey } from "@yoctonear/light-client";
 * accessKeyStateKey("ab", "ed25519:11111111111111111111111111111111").length; // 37
 * ```
 */
export function accessKeyStateKey(accountId: string, publicKey: string): Uint8Array<ArrayBuffer> {
  const handle = encode(publicKeyHandleCodec, publicKey);
  return concatBytes(rowKey(ACCESS_KEY, accountId), Uint8Array.of(ACCESS_KEY), handle);
}

/**
 * Key of a row of contract data, or what the keys of rows start with.
 * @param key - the contract's own
 * @example
 * ```ts
 * import { contractDataStateKey } from "@yoctonear/light-client";
 * contractDataStateKey("ab", Uint8Array.of(7)); // Uint8Array(5) [9, 97, 98, 44, 7]
 * ```
 */
export function contractDataStateKey(accountId: string, key: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(rowKey(CONTRACT_DATA, accountId), Uint8Array.of(COMMA), key);
}

function rowKey(column: number, accountId: string): Uint8Array<ArrayBuffer> {
  assertAccountId(accountId);
  return concatBytes(Uint8Array.of(column), encodeUtf8(accountId));
}
