/**
 * SHA-256 of many small things, by the hasher of noble: its rounds run on a block that is filled here. What noble does
 * around them leaves views and copies to the garbage collector, which cost as much as hashing two blocks.
 * @module
 */
import { _SHA256 } from "@noble/hashes/sha2.js";

const HASH_LENGTH = 32;
const BLOCK_LENGTH = 64;
/** Where the length of the message stands in its last block. */
const LENGTH_OFFSET = 56;

class Hasher extends _SHA256 {
  hashInto(bytes: Uint8Array, target: Uint8Array, offset: number): void {
    const { buffer, view } = this;
    const { length } = bytes;
    // The first 32 bits of the fractional parts of the square roots of the first 8 primes (FIPS 180-4).
    this.set(
      0x6a09e667,
      0xbb67ae85,
      0x3c6ef372,
      0xa54ff53a,
      0x510e527f,
      0x9b05688c,
      0x1f83d9ab,
      0x5be0cd19,
    );
    let pos = 0;
    for (let end = BLOCK_LENGTH; end <= length; pos = end, end += BLOCK_LENGTH) {
      buffer.set(length === BLOCK_LENGTH ? bytes : bytes.subarray(pos, end));
      this.process(view, 0);
    }
    let filled = 0;
    while (pos < length) buffer[filled++] = bytes[pos++] ?? 0;
    buffer[filled++] = 0x80;
    if (filled > LENGTH_OFFSET) {
      buffer.fill(0, filled);
      this.process(view, 0);
      filled = 0;
    }
    buffer.fill(0, filled, LENGTH_OFFSET);
    // In bits.
    view.setUint32(LENGTH_OFFSET, length / 2 ** 29);
    view.setUint32(LENGTH_OFFSET + 4, length * 8);
    this.process(view, 0);
    writeWord(target, offset, this.A);
    writeWord(target, offset + 4, this.B);
    writeWord(target, offset + 8, this.C);
    writeWord(target, offset + 12, this.D);
    writeWord(target, offset + 16, this.E);
    writeWord(target, offset + 20, this.F);
    writeWord(target, offset + 24, this.G);
    writeWord(target, offset + 28, this.H);
  }
}

let hasher: Hasher | undefined;

/** SHA-256, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const hash = new Uint8Array(HASH_LENGTH);
  hashInto(bytes, hash, 0);
  return hash;
}

/** Writes the SHA-256 of bytes into a target. */
export function hashInto(bytes: Uint8Array, target: Uint8Array, offset: number): void {
  hasher ??= new Hasher();
  hasher.hashInto(bytes, target, offset);
}

function writeWord(target: Uint8Array, offset: number, word: number): void {
  target[offset] = word >>> 24;
  target[offset + 1] = word >>> 16;
  target[offset + 2] = word >>> 8;
  target[offset + 3] = word;
}
