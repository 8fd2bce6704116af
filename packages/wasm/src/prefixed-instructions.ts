/**
 * Saturating conversions, and what works on many elements at once.
 * @module
 */
import type { FunctionState } from "./function-state.ts";
import { PREFIXED } from "./opcodes.ts";
import { invalid } from "./refuse.ts";
import { FUNCREF, I32 } from "./value-types.ts";
import { walkSimple } from "./walk-simple.ts";

/** Saturating conversions have the numbers below this. */
const FIRST_BULK = 8;

/** Walks through an instruction that begins with 0xfc, from its number on. */
export function walkPrefixed(state: FunctionState): void {
  const number = state.reader.readU32();
  if (number < FIRST_BULK) {
    walkSimple(state, PREFIXED + number);
    return;
  }
  walkBulk(state, number);
}

function walkBulk(state: FunctionState, number: number): void {
  const { reader, module, types, sizes, points } = state;
  switch (number) {
    case 8: // memory.init
      const segment = reader.readU32();
      readMemories(state, 1);
      module.checkDataSegment(segment);
      payByCount(state, I32);
      return;
    case 9: // data.drop
      module.checkDataSegment(reader.readU32());
      points.pure(1);
      return;
    case 10: // memory.copy
      readMemories(state, 2);
      payByCount(state, I32);
      return;
    case 11: // memory.fill
      readMemories(state, 1);
      payByCount(state, I32);
      return;
    case 12: // table.init
      module.checkElementSegment(reader.readU32());
      module.checkTable(reader.readU32());
      payByCount(state, I32);
      return;
    case 13: // elem.drop
      module.checkElementSegment(reader.readU32());
      points.pure(1);
      return;
    case 14: // table.copy
      module.checkTable(reader.readU32());
      module.checkTable(reader.readU32());
      payByCount(state, I32);
      return;
    case 15: // table.grow
      module.checkTable(reader.readU32());
      types.pop(I32);
      types.pop(FUNCREF);
      types.push(I32);
      sizes.apply(2, 4);
      points.aggregate();
      state.hasAggregates = true;
      return;
    case 16: // table.size
      module.checkTable(reader.readU32());
      types.push(I32);
      sizes.apply(0, 4);
      points.pure(1);
      return;
    case 17: // table.fill
      module.checkTable(reader.readU32());
      payByCount(state, FUNCREF);
      return;
    default:
      invalid(`expected an instruction, got 0xfc ${number}`);
  }
}

/** Unlike in `memory.size`, a zero may be longer than a byte; engines that know one memory only do not take it so. */
function readMemories({ reader, module }: FunctionState, count: number): void {
  const start = reader.offset;
  for (let left = count; left > 0; left -= 1) {
    module.checkMemory(reader.readU32());
  }
  reader.shortenZeros(start, count);
}

/** Takes where, what or from where, and how many. */
function payByCount(state: FunctionState, second: number): void {
  const { types, sizes, points } = state;
  types.pop(I32);
  types.pop(second);
  types.pop(I32);
  sizes.apply(3, 0);
  points.aggregate();
  state.hasAggregates = true;
}
