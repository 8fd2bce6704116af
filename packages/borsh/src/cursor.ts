/**
 * The two ends of a codec: a {@link Writer} that grows, a {@link Reader} that never reads past the end.
 * @module
 */
import { refuse } from "./errors.ts";

const FIRST_CAPACITY = 512;

/**
 * Collects the bytes of an encoding.
 * @example
 * ```ts
 * import { u8, Writer } from "@yoctonear/borsh";
 * const writer = new Writer();
 * u8.write(writer, 7);
 * writer.finish(); // Uint8Array [7]
 * ```
 */
export class Writer {
  /** Bytes written so far. */
  offset = 0;
  /** Levels of a value that contains itself, at this point. */
  depth = 0;
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #view = new DataView(this.#bytes.buffer);

  /** Makes room for `length` bytes and returns the view to write them into, at the old offset. */
  reserve(length: number): DataView {
    const end = this.offset + length;
    if (end > this.#bytes.length) {
      // Room to spare, so that what follows a large array does not copy it again.
      const grown = new Uint8Array(Math.max(end + FIRST_CAPACITY, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.offset));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.offset = end;
    return this.#view;
  }

  /** Appends bytes as they are. */
  writeBytes(bytes: Uint8Array): void {
    const start = this.offset;
    this.reserve(bytes.length);
    this.#bytes.set(bytes, start);
  }

  /** Takes a copy of the bytes written so far. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.offset);
  }
}

/**
 * Walks through the bytes of an encoding.
 * @example
 * ```ts
 * import { Reader, u8 } from "@yoctonear/borsh";
 * const reader = new Reader(Uint8Array.of(7, 8));
 * u8.read(reader); // 7
 * reader.offset; // 1
 * ```
 */
export class Reader {
  /** Bytes read so far. */
  offset = 0;
  /** Levels of a value that contains itself, at this point. */
  depth = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.#bytes.length - this.offset;
  }

  /**
   * Steps over `length` bytes and returns the view to read them from, at the old offset.
   * @throws {BorshError} `unexpected_end`
   */
  advance(length: number): DataView {
    if (length > this.remaining) {
      refuse(this.offset, "unexpected_end", `${length} more bytes`, this.remaining);
    }
    this.offset += length;
    return this.#view;
  }

  /**
   * Copies the next `length` bytes.
   * @throws {BorshError} `unexpected_end`
   */
  readBytes(length: number): Uint8Array<ArrayBuffer> {
    const start = this.offset;
    this.advance(length);
    return new Uint8Array(this.#bytes.subarray(start, this.offset));
  }
}
