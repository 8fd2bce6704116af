/**
 * The exports.
 * @module
 */
import type { ByteReader } from "./byte-reader.ts";
import { PARSER_MAX_ITEMS } from "./limits.ts";
import type { ModuleInfo } from "./module-info.ts";
import { invalid } from "./refuse.ts";

const FUNCTION = 0;
const TABLE = 1;
const MEMORY = 2;
const GLOBAL = 3;

/** Reads the exports and notes the functions among them; of the others nothing is used. */
export function readExports(reader: ByteReader, module: ModuleInfo): void {
  const count = reader.readCount(PARSER_MAX_ITEMS);
  const names = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    const name = reader.readName();
    if (names.size === names.add(name).size) {
      invalid(`expected different names of exports, got ${JSON.stringify(name)} again`);
    }
    readExport(reader, module, name);
  }
}

function readExport(reader: ByteReader, module: ModuleInfo, name: string): void {
  const kind = reader.readByte();
  const index = reader.readU32();
  switch (kind) {
    case FUNCTION: {
      module.addTypeSize(module.typeOfFunction(index).size);
      module.refer(index);
      module.exported.set(name, index);
      return;
    }
    case TABLE:
      module.checkTable(index);
      break;
    case MEMORY:
      module.checkMemory(index);
      break;
    case GLOBAL:
      module.globalAt(index);
      break;
    default:
      invalid(`expected a function, table, memory or global, got kind ${kind}`);
  }
  module.addTypeSize(1);
}
