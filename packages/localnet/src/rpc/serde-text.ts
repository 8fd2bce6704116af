/**
 * Why nearcore refuses a text: the words of its parsers for account ids, keys, hashes and base64.
 * Sources: near-account-id src/errors.rs, nearcore core/crypto/src/errors.rs, crates base64 and bs58.
 * @module
 */
import { decodeBase58, encodeUtf8 } from "@yoctonear/base";

const MIN_ACCOUNT_ID = 2;
const MAX_ACCOUNT_ID = 64;
const HASH_LENGTH = 32;

/** Words for a text that is not an account id. */
export function accountIdFault(text: string): string {
  return `invalid value: "${text}", ${accountIdReason(text)}`;
}

function accountIdReason(text: string): string {
  const { length } = encodeUtf8(text);
  if (length < MIN_ACCOUNT_ID) return "the Account ID is too short";
  if (length > MAX_ACCOUNT_ID) return "the Account ID is too long";
  let wasSeparator = true;
  for (const [index, character] of Array.from(text).entries()) {
    const isSeparator = character === "-" || character === "_" || character === ".";
    if (isSeparator && wasSeparator) {
      return `the Account ID has a redundant separator '${character}' at index ${index}`;
    }
    if (!isSeparator && !/[a-z0-9]/.test(character)) {
      return `the Account ID contains an invalid character '${character}' at index ${index}`;
    }
    wasSeparator = isSeparator;
  }
  const last = text.length - 1;
  return `the Account ID has a redundant separator '${text[last]}' at index ${last}`;
}

const KEY_LENGTHS: { readonly [type: string]: number } = {
  ed25519: 32,
  secp256k1: 64,
  "ml-dsa-65": 1952,
};

/** Words for a text that is not a public key. */
export function publicKeyFault(text: string): string {
  const colon = text.indexOf(":");
  const type = colon === -1 ? "ed25519" : text.slice(0, colon).toLowerCase();
  const expected = Object.hasOwn(KEY_LENGTHS, type) ? KEY_LENGTHS[type] : undefined;
  if (expected === undefined) return `unknown key type '${type}'`;
  const bytes = base58(text.slice(colon + 1));
  if (typeof bytes === "string") return `invalid key data: ${bytes}`;
  return `invalid key length: expected the input of ${expected} bytes, but ${bytes.length} was given`;
}

/** Words for a text that is not a hash. */
export function hashFault(text: string): string {
  const bytes = base58(text);
  if (typeof bytes === "string") return bytes;
  if (bytes.length === HASH_LENGTH) return "invalid hash";
  return `invalid length ${encodeUtf8(text).length}, expected base58-encoded 256-bit hash`;
}

const BASE58 = /[^1-9A-HJ-NP-Za-km-z]/;
const BASE64 = /[^A-Za-z0-9+/]/;

/** Decodes, or gives the words of the crate bs58. Quadratic, so a long text is cut: its length is wrong anyway. */
function base58(text: string): Uint8Array | string {
  const index = text.search(BASE58);
  if (index === -1) return decodeBase58(text.slice(0, 4096));
  return `provided string contained invalid character '${text[index]}' at byte ${encodeUtf8(text.slice(0, index)).length}`;
}

/** Words for a text that is not base64. */
export function base64Fault(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const unpadded = text.replace(/={0,2}$/, "");
  const index = unpadded.search(BASE64);
  if (index !== -1) {
    const offset = new TextEncoder().encode(unpadded.slice(0, index)).length;
    return `Invalid byte ${bytes[offset]}, offset ${offset}.`;
  }
  if (unpadded.length % 4 === 1) return `Invalid input length: ${unpadded.length}`;
  if (text.length % 4 !== 0) return "Invalid padding";
  const last = unpadded.length - 1;
  return `Invalid last symbol ${bytes[last]}, offset ${last}.`;
}
