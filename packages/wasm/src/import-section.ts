/**
 * The imports: a contract may import functions of the host, and nothing else.
 * @module
 */
import type { ByteReader } from "./byte-reader.ts";
import { MAX_FUNCTIONS, PARSER_MAX_ITEMS, PARSER_MAX_TABLES } from "./limits.ts";
import type { ModuleInfo } from "./module-info.ts";
import { PrepareError } from "./prepare-error.ts";
import { invalid } from "./refuse.ts";
import { readGlobalType, readMemoryType, readTableType } from "./storage-sections.ts";

const HOST_MODULE = "env";

const FUNCTION = 0;
const TABLE = 1;
const MEMORY = 2;
const GLOBAL = 3;

/** Reads the imports; what nearcore forbids counts only once all of them are valid. */
export function readImports(reader: ByteReader, module: ModuleInfo): void {
  const count = reader.readCount(PARSER_MAX_ITEMS);
  const found = { tables: 0, memories: 0 };
  let refusal: PrepareError | undefined;
  for (let index = 0; index < count; index += 1) {
    const moduleName = reader.readName();
    const name = reader.readName();
    const kind = reader.readByte();
    readEntity(reader, module, kind, name, found);
    refusal ??= refuseImport(module, moduleName, kind);
  }
  reader.checkEnd();
  if (refusal !== undefined) {
    throw refusal;
  }
}

function readEntity(
  reader: ByteReader,
  module: ModuleInfo,
  kind: number,
  name: string,
  found: { tables: number; memories: number },
): void {
  switch (kind) {
    case FUNCTION: {
      const type = reader.readU32();
      const { signature, size } = module.typeAt(type);
      module.addTypeSize(size);
      module.functions.push(type);
      module.imports.push({ name, signature });
      return;
    }
    case TABLE:
      readTableType(reader);
      found.tables += 1;
      break;
    case MEMORY:
      readMemoryType(reader);
      found.memories += 1;
      break;
    case GLOBAL:
      readGlobalType(reader);
      break;
    default:
      invalid(`expected a function, table, memory or global, got kind ${kind}`);
  }
  if (found.tables > PARSER_MAX_TABLES || found.memories > 1) {
    invalid("expected at most one memory and a hundred tables");
  }
}

function refuseImport(
  module: ModuleInfo,
  moduleName: string,
  kind: number,
): PrepareError | undefined {
  if (moduleName !== HOST_MODULE) {
    return new PrepareError("Instantiate", `expected imports from ${HOST_MODULE} only`);
  }
  if (kind === MEMORY) {
    return new PrepareError("Memory", "expected the memory not to be imported");
  }
  if (kind !== FUNCTION) {
    return new PrepareError("Instantiate", "expected imports of functions only");
  }
  return module.functions.length > MAX_FUNCTIONS
    ? new PrepareError("TooManyFunctions", `expected at most ${MAX_FUNCTIONS} functions`)
    : undefined;
}
