/**
 * Copies the original code in ranges as long as can be.
 * @module
 */
import type { ByteWriter } from "./byte-writer.ts";
import type { FunctionState } from "./function-state.ts";
import type { IndirectCalls } from "./indirect-calls.ts";
import type { MeteredCode } from "./metered-code.ts";
import type { NanSites } from "./nan-sites.ts";

/** The copying of one function's code. */
export class CodeCopy {
  readonly #writer: ByteWriter;
  readonly #source: Uint8Array;
  readonly #nans: NanSites;
  readonly #calls: IndirectCalls;
  readonly #code: MeteredCode;
  #copied: number;
  #nextNan = 0;
  #nextCall = 0;

  constructor(writer: ByteWriter, state: FunctionState, code: MeteredCode, start: number) {
    this.#writer = writer;
    this.#source = state.reader.bytes;
    this.#nans = state.nans;
    this.#calls = state.indirectCalls;
    this.#code = code;
    this.#copied = start;
  }

  /** Copies up to an offset; on the way, results become canonical where they must, and indices are noted. */
  copyTo(offset: number): void {
    for (;;) {
      const nan = offsetOf(this.#nans, this.#nextNan);
      const call = offsetOf(this.#calls, this.#nextCall);
      if (nan > offset && call > offset) {
        break;
      }
      if (nan < call) {
        this.#copyRange(nan);
        this.#code.writeCanonicalNan(this.#nans.types[this.#nextNan] ?? 0);
        this.#nextNan += 1;
      } else {
        this.#copyRange(call);
        this.#code.writeCalledIndex();
        this.#nextCall += 1;
      }
    }
    this.#copyRange(offset);
  }

  #copyRange(end: number): void {
    this.#writer.copy(this.#source, this.#copied, end);
    this.#copied = end;
  }
}

/** Where the next of some places is; beyond any offset, where there is none. */
function offsetOf(
  { count, offsets }: { readonly count: number; readonly offsets: Int32Array },
  index: number,
): number {
  return index < count ? (offsets[index] ?? 0) : Infinity;
}
