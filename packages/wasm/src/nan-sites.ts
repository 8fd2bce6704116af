/**
 * Where NaN results must be made canonical. nearcore does that after each arithmetic instruction; here it is done
 * only where a bit of the NaN could be seen: not where arithmetic or a comparison takes the result, and not where
 * a local holds it that is read for such purposes only.
 * @module
 */
import { MAX_LOCALS_PER_FUNCTION } from "./limits.ts";
import { F32, F64 } from "./value-types.ts";

/** Origin of an operand that is as it must be. Sites are above it, locals below. */
export const EXACT = 0;

/** Results of floating-point arithmetic in one function. */
export class NanSites {
  /** Sites, after {@link select} those where something is to be done. */
  count = 0;
  offsets: Int32Array = new Int32Array(0);
  types: Uint8Array = new Uint8Array(0);
  /** Whether operations of these types are among them. */
  hasF32 = false;
  hasF64 = false;
  /** Whether somebody sees the result; the local that holds it, plus 1. */
  #seen = new Uint8Array(0);
  #holders = new Int32Array(0);
  /** Locals that somebody sees. */
  readonly #seenLocals = new Uint8Array(MAX_LOCALS_PER_FUNCTION);

  /** Begins a function. */
  reset(bodySize: number): void {
    if (this.offsets.length < bodySize) {
      this.offsets = new Int32Array(bodySize);
      this.types = new Uint8Array(bodySize);
      this.#seen = new Uint8Array(bodySize);
      this.#holders = new Int32Array(bodySize);
    }
    this.count = 0;
    this.hasF32 = false;
    this.hasF64 = false;
  }

  /** Begins the code, in which so many locals can be named. */
  resetLocals(count: number): void {
    this.#seenLocals.fill(0, 0, count);
  }

  /** Adds the result of the instruction that ends at the offset, and returns its origin. */
  add(offset: number, type: number): number {
    const index = this.count;
    this.offsets[index] = offset;
    this.types[index] = type;
    this.#seen[index] = 0;
    this.#holders[index] = 0;
    this.count = index + 1;
    return index + 1;
  }

  /** The origin of what a local holds. */
  originOfLocal(local: number, type: number): number {
    return type === F32 || type === F64 ? -1 - local : EXACT;
  }

  /** Somebody sees an operand of this origin. */
  see(origin: number): void {
    if (origin > EXACT) {
      this.#seen[origin - 1] = 1;
    } else {
      this.#seenLocals[-1 - origin] = 1;
    }
  }

  /** A local holds an operand of this origin; for one from another local, or held twice, it is seen. */
  hold(origin: number, local: number): void {
    if (origin > EXACT && this.#holders[origin - 1] === 0) {
      this.#holders[origin - 1] = local + 1;
    } else {
      this.see(origin);
    }
  }

  /** Keeps the sites where something is to be done. */
  select(): void {
    let kept = 0;
    for (let index = 0; index < this.count; index += 1) {
      const holder = this.#holders[index] ?? 0;
      if (this.#seen[index] === 1 || (holder > 0 && this.#seenLocals[holder - 1] === 1)) {
        const type = this.types[index] ?? F64;
        this.offsets[kept] = this.offsets[index] ?? 0;
        this.types[kept] = type;
        this.hasF32 ||= type === F32;
        this.hasF64 ||= type === F64;
        kept += 1;
      }
    }
    this.count = kept;
  }
}
