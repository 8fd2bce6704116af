/**
 * Reads the binary format: bytes, LEB128 numbers as strictly as wasmparser does, names.
 * @module
 */
import { decodeUtf8 } from "@yoctonear/base";
import { PARSER_MAX_NAME } from "./limits.ts";
import { invalid } from "./refuse.ts";

const SHORT_NAME = 64;
const NOP = 0x01;

/** Walks through bytes up to a limit. */
export class ByteReader {
  bytes: Uint8Array;
  offset = 0;
  /** Where the present section or body ends. */
  end: number;
  #isCopy = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  /** Reads one byte. */
  readByte(): number {
    const { offset } = this;
    if (offset >= this.end) {
      invalid("expected more bytes, got the end");
    }
    this.offset = offset + 1;
    return this.bytes[offset] ?? 0;
  }

  /** Reads an unsigned number of 32 bits. */
  readU32(): number {
    const first = this.readByte();
    return first < 0x80 ? first : this.#readLongU32(first & 0x7f);
  }

  #readLongU32(low: number): number {
    let value = low;
    for (let shift = 7; shift < 28; shift += 7) {
      const byte = this.readByte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value;
      }
    }
    const last = this.readByte();
    if (last > 0x0f) {
      invalid("expected a number of 32 bits, got a longer one");
    }
    return (value | (last << 28)) >>> 0;
  }

  /**
   * Writes `count` zeros that were read from `start` on as short as can be, and `nop` in the place that this leaves: the code is
   * read already, so that they do not count. The bytes given are not changed.
   */
  shortenZeros(start: number, count: number): void {
    const end = start + count;
    if (this.offset === end) {
      return;
    }
    if (!this.#isCopy) {
      this.bytes = new Uint8Array(this.bytes);
      this.#isCopy = true;
    }
    this.bytes.fill(0, start, end).fill(NOP, end, this.offset);
  }

  /** Steps over a signed number of 32 bits. */
  skipS32(): void {
    this.#skipSigned(4, 0x78);
  }

  /** Steps over a signed number of 64 bits. */
  skipS64(): void {
    this.#skipSigned(9, 0x7f);
  }

  /** In the last byte possible, the bits beyond the number's own repeat its sign. */
  #skipSigned(wholeBytes: number, signBits: number): void {
    for (let index = 0; index < wholeBytes; index += 1) {
      if (this.readByte() < 0x80) {
        return;
      }
    }
    const last = this.readByte();
    const sign = last & signBits;
    if (last > 0x7f || (sign !== 0 && sign !== signBits)) {
      invalid("expected a number of fewer bits, got a longer one");
    }
  }

  /** Steps over `length` bytes. */
  skip(length: number): void {
    if (length > this.end - this.offset) {
      invalid(`expected ${length} more bytes, got ${this.end - this.offset}`);
    }
    this.offset += length;
  }

  /** Reads a count of items that the parser limits. */
  readCount(limit: number): number {
    const count = this.readU32();
    if (count > limit) {
      invalid(`expected at most ${limit} items, got ${count}`);
    }
    return count;
  }

  /** Reads a name. */
  readName(): string {
    const length = this.readCount(PARSER_MAX_NAME);
    const start = this.offset;
    this.skip(length);
    const name = this.bytes.subarray(start, this.offset);
    // Most names are short and ASCII, and a decoder takes longer to make than they to read.
    if (length < SHORT_NAME && name.every((byte) => byte < 0x80)) {
      return String.fromCharCode(...name);
    }
    try {
      return decodeUtf8(name);
    } catch {
      return invalid("expected a name in UTF-8");
    }
  }

  /** Checks that nothing is left of the present section. */
  checkEnd(): void {
    if (this.offset !== this.end) {
      invalid(`expected the section's end, got ${this.end - this.offset} more bytes`);
    }
  }
}
