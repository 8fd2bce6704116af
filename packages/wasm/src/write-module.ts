/**
 * Writes the module that the engine runs: sections that stay are copied whole.
 * @module
 */
import { encodeUtf8 } from "@yoctonear/base";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { MeteredFunctions } from "./code-section.ts";
import { INITIAL_MEMORY_PAGES, MAX_MEMORY_PAGES, MAX_TABLE_ELEMENTS } from "./limits.ts";
import type { ModuleInfo } from "./module-info.ts";
import { FUNCTION_PREFIX, type PreparedContract, STACK_BUDGET } from "./prepared-contract.ts";
import {
  CODE,
  DATA,
  DATA_COUNT,
  ELEMENTS,
  EXPORTS,
  FUNCTIONS,
  GLOBALS,
  IMPORTS,
  MEMORIES,
  type Section,
  type Sections,
  TABLES,
  TYPES,
} from "./sections.ts";
import { CALLED_INDEX, COUNTERS, SLOT_TYPES } from "./slots.ts";
import { F32, F64, FUNCREF, I32, I64 } from "./value-types.ts";

const HEADER_SIZE = 8;
/** Bytes of everything that is added outside of the code. */
const ADDITIONS_SIZE = 512;

const FUNCTION_EXPORT = 0;
const TABLE_EXPORT = 1;
const MEMORY_EXPORT = 2;
const GLOBAL_EXPORT = 3;
const WITH_MAXIMUM = 1;
const I32_CONST = 0x41;
const END = 0x0b;

/** Writes the module; tells where the flags of its memory are. */
export function writeModule(
  code: Uint8Array,
  module: ModuleInfo,
  sections: Sections,
  functions: MeteredFunctions | undefined,
): Pick<PreparedContract, "bytes" | "memoryFlags"> {
  const codeSize = functions?.writer.offset ?? 0;
  // Exports become longer by a byte each, and have at least four.
  const writer = new ByteWriter(2 * code.length + codeSize + ADDITIONS_SIZE);
  const copySection = (id: number): void => {
    const section = sections.get(id);
    if (section !== undefined) {
      writeSection(writer, id, () => writer.copy(code, section.start, section.end));
    }
  };
  writer.copy(code, 0, HEADER_SIZE);
  copySection(TYPES);
  copySection(IMPORTS);
  copySection(FUNCTIONS);
  writeSection(writer, TABLES, () => writeTables(writer, module));
  let memoryFlags = 0;
  writeSection(writer, MEMORIES, () => {
    memoryFlags = writeMemory(writer);
  });
  writeSection(writer, GLOBALS, () => writeGlobals(writer, code, module, sections.get(GLOBALS)));
  writeSection(writer, EXPORTS, () => writeExports(writer, module));
  copySection(ELEMENTS);
  copySection(DATA_COUNT);
  if (functions !== undefined) {
    writeSection(writer, CODE, () => writer.copy(functions.writer.bytes, 0, codeSize));
  }
  copySection(DATA);
  return { bytes: writer.finish(), memoryFlags };
}

function writeSection(writer: ByteWriter, id: number, writeContents: () => void): void {
  writer.writeByte(id);
  const size = writer.holdU28();
  writeContents();
  writer.patchU28(size);
}

/** Tables never grow beyond nearcore's limit. */
function writeTables(writer: ByteWriter, module: ModuleInfo): void {
  writer.writeU32(module.tables.length);
  for (const { minimum, maximum } of module.tables) {
    writer.writeByte(FUNCREF);
    writer.writeByte(WITH_MAXIMUM);
    writer.writeU32(minimum);
    writer.writeU32(Math.min(maximum, MAX_TABLE_ELEMENTS));
  }
}

/** Returns where its flags are. */
function writeMemory(writer: ByteWriter): number {
  writer.writeU32(1);
  const flags = writer.offset;
  writer.writeByte(WITH_MAXIMUM);
  writer.writeU32(INITIAL_MEMORY_PAGES);
  writer.writeU32(MAX_MEMORY_PAGES);
  return flags;
}

/** The globals of the contract, the counters of gas and stack, the slots of functions with many locals. */
function writeGlobals(
  writer: ByteWriter,
  code: Uint8Array,
  module: ModuleInfo,
  section: Section | undefined,
): void {
  writer.writeU32(module.globals.length + COUNTERS + SLOT_TYPES.length);
  if (section !== undefined) {
    const reader = new ByteReader(code);
    reader.offset = section.start;
    reader.readU32();
    writer.copy(code, reader.offset, section.end);
  }
  writeGlobal(writer, I64, 0);
  writeGlobal(writer, I32, STACK_BUDGET);
  for (const type of SLOT_TYPES) {
    writeGlobal(writer, type, 0);
  }
}

/** A global that can be set; {@link value} is of use for integers only. */
function writeGlobal(writer: ByteWriter, type: number, value: number): void {
  writer.writeByte(type);
  writer.writeByte(1);
  // The opcodes of constants go up as the types go down.
  writer.writeByte(I32_CONST + I32 - type);
  switch (type) {
    case F32:
      writer.writeBytes(new Uint8Array(4));
      break;
    case F64:
      writer.writeBytes(new Uint8Array(8));
      break;
    default:
      writer.writeSigned(value);
  }
  writer.writeByte(END);
}

/** The functions of the contract by prefixed names, then what the host uses. */
function writeExports(writer: ByteWriter, module: ModuleInfo): void {
  const gas = module.globals.length;
  const hasTable = module.tables.length > 0;
  const hasStart = module.start !== undefined;
  writer.writeU32(module.exported.size + 3 + (hasTable ? 2 : 0) + (hasStart ? 1 : 0));
  for (const [name, index] of module.exported) {
    writeExport(writer, FUNCTION_PREFIX + name, FUNCTION_EXPORT, index);
  }
  writeExport(writer, "memory", MEMORY_EXPORT, 0);
  writeExport(writer, "remaining_gas", GLOBAL_EXPORT, gas);
  writeExport(writer, "remaining_stack", GLOBAL_EXPORT, gas + 1);
  if (hasTable) {
    writeExport(writer, "table", TABLE_EXPORT, 0);
    writeExport(writer, "called_index", GLOBAL_EXPORT, gas + CALLED_INDEX);
  }
  if (module.start !== undefined) {
    writeExport(writer, "start", FUNCTION_EXPORT, module.start);
  }
}

function writeExport(writer: ByteWriter, name: string, kind: number, index: number): void {
  const bytes = encodeUtf8(name);
  writer.writeU32(bytes.length);
  writer.writeBytes(bytes);
  writer.writeByte(kind);
  writer.writeU32(index);
}
