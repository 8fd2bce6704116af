/**
 * Prepares a contract: reads the module once, section by section, so that its first error counts, and writes the
 * one that the engine runs.
 * Sources: nearcore runtime/near-vm-runner/src/prepare (`prepare_v3.rs`, `instrument_v3.rs`).
 * @module
 */
import { ByteReader } from "./byte-reader.ts";
import { type MeteredFunctions, readCode } from "./code-section.ts";
import { readExports } from "./export-section.ts";
import { readFunctions, readStart } from "./function-section.ts";
import { readImports } from "./import-section.ts";
import { ModuleInfo } from "./module-info.ts";
import { instanceSize } from "./nearcore-size.ts";
import type { FunctionSignature, PreparedContract } from "./prepared-contract.ts";
import { invalid } from "./refuse.ts";
import { readData, readDataCount, readElements } from "./segment-sections.ts";
import {
  CODE,
  CUSTOM,
  DATA,
  DATA_COUNT,
  ELEMENTS,
  EXPORTS,
  FUNCTIONS,
  GLOBALS,
  IMPORTS,
  MEMORIES,
  Sections,
  START,
  TABLES,
  TYPES,
} from "./sections.ts";
import { readGlobals, readMemories, readTables } from "./storage-sections.ts";
import { readTypes } from "./type-section.ts";
import { writeModule } from "./write-module.ts";

/** Magic number and version. */
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/**
 * Validates a contract as nearcore does at protocol 86, and puts the counting of gas and stack into its code.
 * @param code - the WebAssembly module as it was deployed
 * @returns the module to run, with what it imports and exports
 * @throws {PrepareError} nearcore's name of what is wrong
 * @example
 * ```ts
 * import { prepareContract } from "@yoctonear/wasm";
 * const empty = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
 * prepareContract(empty).functions.size; // 0
 * ```
 */
export function prepareContract(code: Uint8Array): PreparedContract {
  const reader = new ByteReader(code);
  readHeader(reader);
  const module = new ModuleInfo();
  const sections = new Sections();
  let functions: MeteredFunctions | undefined;
  while (reader.offset < code.length) {
    const id = reader.readByte();
    const size = reader.readU32();
    const start = reader.offset;
    reader.skip(size);
    const end = reader.offset;
    reader.offset = start;
    reader.end = end;
    sections.add(id, start, end);
    functions = readSection(id, reader, module) ?? functions;
    reader.checkEnd();
    reader.end = code.length;
  }
  checkWhole(module, functions);
  functions?.limits.check();
  return {
    ...writeModule(code, module, sections, functions),
    imports: module.imports,
    functions: exportedFunctions(module),
    hasStart: module.start !== undefined,
    localCount: functions?.limits.locals ?? 0,
    instanceSize: instanceSize(module),
  };
}

function readHeader(reader: ByteReader): void {
  for (const byte of HEADER) {
    if (reader.readByte() !== byte) {
      invalid("expected a WebAssembly module of version 1");
    }
  }
}

function readSection(
  id: number,
  reader: ByteReader,
  module: ModuleInfo,
): MeteredFunctions | undefined {
  switch (id) {
    case CUSTOM:
      reader.readName();
      reader.offset = reader.end;
      return;
    case TYPES:
      readTypes(reader, module);
      return;
    case IMPORTS:
      readImports(reader, module);
      return;
    case FUNCTIONS:
      readFunctions(reader, module);
      return;
    case TABLES:
      readTables(reader, module);
      return;
    case MEMORIES:
      readMemories(reader, module);
      return;
    case GLOBALS:
      readGlobals(reader, module);
      return;
    case EXPORTS:
      readExports(reader, module);
      return;
    case START:
      readStart(reader, module);
      return;
    case ELEMENTS:
      readElements(reader, module);
      return;
    case DATA_COUNT:
      readDataCount(reader, module);
      return;
    case CODE:
      return readCode(reader, module);
    case DATA:
      readData(reader, module);
      return;
    default:
      invalid(`expected a section, got ${id}`);
  }
}

/** What only the end of the module tells. */
function checkWhole(module: ModuleInfo, functions: MeteredFunctions | undefined): void {
  if (functions === undefined && module.functions.length > module.imports.length) {
    invalid("expected bodies of the functions");
  }
  if (module.dataCount !== undefined && module.dataCount !== module.dataSegments) {
    invalid(`expected ${module.dataCount} data segments, got ${module.dataSegments}`);
  }
}

function exportedFunctions(module: ModuleInfo): Map<string, FunctionSignature> {
  const functions = new Map<string, FunctionSignature>();
  for (const [name, index] of module.exported) {
    functions.set(name, module.typeOfFunction(index).signature);
  }
  return functions;
}
