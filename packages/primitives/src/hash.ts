/**
 * Hashes: SHA-256 of the protocol, as base58 text at the API.
 * @module
 */
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { decodeBase58, encodeBase58, ParseError, showValue } from "@yoctonear/base";

const HASH_LENGTH = 32;
/** 32 bytes have 32 (all zero) to 44 characters in base58. */
const MAX_TEXT_LENGTH = 44;

/**
 * Hashes bytes with SHA-256.
 * @param bytes - of any length
 * @returns 32 bytes
 * @example
 * ```ts
 * import { formatHash, sha256 } from "@yoctonear/primitives";
 * formatHash(sha256(new Uint8Array(0))); // "GKot5hBsd81kMupNCXHaqbhv3huEbxAFMLnpcX2hniwn"
 * ```
 */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return nobleSha256(bytes);
}

/**
 * Reads a hash from base58, the only form that a node takes; hex is refused.
 * @param text - base58 of 32 bytes
 * @param name - what the message calls it, e.g. "block hash"
 * @returns 32 bytes
 * @throws {ParseError} `invalid_hash`
 * @example
 * ```ts
 * import { parseHash } from "@yoctonear/primitives";
 * parseHash("11111111111111111111111111111111"); // 32 zero bytes
 * ```
 */
export function parseHash(text: string, name: string = "hash"): Uint8Array<ArrayBuffer> {
  const refuse = (got: string): ParseError =>
    new ParseError("invalid_hash", `expected ${name} as base58 of 32 bytes, got ${got}`);
  // What stands in the wrong place may be a key, so the message shows nothing of the text.
  if (typeof text !== "string") throw refuse(showValue(text));
  if (/^[0-9a-f]{64}$/i.test(text)) throw refuse("64 hex digits");
  if (text.length > MAX_TEXT_LENGTH) throw refuse(`${text.length} characters`);
  let bytes;
  try {
    bytes = decodeBase58(text);
  } catch {
    throw refuse("text that is not base58");
  }
  if (bytes.length !== HASH_LENGTH) throw refuse(`${bytes.length} bytes`);
  return bytes;
}

/**
 * Writes a hash as base58.
 * @param bytes - 32 bytes
 * @throws {ParseError} `invalid_hash` when the length is another
 * @example
 * ```ts
 * import { formatHash } from "@yoctonear/primitives";
 * formatHash(new Uint8Array(32)); // "11111111111111111111111111111111"
 * ```
 */
export function formatHash(bytes: Uint8Array): string {
  if (bytes.length !== HASH_LENGTH) {
    throw new ParseError("invalid_hash", `expected a hash of 32 bytes, got ${bytes.length}`);
  }
  return encodeBase58(bytes);
}
