/**
 * One pass over the code of a function: validates it, finds the size of its operand stack, and where it pays
 * for gas.
 * Sources: WebAssembly specification (binary format, validation); wasmparser 0.236 for what it leaves open.
 * @module
 */
import { walkControl } from "./control-instructions.ts";
import type { FunctionState } from "./function-state.ts";
import { OPCODES, PREFIX } from "./opcodes.ts";
import { walkPrefixed } from "./prefixed-instructions.ts";
import { walkReference } from "./reference-instructions.ts";
import { invalid } from "./refuse.ts";
import { walkVariable } from "./variable-instructions.ts";
import { walkSimple } from "./walk-simple.ts";

/** Walks through the instructions of a body, from the reader's offset to its end. */
export function walkFunction(state: FunctionState): void {
  const { known } = OPCODES;
  const { reader, types, points } = state;
  while (reader.offset < reader.end) {
    if (types.depth === 0) {
      invalid("expected the end of the body after its last end");
    }
    const offset = reader.offset;
    points.at(offset);
    const opcode = reader.readByte();
    if (known[opcode] === 1) {
      walkSimple(state, opcode);
    } else if (opcode < 0x12) {
      walkControl(state, opcode);
    } else if (opcode < 0x25) {
      walkVariable(state, opcode);
    } else if (opcode === PREFIX) {
      walkPrefixed(state);
    } else {
      walkReference(state, opcode);
    }
  }
  if (types.depth > 0) {
    invalid("expected an end of the body");
  }
}
