/**
 * The operands and labels of the validation algorithm of the WebAssembly specification (appendix A.3).
 * @module
 */
import { EXACT, type NanSites } from "./nan-sites.ts";
import { invalid } from "./refuse.ts";
import { ANY, NO_RESULT } from "./value-types.ts";

/** What opened a frame. */
const FUNCTION_FRAME = 0;
export const BLOCK_FRAME = 1;
export const LOOP_FRAME = 2;
export const IF_FRAME = 3;
const ELSE_FRAME = 4;

/** Types of the operands, and the frames of the blocks that are open. */
export class TypeStack {
  /** Open frames; 0 after the function's last `end`. */
  depth = 0;
  readonly #nans: NanSites;
  #operands = new Uint8Array(0);
  /** Where NaN operands come from. */
  #origins = new Int32Array(0);
  #height = 0;
  /** Height at which the present frame began, and whether its code can be reached. */
  #base = 0;
  #reachable = true;

  #kinds = new Uint8Array(0);
  #results = new Uint8Array(0);
  #bases = new Int32Array(0);
  #reachables = new Uint8Array(0);

  constructor(nans: NanSites) {
    this.#nans = nans;
  }

  /** Begins a function whose body has this many bytes: no instruction pushes more than one operand. */
  reset(bodySize: number, result: number): void {
    const capacity = bodySize + 2;
    if (this.#operands.length < capacity) {
      this.#operands = new Uint8Array(capacity);
      this.#origins = new Int32Array(capacity);
      this.#kinds = new Uint8Array(capacity);
      this.#results = new Uint8Array(capacity);
      this.#bases = new Int32Array(capacity);
      this.#reachables = new Uint8Array(capacity);
    }
    this.depth = 0;
    this.#height = 0;
    this.#reachable = true;
    this.enter(FUNCTION_FRAME, result);
  }

  /** Pushes an operand. */
  push(type: number): void {
    this.pushFrom(type, EXACT);
  }

  /** Pushes an operand that may be a NaN of this origin. */
  pushFrom(type: number, origin: number): void {
    this.#operands[this.#height] = type;
    this.#origins[this.#height] = origin;
    this.#height += 1;
  }

  /** Pops an operand that must have the type. */
  pop(type: number): void {
    checkType(type, this.popAny());
  }

  /** Pops an operand; {@link ANY} where code is not reached. */
  popAny(): number {
    const type = this.#popUnseen();
    const origin = this.#origins[this.#height] ?? EXACT;
    if (origin !== EXACT && type !== ANY) {
      this.#nans.see(origin);
    }
    return type;
  }

  /** Pops an operand for an instruction that treats all NaN alike. */
  popUnseen(type: number): void {
    checkType(type, this.#popUnseen());
  }

  /** Pops an operand that a local will hold, and returns its origin. */
  popInto(local: number, type: number): number {
    const actual = this.#popUnseen();
    checkType(type, actual);
    const origin = actual === ANY ? EXACT : (this.#origins[this.#height] ?? EXACT);
    if (origin !== EXACT) {
      this.#nans.hold(origin, local);
    }
    return origin;
  }

  #popUnseen(): number {
    if (this.#height === this.#base) {
      return this.#reachable ? invalid("expected an operand, got none") : ANY;
    }
    this.#height -= 1;
    return this.#operands[this.#height] ?? ANY;
  }

  /** Pops what a branch takes along that may not happen, and pushes it again. */
  popAndPush(type: number): void {
    if (type !== NO_RESULT) {
      this.pop(type);
      this.push(type);
    }
  }

  /** Checks what one of many branches takes along, and leaves it as it is. */
  peek(type: number): void {
    if (type === NO_RESULT) {
      return;
    }
    const actual = this.popAny();
    checkType(type, actual);
    this.push(actual);
  }

  /** Opens a frame. */
  enter(kind: number, result: number): void {
    const { depth } = this;
    this.#bases[depth] = this.#base;
    this.#reachables[depth] = this.#reachable ? 1 : 0;
    this.#kinds[depth] = kind;
    this.#results[depth] = result;
    this.#base = this.#height;
    this.#reachable = true;
    this.depth = depth + 1;
  }

  /** Marks the rest of the frame as never reached. */
  leave(): void {
    this.#height = this.#base;
    this.#reachable = false;
  }

  /** Ends the first half of an `if`. */
  otherwise(): void {
    const { depth } = this;
    if (this.#kinds[depth - 1] !== IF_FRAME) {
      invalid("expected an else only in an if");
    }
    this.#closeFrame();
    this.#kinds[depth - 1] = ELSE_FRAME;
    this.#reachable = true;
  }

  /** Ends a frame, and tells the type of its result. */
  end(): number {
    const top = this.depth - 1;
    const result = this.#results[top] ?? NO_RESULT;
    this.#closeFrame();
    if (this.#kinds[top] === IF_FRAME && result !== NO_RESULT) {
      invalid("expected an else, since the if has a result");
    }
    this.depth = top;
    this.#base = this.#bases[top] ?? 0;
    this.#reachable = this.#reachables[top] === 1;
    if (result !== NO_RESULT) {
      this.push(result);
    }
    return result;
  }

  /** Checks that the frame leaves its result and nothing else. */
  #closeFrame(): void {
    const result = this.#results[this.depth - 1] ?? NO_RESULT;
    if (result !== NO_RESULT) {
      this.pop(result);
    }
    if (this.#height !== this.#base) {
      invalid("expected no operand to be left at the end of a block");
    }
  }

  /** The type of what a branch to the label takes along. */
  labelType(label: number): number {
    if (label >= this.depth) {
      invalid(`expected a label below ${this.depth}, got ${label}`);
    }
    const frame = this.depth - 1 - label;
    return this.#kinds[frame] === LOOP_FRAME ? NO_RESULT : (this.#results[frame] ?? NO_RESULT);
  }
}

function checkType(expected: number, actual: number): void {
  if (actual !== expected && actual !== ANY) {
    invalid(`expected an operand of type 0x${expected.toString(16)}, got 0x${actual.toString(16)}`);
  }
}
