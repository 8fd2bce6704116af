/**
 * Instructions that the tables describe.
 * @module
 */
import type { ByteReader } from "./byte-reader.ts";
import type { FunctionState } from "./function-state.ts";
import { SHOWS_GAS } from "./gas-points.ts";
import {
  F32_CONSTANT,
  F64_CONSTANT,
  MEMORY_ARGUMENT,
  OPCODES,
  S32_CONSTANT,
  S64_CONSTANT,
} from "./opcodes.ts";
import { invalid } from "./refuse.ts";

/** An instruction that the tables describe. */
export function walkSimple(state: FunctionState, index: number): void {
  const { top, second, result, immediate, alignment, traps } = OPCODES;
  const { sizePops, sizePush, canonical, hidesNan } = OPCODES;
  const { reader, points } = state;
  const operands = immediate[index] ?? 0;
  if (operands > 0) {
    skipImmediate(state, operands, alignment[index] ?? 0);
  }
  const first = top[index] ?? 0;
  if (first > 0) {
    popOperands(state, first, second[index] ?? 0, hidesNan[index] === 1);
  }
  state.sizes.apply(sizePops[index] ?? 0, sizePush[index] ?? 0);
  if (traps[index] === 1) {
    points.effect(1, SHOWS_GAS);
  } else {
    points.pure(1);
  }
  const type = result[index] ?? 0;
  if (canonical[index] === 1) {
    state.types.pushFrom(type, state.nans.add(reader.offset, type));
  } else if (type > 0) {
    state.types.push(type);
  }
}

function popOperands(state: FunctionState, top: number, second: number, hidesNan: boolean): void {
  const { types } = state;
  if (hidesNan) {
    types.popUnseen(top);
    if (second > 0) {
      types.popUnseen(second);
    }
    return;
  }
  types.pop(top);
  if (second > 0) {
    types.pop(second);
  }
}

function skipImmediate(state: FunctionState, kind: number, naturalAlignment: number): void {
  const { reader } = state;
  switch (kind) {
    case MEMORY_ARGUMENT:
      state.module.checkMemory(0);
      skipMemoryArgument(reader, naturalAlignment);
      return;
    case S32_CONSTANT:
      reader.skipS32();
      return;
    case S64_CONSTANT:
      reader.skipS64();
      return;
    case F32_CONSTANT:
      reader.skip(4);
      return;
    case F64_CONSTANT:
      reader.skip(8);
      return;
    default:
  }
}

function skipMemoryArgument(reader: ByteReader, naturalAlignment: number): void {
  const actual = reader.readU32();
  if (actual > naturalAlignment) {
    invalid(`expected an alignment of at most 2^${naturalAlignment}, got 2^${actual}`);
  }
  reader.readU32();
}
