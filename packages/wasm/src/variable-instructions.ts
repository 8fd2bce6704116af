/**
 * Operands, locals, globals.
 * @module
 */
import type { FunctionState } from "./function-state.ts";
import { invalid } from "./refuse.ts";
import { ANY, checkValueType, FUNCREF, I32, sizeOfType } from "./value-types.ts";

/** Walks through an instruction with an opcode from 0x12 to 0x24. */
export function walkVariable(state: FunctionState, opcode: number): void {
  state.points.pure(1);
  switch (opcode) {
    case 0x1a: // drop
      state.types.popAny();
      state.sizes.apply(1, 0);
      return;
    case 0x1b: // select
      select(state);
      return;
    case 0x1c: // select of a given type
      selectTyped(state);
      return;
    case 0x20: // local.get
      getLocal(state, state.reader.readU32());
      return;
    case 0x21: // local.set
      setLocal(state, state.reader.readU32());
      return;
    case 0x22: // local.tee
      teeLocal(state, state.reader.readU32());
      return;
    case 0x23: // global.get
      getGlobal(state, state.reader.readU32());
      return;
    case 0x24: // global.set
      setGlobal(state, state.reader.readU32());
      return;
    default:
      invalid(`expected an instruction, got 0x${opcode.toString(16)}`);
  }
}

function getLocal(state: FunctionState, local: number): void {
  const type = state.localAt(local);
  state.types.pushFrom(type, state.nans.originOfLocal(local, type));
  state.sizes.apply(0, sizeOfType(type));
}

function setLocal(state: FunctionState, local: number): void {
  state.types.popInto(local, state.localAt(local));
  state.sizes.apply(1, 0);
}

function teeLocal(state: FunctionState, local: number): void {
  const type = state.localAt(local);
  state.types.pushFrom(type, state.types.popInto(local, type));
}

function getGlobal(state: FunctionState, index: number): void {
  const type = state.module.globalAt(index);
  state.types.push(type);
  state.sizes.apply(0, sizeOfType(type));
}

function setGlobal(state: FunctionState, index: number): void {
  state.types.pop(state.module.globalAt(index));
  state.sizes.apply(1, 0);
  if (state.module.mutable[index] !== true) {
    invalid(`expected a global that can be set, got ${index}`);
  }
}

function select(state: FunctionState): void {
  const { types } = state;
  types.pop(I32);
  const first = types.popAny();
  const second = types.popAny();
  if (first === FUNCREF || second === FUNCREF) {
    invalid("expected numbers in select without a type");
  }
  if (first !== second && first !== ANY && second !== ANY) {
    invalid("expected operands of the same type in select");
  }
  types.push(first === ANY ? second : first);
  state.sizes.apply(2, 0);
}

function selectTyped(state: FunctionState): void {
  const { reader, types } = state;
  if (reader.readU32() !== 1) {
    invalid("expected one type in select");
  }
  const type = checkValueType(reader.readByte());
  types.pop(I32);
  types.pop(type);
  types.pop(type);
  types.push(type);
  state.sizes.apply(2, 0);
}
