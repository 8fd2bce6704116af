/**
 * Bytes for tests.
 * @module
 */

/** A copy with one byte changed. */
export function withByte(bytes: Uint8Array, index: number, value: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  copy[index] = value;
  return copy;
}

/** A copy with one bit flipped. */
export function withBitFlipped(bytes: Uint8Array, bit: number): Uint8Array<ArrayBuffer> {
  return withByte(bytes, bit >> 3, (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
}
