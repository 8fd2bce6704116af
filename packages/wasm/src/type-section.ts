/**
 * The section of function types.
 * @module
 */
import type { ByteReader } from "./byte-reader.ts";
import { MAX_TYPES, PARSER_MAX_PARAMS } from "./limits.ts";
import type { FunctionType, ModuleInfo } from "./module-info.ts";
import { PrepareError } from "./prepare-error.ts";
import { invalid } from "./refuse.ts";
import { checkValueType, nameOfType, NO_RESULT, sizeOfType } from "./value-types.ts";

const FUNCTION_TYPE = 0x60;

/** Reads the types. */
export function readTypes(reader: ByteReader, module: ModuleInfo): void {
  const count = reader.readU32();
  if (count > MAX_TYPES) {
    throw new PrepareError("TooManyTypes", `expected at most ${MAX_TYPES} types, got ${count}`);
  }
  for (let index = 0; index < count; index += 1) {
    module.types.push(readType(reader));
  }
}

function readType(reader: ByteReader): FunctionType {
  if (reader.readByte() !== FUNCTION_TYPE) {
    invalid("expected the type of a function");
  }
  const params = readValueTypes(reader, PARSER_MAX_PARAMS);
  const results = readValueTypes(reader, 1);
  return {
    params,
    paramsSize: params.reduce((size, type) => size + sizeOfType(type), 0),
    result: results[0] ?? NO_RESULT,
    signature: {
      params: Array.from(params, nameOfType),
      results: Array.from(results, nameOfType),
    },
    size: 2 + params.length + results.length,
  };
}

function readValueTypes(reader: ByteReader, limit: number): Uint8Array {
  const types = new Uint8Array(reader.readCount(limit));
  for (let index = 0; index < types.length; index += 1) {
    types[index] = checkValueType(reader.readByte());
  }
  return types;
}
