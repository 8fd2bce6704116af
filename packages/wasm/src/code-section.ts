/**
 * The bodies of the functions: validated, held to the limits, written again with their metering.
 * @module
 */
import type { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { ContractLimits } from "./contract-limits.ts";
import { FunctionState } from "./function-state.ts";
import { MAX_BODY_SIZE, MAX_FUNCTIONS } from "./limits.ts";
import type { FunctionType, ModuleInfo } from "./module-info.ts";
import { nearcoreSize } from "./nearcore-size.ts";
import { PrepareError } from "./prepare-error.ts";
import { invalid } from "./refuse.ts";
import { checkValueType } from "./value-types.ts";
import { walkFunction } from "./walk-function.ts";
import { type BodyParts, writeFunction } from "./write-function.ts";

/** How much longer code becomes, roughly. */
const GROWTH = 3;

/** Functions of a module, metered. */
export interface MeteredFunctions {
  /** What the section holds. */
  readonly writer: ByteWriter;
  readonly limits: ContractLimits;
}

/** Reads the bodies and writes them metered. */
export function readCode(reader: ByteReader, module: ModuleInfo): MeteredFunctions {
  const count = readBodyCount(reader, module);
  const state = new FunctionState(reader, module);
  const limits = new ContractLimits();
  const sectionEnd = reader.end;
  const writer = new ByteWriter((sectionEnd - reader.offset) * GROWTH);
  writer.reserve(8);
  writer.writeU32(count);
  for (let index = 0; index < count; index += 1) {
    reader.end = sectionEnd;
    reader.end = readBodyEnd(reader);
    const type = module.typeOfFunction(module.imports.length + index);
    const body = readLocals(state, type, limits);
    walkFunction(state);
    limits.countFunction(state, type);
    if (limits.allowsOutput) {
      writeFunction(writer, state, body);
      limits.countSize(nearcoreSize(state, body));
    }
  }
  reader.end = sectionEnd;
  return { writer, limits };
}

/** The limit on functions counts before it matters whether each of them has a body. */
function readBodyCount(reader: ByteReader, module: ModuleInfo): number {
  const count = reader.readU32();
  const imported = module.imports.length;
  if (imported + count > MAX_FUNCTIONS) {
    const message = `expected at most ${MAX_FUNCTIONS} functions, got ${imported + count}`;
    throw new PrepareError("TooManyFunctions", message);
  }
  const declared = module.functions.length - imported;
  return count === declared ? count : invalid(`expected ${declared} bodies, got ${count}`);
}

function readBodyEnd(reader: ByteReader): number {
  const size = reader.readU32();
  const start = reader.offset;
  reader.skip(size);
  reader.offset = start;
  if (size > MAX_BODY_SIZE) {
    const message = `expected at most ${MAX_BODY_SIZE} bytes in a function, got ${size}`;
    throw new PrepareError("FunctionBodyTooLarge", message);
  }
  return start + size;
}

/** Reads the groups of locals; the contract's limit on them counts before their validity. */
function readLocals(state: FunctionState, type: FunctionType, limits: ContractLimits): BodyParts {
  const { reader } = state;
  const bodyStart = reader.offset;
  const groups = reader.readU32();
  const localsStart = reader.offset;
  for (let index = 0; index < groups; index += 1) {
    limits.countLocals(reader.readU32());
    reader.readByte();
  }
  const codeStart = reader.offset;
  reader.offset = localsStart;
  state.reset(type, reader.end - bodyStart);
  for (let index = 0; index < groups; index += 1) {
    const count = reader.readU32();
    state.addLocals(count, checkValueType(reader.readByte()));
  }
  state.nans.resetLocals(state.localCount);
  return { groups, localsStart, codeStart, end: reader.end };
}
