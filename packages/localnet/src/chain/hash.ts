/**
 * Hashes as they stand in this package: base58 text in values, 32 raw bytes on the wire.
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, decodeBase58, encodeBase58 } from "@yoctonear/base";
import type { Codec } from "@yoctonear/borsh";
import { remembering } from "./remember.ts";

/** The hash that stands for "none": 32 zero bytes. */
export const ZERO_HASH = "11111111111111111111111111111111";

const HASH_LENGTH = 32;

/** A hash: 32 raw bytes. */
export const hashCodec: Codec<string> = {
  write: (writer, hash) => writer.writeBytes(hashBytes(hash)),
  read: (reader) => encodeBase58(reader.readBytes(HASH_LENGTH)),
};

/** SHA-256 of bytes, as base58. */
export function hashOf(bytes: Uint8Array): string {
  return encodeBase58(sha256(bytes));
}

/** SHA-256 of two hashes one after the other: an inner node of every Merkle tree here. */
export function combineHashes(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(left, right));
}

/**
 * The raw bytes of a hash: shared, so not to be changed. The same few stand in header after header,
 * and ids come back from outcome to receipt to row.
 * @throws {RangeError} when it is not 32 bytes in base58
 */
export const hashBytes: (hash: string) => Uint8Array = /* @__PURE__ */ remembering((hash) => {
  const bytes = decodeBase58(hash);
  if (bytes.length !== HASH_LENGTH) {
    throw new RangeError(`expected a hash of ${HASH_LENGTH} bytes, got ${bytes.length}`);
  }
  return bytes;
});
