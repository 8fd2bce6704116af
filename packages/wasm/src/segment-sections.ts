/**
 * What tables and memory begin with: element and data segments.
 * @module
 */
import type { ByteReader } from "./byte-reader.ts";
import { readConstant } from "./constant-expression.ts";
import { PARSER_MAX_SEGMENTS, PARSER_MAX_TABLE_ELEMENTS } from "./limits.ts";
import type { ModuleInfo } from "./module-info.ts";
import { invalid } from "./refuse.ts";
import { FUNCREF, I32 } from "./value-types.ts";

/** Bits of an element segment's flags. */
const PASSIVE_OR_DECLARED = 1;
const EXPLICIT = 2;
const EXPRESSIONS = 4;

/** Of a data segment. */
const ACTIVE = 0;
const PASSIVE = 1;
const ACTIVE_IN_MEMORY = 2;

/** Reads the element segments. */
export function readElements(reader: ByteReader, module: ModuleInfo): void {
  const count = reader.readCount(PARSER_MAX_SEGMENTS);
  for (let index = 0; index < count; index += 1) {
    readElementSegment(reader, module);
  }
  module.elementSegments = count;
}

function readElementSegment(reader: ByteReader, module: ModuleInfo): void {
  const flags = reader.readCount(7);
  if ((flags & PASSIVE_OR_DECLARED) === 0) {
    module.checkTable((flags & EXPLICIT) === 0 ? 0 : reader.readU32());
    readConstant(reader, module, I32);
  }
  const hasExpressions = (flags & EXPRESSIONS) !== 0;
  if ((flags & (PASSIVE_OR_DECLARED | EXPLICIT)) !== 0) {
    const kind = reader.readByte();
    if (kind !== (hasExpressions ? FUNCREF : 0)) {
      invalid(`expected a segment of functions, got kind ${kind}`);
    }
  }
  const count = reader.readCount(PARSER_MAX_TABLE_ELEMENTS);
  for (let index = 0; index < count; index += 1) {
    if (hasExpressions) {
      readConstant(reader, module, FUNCREF);
    } else {
      module.refer(reader.readU32());
    }
  }
}

/** Reads how many data segments there will be. */
export function readDataCount(reader: ByteReader, module: ModuleInfo): void {
  module.dataCount = reader.readCount(PARSER_MAX_SEGMENTS);
}

/** Reads the data segments. */
export function readData(reader: ByteReader, module: ModuleInfo): void {
  const count = reader.readCount(PARSER_MAX_SEGMENTS);
  for (let index = 0; index < count; index += 1) {
    const flags = reader.readCount(ACTIVE_IN_MEMORY);
    if (flags !== PASSIVE) {
      module.checkMemory(flags === ACTIVE ? 0 : reader.readU32());
      readConstant(reader, module, I32);
    }
    reader.skip(reader.readU32());
  }
  module.dataSegments = count;
}
