/**
 * The types of the functions that a module defines, and the function that starts it.
 * @module
 */
import type { ByteReader } from "./byte-reader.ts";
import { PARSER_MAX_ITEMS } from "./limits.ts";
import type { ModuleInfo } from "./module-info.ts";
import { invalid } from "./refuse.ts";
import { NO_RESULT } from "./value-types.ts";

/** Reads the type of each function. */
export function readFunctions(reader: ByteReader, module: ModuleInfo): void {
  const count = reader.readCount(PARSER_MAX_ITEMS - module.functions.length);
  for (let index = 0; index < count; index += 1) {
    const type = reader.readU32();
    module.typeAt(type);
    module.functions.push(type);
  }
}

/** Reads which function starts the module. */
export function readStart(reader: ByteReader, module: ModuleInfo): void {
  const index = reader.readU32();
  const { params, result } = module.typeOfFunction(index);
  if (params.length > 0 || result !== NO_RESULT) {
    invalid("expected a start function without parameters and results");
  }
  module.start = index;
}
