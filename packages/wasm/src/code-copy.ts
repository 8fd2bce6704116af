/**
 * Copies the original code in ranges as long as can be.
 * @module
 */
import type { ByteWriter } from "./byte-writer.ts";
import type { FunctionState } from "./function-state.ts";
import type { MeteredCode } from "./metered-code.ts";
import type { NanSites } from "./nan-sites.ts";

/** The copying of one function's code. */
export class CodeCopy {
  readonly #writer: ByteWriter;
  readonly #source: Uint8Array;
  readonly #nans: NanSites;
  readonly #code: MeteredCode;
  #copied: number;
  #nextNan = 0;

  constructor(writer: ByteWriter, state: FunctionState, code: MeteredCode, start: number) {
    this.#writer = writer;
    this.#source = state.reader.bytes;
    this.#nans = state.nans;
    this.#code = code;
    this.#copied = start;
  }

  /** Copies up to an offset; results on the way are made canonical where they must be. */
  copyTo(offset: number): void {
    const { count, offsets, types } = this.#nans;
    while (this.#nextNan < count && (offsets[this.#nextNan] ?? 0) <= offset) {
      this.#copyRange(offsets[this.#nextNan] ?? 0);
      this.#code.writeCanonicalNan(types[this.#nextNan] ?? 0);
      this.#nextNan += 1;
    }
    this.#copyRange(offset);
  }

  #copyRange(end: number): void {
    this.#writer.copy(this.#source, this.#copied, end);
    this.#copied = end;
  }
}
