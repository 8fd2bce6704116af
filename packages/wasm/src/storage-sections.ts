/**
 * What holds values: tables, memories, globals.
 * @module
 */
import type { ByteReader } from "./byte-reader.ts";
import { readConstant } from "./constant-expression.ts";
import {
  MAX_TABLE_ELEMENTS,
  MAX_TABLES,
  PARSER_MAX_ITEMS,
  PARSER_MAX_MEMORY_PAGES,
  PARSER_MAX_TABLE_ELEMENTS,
  PARSER_MAX_TABLES,
} from "./limits.ts";
import type { Limits, ModuleInfo } from "./module-info.ts";
import { PrepareError } from "./prepare-error.ts";
import { invalid } from "./refuse.ts";
import { checkValueType, FUNCREF } from "./value-types.ts";

const LARGEST_U32 = 0xffff_ffff;

/** Reads the tables. */
export function readTables(reader: ByteReader, module: ModuleInfo): void {
  const count = reader.readCount(PARSER_MAX_TABLES);
  const tables: Limits[] = [];
  for (let index = 0; index < count; index += 1) {
    tables.push(readTableType(reader));
  }
  reader.checkEnd();
  if (count > MAX_TABLES) {
    throw new PrepareError("TooManyTables", `expected at most ${MAX_TABLES} table, got ${count}`);
  }
  for (const { minimum } of tables) {
    if (minimum > MAX_TABLE_ELEMENTS) {
      const message = `expected at most ${MAX_TABLE_ELEMENTS} elements, got ${minimum}`;
      throw new PrepareError("TooManyTableElements", message);
    }
  }
  module.tables.push(...tables);
}

/** Reads the type of a table. */
export function readTableType(reader: ByteReader): Limits {
  if (reader.readByte() !== FUNCREF) {
    invalid("expected a table of functions");
  }
  const limits = readLimits(reader, LARGEST_U32);
  return limits.minimum > PARSER_MAX_TABLE_ELEMENTS
    ? invalid(`expected at most ${PARSER_MAX_TABLE_ELEMENTS} elements, got ${limits.minimum}`)
    : limits;
}

/** Reads the memories. */
export function readMemories(reader: ByteReader, module: ModuleInfo): void {
  const count = reader.readCount(1);
  for (let index = 0; index < count; index += 1) {
    readMemoryType(reader);
  }
  module.memories = count;
}

/** Reads the type of a memory. */
export function readMemoryType(reader: ByteReader): void {
  readLimits(reader, PARSER_MAX_MEMORY_PAGES);
}

/** Reads a minimum and perhaps a maximum; without one, it is what is possible. */
function readLimits(reader: ByteReader, possible: number): Limits {
  const flags = reader.readByte();
  if (flags > 1) {
    invalid(`expected limits of 32 bits that are not shared, got flags ${flags}`);
  }
  const minimum = reader.readCount(possible);
  const maximum = flags === 1 ? reader.readCount(possible) : possible;
  return minimum > maximum
    ? invalid(`expected a maximum of at least ${minimum}, got ${maximum}`)
    : { minimum, maximum };
}

/** Reads the globals. */
export function readGlobals(reader: ByteReader, module: ModuleInfo): void {
  const count = reader.readCount(PARSER_MAX_ITEMS);
  for (let index = 0; index < count; index += 1) {
    const { type, isMutable } = readGlobalType(reader);
    readConstant(reader, module, type);
    module.globals.push(type);
    module.mutable.push(isMutable);
  }
}

/** Reads the type of a global. */
export function readGlobalType(reader: ByteReader): { type: number; isMutable: boolean } {
  const type = checkValueType(reader.readByte());
  const mutability = reader.readByte();
  if (mutability > 1) {
    invalid(`expected a global to be mutable or not, got ${mutability}`);
  }
  return { type, isMutable: mutability === 1 };
}
