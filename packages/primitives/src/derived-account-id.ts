/**
 * Ids of the accounts that nobody creates by name: derived from a public key or from the state
 * they begin with. All take raw bytes; keys in text form are for `@yoctonear/keys`.
 * @module
 */
import { keccak_256, sha3_256 } from "@noble/hashes/sha3.js";
import { encodeHex } from "@yoctonear/base";

/**
 * Derives the id of the NEAR-implicit account of an ed25519 key: its lowercase hex.
 * Source: nearcore `core/primitives/src/utils.rs`.
 * @param ed25519PublicKey - 32 bytes
 * @throws {TypeError | RangeError} when it is no Uint8Array, or its length is another
 * @example
 * ```ts
 * import { nearImplicitAccountId } from "@yoctonear/primitives";
 * nearImplicitAccountId(new Uint8Array(32).fill(1)); // "0101…01", 64 characters
 * ```
 */
export function nearImplicitAccountId(ed25519PublicKey: Uint8Array): string {
  assertLength("ed25519PublicKey", ed25519PublicKey, 32);
  return encodeHex(ed25519PublicKey);
}

/**
 * Derives the id of the ETH-implicit account of a secp256k1 key: its Ethereum address, `0x…`.
 * Source: nearcore `core/primitives/src/utils.rs` `derive_eth_implicit_account_id`.
 * @param secp256k1PublicKey - 64 bytes, the uncompressed point without the leading 0x04
 * @throws {TypeError | RangeError} when it is no Uint8Array, or its length is another
 * @example
 * ```ts
 * import { ethImplicitAccountId } from "@yoctonear/primitives";
 * ethImplicitAccountId(new Uint8Array(64)); // "0x3f17f1962b36e491b30a40b2405849e597ba5fb5"
 * ```
 */
export function ethImplicitAccountId(secp256k1PublicKey: Uint8Array): string {
  assertLength("secp256k1PublicKey", secp256k1PublicKey, 64);
  return `0x${addressOf(secp256k1PublicKey)}`;
}

/**
 * Derives the id of a deterministic account, `0s…`.
 * Source: NEP-616; nearcore `core/primitives/src/utils.rs`.
 * @param stateInit - borsh of `DeterministicAccountStateInit`
 * @example
 * ```ts
 * import { decodeHex } from "@yoctonear/base";
 * import { deterministicAccountId } from "@yoctonear/primitives";
 * // code by account ft.near, no data
 * deterministicAccountId(decodeHex("00010700000066742e6e65617200000000")); // "0s69284a5453e7be5632b28b6a01baecf6c12c156d"
 * ```
 */
export function deterministicAccountId(stateInit: Uint8Array): string {
  return `0s${addressOf(stateInit)}`;
}

/**
 * Derives the id of a universal account, `0u…`: SHA3-256 of exactly the bytes that the action
 * carries, since another encoding of the same state is another account.
 * Source: NEP-655; nearcore `core/primitives-core/src/universal_account_id.rs`.
 * @param rawStateInit - the bytes of `RawStateInit`, without a length in front
 * @example
 * ```ts
 * import { universalAccountId } from "@yoctonear/primitives";
 * universalAccountId(new Uint8Array(10)); // "0u1kajgpx8a97y8ap8y03pvt8kbm2p2cn9k5h17bgw1wa21j88865g"
 * ```
 */
export function universalAccountId(rawStateInit: Uint8Array): string {
  return universalAccountIdFromHash(sha3_256(rawStateInit));
}

/**
 * Writes the id of the universal account whose state init has a known hash.
 * Source: NEP-655.
 * @param hash - 32 bytes, SHA3-256 of the raw state init
 * @throws {TypeError | RangeError} when it is no Uint8Array, or its length is another
 * @example
 * ```ts
 * import { universalAccountIdFromHash } from "@yoctonear/primitives";
 * universalAccountIdFromHash(new Uint8Array(32)); // "0u" and 52 zeros
 * ```
 */
export function universalAccountIdFromHash(hash: Uint8Array): string {
  assertLength("hash", hash, 32);
  return `0u${encodeCrockford32(hash)}`;
}

function addressOf(bytes: Uint8Array): string {
  return encodeHex(keccak_256(bytes).subarray(12));
}

const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";

/** Five bits a symbol, highest first; the last symbol is filled up with zero bits. */
function encodeCrockford32(bytes: Uint8Array): string {
  let text = "";
  let pending = 0;
  let bits = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += CROCKFORD.charAt((pending >> bits) & 31);
    }
    pending &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + CROCKFORD.charAt((pending << (5 - bits)) & 31);
}

function assertLength(name: string, bytes: Uint8Array, length: number): void {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`expected ${name} as a Uint8Array, got ${typeof bytes}`);
  }
  if (bytes.length === length) return;
  throw new RangeError(`expected ${name} of ${length} bytes, got ${bytes.length}`);
}
