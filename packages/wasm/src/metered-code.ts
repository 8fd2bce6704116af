/**
 * Writes the code that counts gas and stack. The gas that is left stands in a global; a function works on a copy
 * of it in a slot, and shows it in the global before anybody can look: a callee, a caller, the host after a trap.
 * The stack that is left is shown before calls, and not restored after them, as every function shows its own.
 * Both are subtracted first; a negative result is shown, and the code traps.
 * @module
 */
import type { ByteWriter } from "./byte-writer.ts";
import type { FunctionState } from "./function-state.ts";
import { SHOWS_GAS, SHOWS_STACK, TAKES_GAS } from "./gas-points.ts";
import { CALLED_INDEX, type Slots, writeGet, writeSet, writeTee } from "./slots.ts";
import { F32 } from "./value-types.ts";

/** Gas of a regular instruction, and of one element or byte where the cost depends on their number. */
export const REGULAR_COST = 822_756;
/** Bytes of a frame that cost as much as an instruction when it is entered. */
const BYTES_PER_COST = 8;
const CANONICAL_NAN_F32 = [0, 0, 0xc0, 0x7f];
const CANONICAL_NAN_F64 = [0, 0, 0, 0, 0, 0, 0xf8, 0x7f];

const UNREACHABLE = 0x00;
const IF = 0x04;
const END = 0x0b;
const SELECT = 0x1b;
const GLOBAL_GET = 0x23;
const GLOBAL_SET = 0x24;
const I32_CONST = 0x41;
const I64_CONST = 0x42;
const F32_CONST = 0x43;
const F64_CONST = 0x44;
const I32_LT_S = 0x48;
const I64_LT_S = 0x53;
const F32_EQ = 0x5b;
const F64_EQ = 0x61;
const I32_SUB = 0x6b;
const I64_ADD = 0x7c;
const I64_SUB = 0x7d;
const I64_MUL = 0x7e;
const I64_EXTEND_I32_U = 0xad;
const NO_TYPE = 0x40;

/** Writes the counting code of one function. */
export class MeteredCode {
  readonly #writer: ByteWriter;
  readonly #slots: Slots;
  /** The two counters. */
  readonly #gas: number;
  readonly #stack: number;
  readonly #calledIndex: number;
  /** Whether the slot may hold other gas than the global. */
  #isHidden = false;

  constructor(writer: ByteWriter, state: FunctionState, slots: Slots) {
    this.#writer = writer;
    this.#slots = slots;
    this.#gas = state.module.globals.length;
    this.#stack = this.#gas + 1;
    this.#calledIndex = this.#gas + CALLED_INDEX;
  }

  /** Takes the function's frame from the stack; keeps the rest for the calls, if it makes any. */
  writeStackCheck(size: number, callsFunctions: boolean): void {
    const writer = this.#writer;
    writer.writeIndexed(GLOBAL_GET, this.#stack);
    writer.writeByte(I32_CONST);
    writer.writeSigned(size);
    if (callsFunctions) {
      writer.writeByte(I32_SUB);
      writeTee(writer, this.#slots, this.#slots.stack);
      writer.writeByte(I32_CONST);
      writer.writeByte(0);
    }
    writer.writeByte(I32_LT_S);
    this.#openIf();
    writer.writeByte(I32_CONST);
    writer.writeByte(0x7f);
    writer.writeIndexed(GLOBAL_SET, this.#stack);
    this.#closeTrap();
  }

  /** Pays for entering with a frame of so many bytes, and at once at the first point, which costs `first`. */
  writeEntry(frameSize: number, first: number, duty: number): void {
    const total = Math.ceil(frameSize / BYTES_PER_COST) + first;
    this.#subtract(total, duty | TAKES_GAS);
    this.#openIf();
    if (first > 0) {
      this.#writeFailedEntry(first);
    } else {
      this.#showInTrap(duty);
    }
    this.#closeTrap();
    this.#finishPoint(duty);
  }

  /** Shows what would be left had the entry been paid alone, if it cannot be paid; else the whole. */
  #writeFailedEntry(first: number): void {
    const writer = this.#writer;
    const { gas } = this.#slots;
    writeGet(writer, this.#slots, gas);
    this.#pushCost(first);
    writer.writeByte(I64_ADD);
    writeGet(writer, this.#slots, gas);
    writeGet(writer, this.#slots, gas);
    this.#pushCost(first);
    writer.writeByte(I64_ADD);
    writer.writeByte(I64_CONST);
    writer.writeByte(0);
    writer.writeByte(I64_LT_S);
    writer.writeByte(SELECT);
    writer.writeIndexed(GLOBAL_SET, this.#gas);
  }

  /** Pays at a point. */
  writePoint(cost: number, duty: number): void {
    if (cost === 0) {
      this.#takeGas(duty);
      return;
    }
    this.#subtract(cost, duty);
    this.#openIf();
    this.#showInTrap(duty);
    this.#closeTrap();
    this.#finishPoint(duty);
  }

  /** Pays at a point where the operand on top is the number of elements or bytes. */
  writeAggregate(cost: number): void {
    const writer = this.#writer;
    const { gas, count } = this.#slots;
    writeTee(writer, this.#slots, count);
    writeGet(writer, this.#slots, gas);
    this.#pushCost(cost);
    writer.writeByte(I64_SUB);
    writeGet(writer, this.#slots, count);
    writer.writeByte(I64_EXTEND_I32_U);
    this.#pushCost(1);
    writer.writeByte(I64_MUL);
    writer.writeByte(I64_SUB);
    this.#keepDifference(SHOWS_GAS);
    this.#openIf();
    this.#closeTrap();
  }

  /** Makes the result on top canonical if it is NaN. */
  writeCanonicalNan(type: number): void {
    const writer = this.#writer;
    const isF32 = type === F32;
    const slot = isF32 ? this.#slots.f32 : this.#slots.f64;
    writeTee(writer, this.#slots, slot);
    writer.writeByte(isF32 ? F32_CONST : F64_CONST);
    for (const byte of isF32 ? CANONICAL_NAN_F32 : CANONICAL_NAN_F64) {
      writer.writeByte(byte);
    }
    writeGet(writer, this.#slots, slot);
    writeGet(writer, this.#slots, slot);
    writer.writeByte(isF32 ? F32_EQ : F64_EQ);
    writer.writeByte(SELECT);
  }

  /** Shows the index on top, which is about to be called. */
  writeCalledIndex(): void {
    this.#writer.writeIndexed(GLOBAL_SET, this.#calledIndex);
    this.#writer.writeIndexed(GLOBAL_GET, this.#calledIndex);
  }

  /** Shows the gas to the caller. */
  writeExit(): void {
    if (this.#isHidden) {
      writeGet(this.#writer, this.#slots, this.#slots.gas);
      this.#writer.writeIndexed(GLOBAL_SET, this.#gas);
    }
  }

  #takeGas(duty: number): void {
    if ((duty & TAKES_GAS) !== 0) {
      this.#writer.writeIndexed(GLOBAL_GET, this.#gas);
      writeSet(this.#writer, this.#slots, this.#slots.gas);
    }
  }

  /** Subtracts a cost, and compares the rest with nothing. */
  #subtract(cost: number, duty: number): void {
    if ((duty & TAKES_GAS) === 0) {
      writeGet(this.#writer, this.#slots, this.#slots.gas);
    } else {
      this.#writer.writeIndexed(GLOBAL_GET, this.#gas);
    }
    this.#pushCost(cost);
    this.#writer.writeByte(I64_SUB);
    this.#keepDifference(duty);
  }

  #keepDifference(duty: number): void {
    const writer = this.#writer;
    writeTee(writer, this.#slots, this.#slots.gas);
    if ((duty & SHOWS_GAS) === 0) {
      this.#isHidden = true;
    } else {
      writer.writeIndexed(GLOBAL_SET, this.#gas);
      writeGet(writer, this.#slots, this.#slots.gas);
    }
    writer.writeByte(I64_CONST);
    writer.writeByte(0);
    writer.writeByte(I64_LT_S);
  }

  /** What is shown already need not be shown again. */
  #showInTrap(duty: number): void {
    if ((duty & SHOWS_GAS) === 0) {
      writeGet(this.#writer, this.#slots, this.#slots.gas);
      this.#writer.writeIndexed(GLOBAL_SET, this.#gas);
    }
  }

  #finishPoint(duty: number): void {
    if ((duty & SHOWS_STACK) !== 0) {
      writeGet(this.#writer, this.#slots, this.#slots.stack);
      this.#writer.writeIndexed(GLOBAL_SET, this.#stack);
    }
  }

  #pushCost(cost: number): void {
    this.#writer.writeByte(I64_CONST);
    this.#writer.writeSigned(cost * REGULAR_COST);
  }

  #openIf(): void {
    this.#writer.writeByte(IF);
    this.#writer.writeByte(NO_TYPE);
  }

  #closeTrap(): void {
    this.#writer.writeByte(UNREACHABLE);
    this.#writer.writeByte(END);
  }
}
