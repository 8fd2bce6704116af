/**
 * Hashes as they stand in this package: base58 text in values, 32 raw bytes on the wire.
 * @module
 */
import { decodeBase58, encodeBase58 } from "@yoctonear/base";
import type { Codec } from "@yoctonear/borsh";
import { createMemory, type Memory } from "./memory.ts";
import { sha256 } from "./sha256.ts";

/** The hash that stands for "none": 32 zero bytes. */
export const ZERO_HASH = "11111111111111111111111111111111";

const HASH_LENGTH = 32;

/** A hash: 32 raw bytes. */
export const hashCodec: Codec<string> = {
  write: (writer, hash) => writer.writeBytes(hashBytes(hash)),
  read: (reader) => encodeBase58(reader.readBytes(HASH_LENGTH)),
};

/** SHA-256 of bytes, as base58; its bytes are remembered for {@link hashBytes}. */
export function hashOf(bytes: Uint8Array): string {
  return formatHashBytes(sha256(bytes));
}

/**
 * Base58 of a hash, which is remembered for {@link hashBytes}.
 * @param hash - 32 bytes, not to be changed afterwards
 */
export function formatHashBytes(hash: Uint8Array): string {
  const text = encodeBase58(hash);
  remembered.keep(text, hash);
  return text;
}

/** SHA-256 of two hashes one after the other: an inner node of every Merkle tree here. */
export function combineHashes(left: Uint8Array, right: Uint8Array): Uint8Array {
  both.set(left);
  both.set(right, HASH_LENGTH);
  return sha256(both);
}

/** Filled anew each time. */
const both: Uint8Array = /* @__PURE__ */ new Uint8Array(2 * HASH_LENGTH);

const remembered: Memory<Uint8Array> = /* @__PURE__ */ createMemory();

/**
 * The raw bytes of a hash: shared, so not to be changed. The same few stand in header after header,
 * and ids come back from outcome to receipt to row.
 * @throws {RangeError} when it is not 32 bytes in base58
 */
export function hashBytes(hash: string): Uint8Array {
  const known = remembered.find(hash);
  if (known !== undefined) return known;
  const bytes = decodeBase58(hash);
  if (bytes.length !== HASH_LENGTH) {
    throw new RangeError(`expected a hash of ${HASH_LENGTH} bytes, got ${bytes.length}`);
  }
  remembered.keep(hash, bytes);
  return bytes;
}
