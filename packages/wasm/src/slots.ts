/**
 * Where metered code keeps its own values: in locals of its own behind those of the function; where these would
 * be too many for an engine, in globals, since the stack budget allows only one such frame at a time.
 * @module
 */
import type { ByteWriter } from "./byte-writer.ts";
import type { FunctionState } from "./function-state.ts";
import { MAX_LOCALS_PER_FUNCTION } from "./limits.ts";
import { F32, F64, I32, I64 } from "./value-types.ts";

/** Types of the slots: gas left, stack left, a count of elements, floating-point results. */
export const SLOT_TYPES: readonly number[] = [I64, I32, I32, F32, F64];
/** The counters come first after the globals of the contract. */
export const COUNTERS = 2;

/** Place of the index called last, counted from the counters on: it shares the global of a count. */
export const CALLED_INDEX: number = COUNTERS + 2;

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;
const GLOBAL_GET = 0x23;
const GLOBAL_SET = 0x24;

/** Indices of the slots. */
export interface Slots {
  readonly inGlobals: boolean;
  readonly gas: number;
  readonly stack: number;
  readonly count: number;
  readonly f32: number;
  readonly f64: number;
}

/** Places the slots of a function. */
export function createSlots(state: FunctionState): Slots {
  const inGlobals = state.localCount + SLOT_TYPES.length > MAX_LOCALS_PER_FUNCTION;
  const first = inGlobals ? state.module.globals.length + COUNTERS : state.localCount;
  if (inGlobals) {
    return {
      inGlobals,
      gas: first,
      stack: first + 1,
      count: first + 2,
      f32: first + 3,
      f64: first + 4,
    };
  }
  const stack = first + 1;
  const count = stack + (state.callsFunctions ? 1 : 0);
  const f32 = count + (state.hasAggregates ? 1 : 0);
  const f64 = f32 + (state.nans.hasF32 ? 1 : 0);
  return { inGlobals, gas: first, stack, count, f32, f64 };
}

/** Writes the declaration of a function's locals: the original ones as they are, then those of the slots. */
export function writeLocals(
  writer: ByteWriter,
  state: FunctionState,
  slots: Slots,
  source: { readonly groups: number; readonly localsStart: number; readonly codeStart: number },
): void {
  const types = slots.inGlobals ? [] : slotTypes(state);
  writer.writeU32(source.groups + types.length);
  writer.copy(state.reader.bytes, source.localsStart, source.codeStart);
  for (const type of types) {
    writer.writeByte(1);
    writer.writeByte(type);
  }
}

function slotTypes(state: FunctionState): number[] {
  return [
    I64,
    ...(state.callsFunctions ? [I32] : []),
    ...(state.hasAggregates ? [I32] : []),
    ...(state.nans.hasF32 ? [F32] : []),
    ...(state.nans.hasF64 ? [F64] : []),
  ];
}

/** Writes the code that pushes a slot's value. */
export function writeGet(writer: ByteWriter, slots: Slots, slot: number): void {
  writer.writeIndexed(slots.inGlobals ? GLOBAL_GET : LOCAL_GET, slot);
}

/** Writes the code that pops a slot's value. */
export function writeSet(writer: ByteWriter, slots: Slots, slot: number): void {
  writer.writeIndexed(slots.inGlobals ? GLOBAL_SET : LOCAL_SET, slot);
}

/** Writes the code that copies the operand on top into a slot. */
export function writeTee(writer: ByteWriter, slots: Slots, slot: number): void {
  if (slots.inGlobals) {
    writer.writeIndexed(GLOBAL_SET, slot);
    writer.writeIndexed(GLOBAL_GET, slot);
    return;
  }
  writer.writeIndexed(LOCAL_TEE, slot);
}
