/**
 * Tables' entries, the memory's size, references.
 * @module
 */
import type { FunctionState } from "./function-state.ts";
import { SHOWS_GAS } from "./gas-points.ts";
import { invalid } from "./refuse.ts";
import { ANY, FUNCREF, I32 } from "./value-types.ts";

/** Walks through an instruction with an opcode of 0x25 and above that the tables do not describe. */
export function walkReference(state: FunctionState, opcode: number): void {
  const { reader, module, types, sizes, points } = state;
  switch (opcode) {
    case 0x25: // table.get
      module.checkTable(reader.readU32());
      types.pop(I32);
      types.push(FUNCREF);
      sizes.apply(1, 8);
      points.effect(1, SHOWS_GAS);
      return;
    case 0x26: // table.set
      module.checkTable(reader.readU32());
      types.pop(FUNCREF);
      types.pop(I32);
      sizes.apply(2, 0);
      points.effect(1, SHOWS_GAS);
      return;
    case 0x3f: // memory.size
      checkOnlyMemory(state);
      types.push(I32);
      sizes.apply(0, 4);
      points.pure(1);
      return;
    case 0x40: // memory.grow
      checkOnlyMemory(state);
      types.popAndPush(I32);
      points.aggregate();
      state.hasAggregates = true;
      return;
    case 0xd0: // ref.null
      if (reader.readByte() !== FUNCREF) {
        invalid("expected references to functions only");
      }
      types.push(FUNCREF);
      sizes.apply(0, 8);
      points.pure(1);
      return;
    case 0xd1: // ref.is_null
      checkReference(types.popAny());
      types.push(I32);
      sizes.apply(1, 4);
      points.pure(1);
      return;
    case 0xd2: // ref.func
      checkReferenced(state, reader.readU32());
      types.push(FUNCREF);
      sizes.apply(0, 8);
      points.pure(1);
      return;
    default:
      invalid(`expected an instruction, got 0x${opcode.toString(16)}`);
  }
}

/** The byte that stands where newer versions have the index of a memory. */
function checkOnlyMemory(state: FunctionState): void {
  if (state.reader.readByte() !== 0) {
    invalid("expected memory 0");
  }
  state.module.checkMemory(0);
}

function checkReference(type: number): void {
  if (type !== FUNCREF && type !== ANY) {
    invalid("expected a reference");
  }
}

function checkReferenced(state: FunctionState, index: number): void {
  state.module.typeOfFunction(index);
  if (!state.module.referenced.has(index)) {
    invalid(`expected a function that is declared or exported, got ${index}`);
  }
}
