/**
 * Expressions that the engine evaluates before any code runs. Since contracts import no globals, each is one
 * constant.
 * @module
 */
import type { ByteReader } from "./byte-reader.ts";
import type { ModuleInfo } from "./module-info.ts";
import { invalid } from "./refuse.ts";
import { F32, F64, FUNCREF, I32, I64 } from "./value-types.ts";

const END = 0x0b;

/** Reads an expression that must give a value of the type. */
export function readConstant(reader: ByteReader, module: ModuleInfo, type: number): void {
  if (readConstantInstruction(reader, module) !== type) {
    invalid(`expected a constant of type 0x${type.toString(16)}`);
  }
  if (reader.readByte() !== END) {
    invalid("expected one instruction in a constant expression");
  }
}

/** Reads an instruction and returns the type of its result. */
function readConstantInstruction(reader: ByteReader, module: ModuleInfo): number {
  const opcode = reader.readByte();
  switch (opcode) {
    case 0x41: // i32.const
      reader.skipS32();
      return I32;
    case 0x42: // i64.const
      reader.skipS64();
      return I64;
    case 0x43: // f32.const
      reader.skip(4);
      return F32;
    case 0x44: // f64.const
      reader.skip(8);
      return F64;
    case 0xd0: // ref.null
      return reader.readByte() === FUNCREF ? FUNCREF : invalid("expected a null function");
    case 0xd2: // ref.func
      module.refer(reader.readU32());
      return FUNCREF;
    default:
      return invalid(`expected a constant instruction, got 0x${opcode.toString(16)}`);
  }
}
