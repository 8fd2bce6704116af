/**
 * The access keys of an account, out of its rows: those of the keys themselves and, behind each gas
 * key, those of its nonces.
 * @module
 */
import { decode, u64 } from "@yoctonear/borsh";
import { publicKeyHandleCodec } from "@yoctonear/keys";
import { type Json, u64Json } from "../runtime/json.ts";
import { accessKeyCodec, gasKeyOf } from "../state/access-key.ts";
import { accessKeyKey, accessKeyPrefix, gasKeyNonceKey } from "../state/trie-key.ts";
import { type Trie, trieEntries, trieGet } from "../state/trie.ts";
import { accessKeyView } from "./access-key-view.ts";
import { internalFailure, type RpcFailure } from "./rpc-failure.ts";

const SECP256K1_TAG = 1;
const SECP256K1_HANDLE = 65;
const OTHER_HANDLE = 33;

/** Shows the keys of an account in the order of their rows; an ML-DSA key as its handle. */
export function listAccessKeys(state: Trie, accountId: string): readonly Json[] {
  const prefix = accessKeyPrefix(accountId);
  const keys: Json[] = [];
  for (const [key, row] of trieEntries(state, prefix)) {
    const handle = key.subarray(prefix.length);
    const length = handle[0] === SECP256K1_TAG ? SECP256K1_HANDLE : OTHER_HANDLE;
    // A longer one is the row of a nonce.
    if (handle.length !== length) continue;
    keys.push({
      public_key: decode(publicKeyHandleCodec, handle),
      access_key: accessKeyView(decode(accessKeyCodec, row)),
    });
  }
  return keys;
}

/**
 * Shows the nonces of a gas key, or gives `null` where there is no gas key.
 * @throws {RpcFailure} where a nonce is missing, as when the key was written by `sandbox_patch_state`
 */
export function gasKeyNonces(
  state: Trie,
  accountId: string,
  publicKey: string,
): readonly Json[] | null {
  const row = trieGet(state, accessKeyKey(accountId, publicKey));
  const gasKey = row === undefined ? null : gasKeyOf(decode(accessKeyCodec, row).permission);
  if (gasKey === null) return null;
  const nonces: Json[] = [];
  for (let index = 0; index < gasKey.numNonces; index += 1) {
    const nonce = trieGet(state, gasKeyNonceKey(accountId, publicKey, index));
    if (nonce === undefined) throw missingNonce(index, accountId, publicKey);
    nonces.push(u64Json(decode(u64, nonce)));
  }
  return nonces;
}

function missingNonce(index: number, accountId: string, publicKey: string): RpcFailure {
  const message = `gas key nonce at index ${index} does not exist for account ${accountId} and public key ${publicKey}`;
  return internalFailure(
    message,
    `The node reached its limits. Try again later. More details: ${message}`,
  );
}
