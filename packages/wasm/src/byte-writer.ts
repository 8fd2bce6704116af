/**
 * Writes the binary format into a buffer that grows.
 * @module
 */

/** Bytes of a number that {@link ByteWriter.patchU28} fills in. */
const PATCHED_SIZE = 4;
/** Ranges up to this length are copied byte by byte, which costs less than a call. Measured on V8. */
const SHORT_RANGE = 40;

/** Collects bytes. Whoever writes reserves the room first. */
export class ByteWriter {
  bytes: Uint8Array<ArrayBuffer>;
  offset = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for `length` more bytes. */
  reserve(length: number): void {
    const needed = this.offset + length;
    if (needed > this.bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      grown.set(this.bytes.subarray(0, this.offset));
      this.bytes = grown;
    }
  }

  /** Appends a byte. */
  writeByte(byte: number): void {
    this.bytes[this.offset] = byte;
    this.offset += 1;
  }

  /** Appends an instruction with an index. */
  writeIndexed(opcode: number, index: number): void {
    this.writeByte(opcode);
    this.writeU32(index);
  }

  /** Appends an unsigned number of 32 bits. */
  writeU32(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.writeByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.writeByte(rest);
  }

  /** Appends a safe integer that is not negative, as a signed number. */
  writeSigned(value: number): void {
    let rest = value;
    while (rest > 0x7fff_ffff) {
      this.writeByte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    while (rest > 0x3f) {
      this.writeByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.writeByte(rest);
  }

  /** Appends bytes. */
  writeBytes(source: Uint8Array): void {
    this.bytes.set(source, this.offset);
    this.offset += source.length;
  }

  /** Appends a range of bytes. */
  copy(source: Uint8Array, start: number, end: number): void {
    if (end - start > SHORT_RANGE) {
      this.writeBytes(source.subarray(start, end));
      return;
    }
    const { bytes } = this;
    let { offset } = this;
    for (let index = start; index < end; index += 1) {
      bytes[offset] = source[index] ?? 0;
      offset += 1;
    }
    this.offset = offset;
  }

  /** Leaves room for a number below 2^28, and returns where. */
  holdU28(): number {
    const at = this.offset;
    this.offset += PATCHED_SIZE;
    return at;
  }

  /** Fills in how many bytes follow the room. */
  patchU28(at: number): void {
    const value = this.offset - at - PATCHED_SIZE;
    this.bytes[at] = (value & 0x7f) | 0x80;
    this.bytes[at + 1] = ((value >>> 7) & 0x7f) | 0x80;
    this.bytes[at + 2] = ((value >>> 14) & 0x7f) | 0x80;
    this.bytes[at + 3] = (value >>> 21) & 0x7f;
  }

  /** Takes a copy of what was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.offset);
  }
}
