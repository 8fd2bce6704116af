/**
 * Blocks, branches, calls.
 * @module
 */
import type { FunctionState } from "./function-state.ts";
import { NOTHING, SHOWS_GAS, SHOWS_STACK } from "./gas-points.ts";
import { PARSER_MAX_BRANCH_TARGETS } from "./limits.ts";
import type { FunctionType } from "./module-info.ts";
import { invalid } from "./refuse.ts";
import { BLOCK_FRAME, IF_FRAME, LOOP_FRAME } from "./type-stack.ts";
import { FUNCREF, I32, isValueType, NO_RESULT, sizeOfType } from "./value-types.ts";

/** Walks through an instruction with an opcode below 0x12. */
export function walkControl(state: FunctionState, opcode: number): void {
  const { types, sizes, points } = state;
  switch (opcode) {
    case 0x00: // unreachable
      points.trap();
      types.leave();
      sizes.leave();
      return;
    case 0x01: // nop
      points.pure(1);
      return;
    case 0x02: // block
      points.block();
      enter(state, BLOCK_FRAME);
      return;
    case 0x03: // loop
      points.loop();
      enter(state, LOOP_FRAME);
      return;
    case 0x04: // if
      points.condition();
      types.pop(I32);
      sizes.apply(1, 0);
      enter(state, IF_FRAME);
      return;
    case 0x05: // else
      types.otherwise();
      sizes.otherwise();
      points.otherwise();
      return;
    case 0x0b: // end
      points.end();
      sizes.end(sizeOfType(types.end()));
      return;
    default:
      walkBranch(state, opcode);
  }
}

function walkBranch(state: FunctionState, opcode: number): void {
  const { types, points, reader } = state;
  switch (opcode) {
    case 0x0c: // br
      branch(state, reader.readU32());
      return;
    case 0x0d: // br_if
      branchIf(state, reader.readU32());
      return;
    case 0x0e: // br_table
      branchTable(state);
      return;
    case 0x0f: // return
      points.effect(1, SHOWS_GAS);
      goTo(state, types.depth - 1);
      return;
    case 0x10: // call
      call(state, reader.readU32());
      return;
    case 0x11: // call_indirect
      callIndirect(state);
      return;
    default:
      invalid(`expected an instruction, got 0x${opcode.toString(16)}`);
  }
}

/** Opens a block; its type is empty or one value, never a function type. */
function enter(state: FunctionState, kind: number): void {
  const type = state.reader.readByte();
  if (type !== NO_RESULT && !isValueType(type)) {
    invalid("expected a block without parameters and with at most one result");
  }
  state.types.enter(kind, type);
  state.sizes.enter();
  state.blocks += 1;
}

/** A branch that leaves the function shows its gas to the caller. */
function dutyOfLabel(state: FunctionState, label: number): number {
  return label === state.types.depth - 1 ? SHOWS_GAS : NOTHING;
}

function branch(state: FunctionState, label: number): void {
  state.points.effect(1, dutyOfLabel(state, label));
  goTo(state, label);
}

/** Takes along what the label wants; what follows is not reached. */
function goTo(state: FunctionState, label: number): void {
  const { types, sizes, points } = state;
  const type = types.labelType(label);
  if (type !== NO_RESULT) {
    types.pop(type);
  }
  points.branch(label);
  types.leave();
  sizes.leave();
  points.leave();
}

function branchIf(state: FunctionState, label: number): void {
  const { types, sizes, points } = state;
  types.pop(I32);
  sizes.apply(1, 0);
  types.popAndPush(types.labelType(label));
  points.effect(1, dutyOfLabel(state, label));
  points.branch(label);
}

function branchTable(state: FunctionState): void {
  const { reader, types, sizes, points } = state;
  types.pop(I32);
  const count = reader.readCount(PARSER_MAX_BRANCH_TARGETS);
  let duty = NOTHING;
  let hasOperand: boolean | undefined;
  // The default comes last, after as many others as counted.
  for (let index = 0; index <= count; index += 1) {
    const label = reader.readU32();
    const type = types.labelType(label);
    hasOperand ??= type !== NO_RESULT;
    if (hasOperand !== (type !== NO_RESULT)) {
      invalid("expected labels with equally many operands in br_table");
    }
    types.peek(type);
    duty |= dutyOfLabel(state, label);
    points.branch(label);
  }
  points.effect(1, duty);
  types.leave();
  sizes.leave();
  points.leave();
}

function call(state: FunctionState, index: number): void {
  const type = state.module.typeOfFunction(index);
  const isImported = index < state.module.imports.length;
  state.callsFunctions ||= !isImported;
  state.points.call(isImported ? SHOWS_GAS : SHOWS_GAS | SHOWS_STACK);
  callType(state, type);
}

function callIndirect(state: FunctionState): void {
  const { reader, module, types } = state;
  state.indirectCalls.add(reader.offset - 1);
  const type = module.typeAt(reader.readU32());
  module.checkTable(reader.readU32());
  types.pop(I32);
  state.callsFunctions = true;
  state.points.call(SHOWS_GAS | SHOWS_STACK);
  callType(state, type);
}

/** finite-wasm takes as many operands off as there are parameters, also for `call_indirect`. */
function callType(state: FunctionState, type: FunctionType): void {
  const { types, sizes } = state;
  for (let index = type.params.length - 1; index >= 0; index -= 1) {
    types.pop(type.params[index] ?? FUNCREF);
  }
  if (type.result !== NO_RESULT) {
    types.push(type.result);
  }
  sizes.apply(type.params.length, sizeOfType(type.result));
}
