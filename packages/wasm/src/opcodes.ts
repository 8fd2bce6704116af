/**
 * The instructions that a table can describe: fixed operand types, at most one result.
 * Source: WebAssembly specification, binary format of instructions; finite-wasm src/instruction_categories.rs.
 * @module
 */
import { F32, F64, I32, I64, sizeOfType } from "./value-types.ts";

/** What follows an opcode, unless it is 0: nothing then. */
export const MEMORY_ARGUMENT = 1;
export const S32_CONSTANT = 2;
export const S64_CONSTANT = 3;
export const F32_CONSTANT = 4;
export const F64_CONSTANT = 5;

/** Index in the tables of the first instruction that begins with {@link PREFIX}. */
export const PREFIXED = 0x100;
export const PREFIX = 0xfc;

const FIRST_CONVERSION = 0xa7;
/** Operand and result of each conversion by opcode: i32 and f32 are small letters, i64 and f64 large ones. */
const CONVERSIONS =
  "Ii fi fi Fi Fi iI iI fI fI FI FI if if If If Ff iF iF IF IF fF fi FI if IF ii ii II II II";
const SATURATING = "fi fi Fi Fi fI fI FI FI";
const TYPE_OF_LETTER: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  ["i", I32],
  ["I", I64],
  ["f", F32],
  ["F", F64],
]);

/** Facts of instructions, each in a table by opcode. */
export interface OpcodeTable {
  /** 1 where the tables know the instruction. */
  readonly known: Uint8Array;
  /** Types of the operand on top and of the one below it; 0: none. */
  readonly top: Uint8Array;
  readonly second: Uint8Array;
  /** Type of the result; 0: none. */
  readonly result: Uint8Array;
  readonly immediate: Uint8Array;
  /** Logarithm of the natural alignment. */
  readonly alignment: Uint8Array;
  /** 1 where the instruction may trap. */
  readonly traps: Uint8Array;
  /** How finite-wasm's simulation of operand sizes sees the instruction. */
  readonly sizePops: Uint8Array;
  readonly sizePush: Uint8Array;
  /** 1 where a NaN that results must be the canonical one. */
  readonly canonical: Uint8Array;
  /** 1 where no bit of a NaN operand can be seen in the result. */
  readonly hidesNan: Uint8Array;
}

/** The table. */
export const OPCODES: OpcodeTable = /* @__PURE__ */ createTable();

function createTable(): OpcodeTable {
  const create = (): Uint8Array => new Uint8Array(PREFIXED + 8);
  const table = {
    known: create(),
    top: create(),
    second: create(),
    result: create(),
    immediate: create(),
    alignment: create(),
    traps: create(),
    sizePops: create(),
    sizePush: create(),
    canonical: create(),
    hidesNan: create(),
  };
  addConstants(table);
  addMemory(table);
  addIntegers(table, 0x45, 0x67, 0x6a, I32);
  addIntegers(table, 0x50, 0x79, 0x7c, I64);
  addFloats(table, 0x5b, 0x8b, F32);
  addFloats(table, 0x61, 0x99, F64);
  addConversions(table);
  return table;
}

function addConstants(table: OpcodeTable): void {
  const constants = [
    [I32, S32_CONSTANT],
    [I64, S64_CONSTANT],
    [F32, F32_CONSTANT],
    [F64, F64_CONSTANT],
  ] as const;
  for (const [index, [type, immediate]] of constants.entries()) {
    define(table, 0x41 + index, [], type);
    table.immediate[0x41 + index] = immediate;
  }
}

function addMemory(table: OpcodeTable): void {
  const loads = [I32, I64, F32, F64, I32, I32, I32, I32, I64, I64, I64, I64, I64, I64];
  const stores = [I32, I64, F32, F64, I32, I32, I64, I64, I64];
  const alignments = [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2];
  for (const [index, type] of loads.entries()) {
    define(table, 0x28 + index, [I32], type);
  }
  for (const [index, type] of stores.entries()) {
    define(table, 0x36 + index, [I32, type], 0);
  }
  for (const [index, alignment] of alignments.entries()) {
    table.immediate[0x28 + index] = MEMORY_ARGUMENT;
    table.alignment[0x28 + index] = alignment;
    table.traps[0x28 + index] = 1;
  }
}

/** Tests and comparisons from `test`, three unary and fifteen binary operations of an integer type. */
function addIntegers(
  table: OpcodeTable,
  test: number,
  unary: number,
  binary: number,
  type: number,
): void {
  define(table, test, [type], I32);
  for (let opcode = test + 1; opcode <= test + 10; opcode += 1) {
    define(table, opcode, [type, type], I32);
  }
  for (let opcode = unary; opcode < unary + 3; opcode += 1) {
    define(table, opcode, [type], type);
    keepOperand(table, opcode, 0);
  }
  for (let opcode = binary; opcode < binary + 15; opcode += 1) {
    define(table, opcode, [type, type], type);
    keepOperand(table, opcode, 1);
  }
  // Divisions and remainders.
  table.traps.fill(1, binary + 3, binary + 7);
}

/** Six comparisons, seven unary and seven binary operations of a floating-point type. */
function addFloats(table: OpcodeTable, compare: number, unary: number, type: number): void {
  for (let opcode = compare; opcode < compare + 6; opcode += 1) {
    define(table, opcode, [type, type], I32);
    table.hidesNan[opcode] = 1;
  }
  for (let opcode = unary; opcode < unary + 14; opcode += 1) {
    const isBinary = opcode >= unary + 7;
    define(table, opcode, isBinary ? [type, type] : [type], type);
    keepOperand(table, opcode, isBinary ? 1 : 0);
  }
  // All but abs, neg and copysign, which move the sign bit only.
  for (let opcode = unary + 2; opcode < unary + 13; opcode += 1) {
    table.canonical[opcode] = 1;
    table.hidesNan[opcode] = 1;
  }
}

function addConversions(table: OpcodeTable): void {
  for (const [index, pair] of CONVERSIONS.split(" ").entries()) {
    defineConversion(table, FIRST_CONVERSION + index, pair);
  }
  for (const [index, pair] of SATURATING.split(" ").entries()) {
    defineConversion(table, PREFIXED + index, pair);
  }
  // i32.trunc_f32_s … i32.trunc_f64_u, i64.trunc_f32_s … i64.trunc_f64_u
  for (const facts of [table.traps, table.hidesNan]) {
    facts.fill(1, 0xa8, 0xac);
    facts.fill(1, 0xae, 0xb2);
  }
  table.hidesNan.fill(1, PREFIXED);
  // f32.demote_f64, f64.promote_f32
  for (const opcode of [0xb6, 0xbb]) {
    table.canonical[opcode] = 1;
    table.hidesNan[opcode] = 1;
  }
}

/** Operand and result, in letters. */
function defineConversion(table: OpcodeTable, opcode: number, pair: string): void {
  const [from, to] = Array.from(pair, (letter) => TYPE_OF_LETTER.get(letter) ?? 0);
  define(table, opcode, [from ?? 0], to ?? 0);
}

/** Operands from the lowest to the top. */
function define(
  table: OpcodeTable,
  opcode: number,
  operands: readonly number[],
  result: number,
): void {
  table.known[opcode] = 1;
  table.top[opcode] = operands.at(-1) ?? 0;
  table.second[opcode] = operands.at(-2) ?? 0;
  table.result[opcode] = result;
  table.sizePops[opcode] = operands.length;
  table.sizePush[opcode] = sizeOfType(result);
}

/** The simulation takes the lowest operand for the result. */
function keepOperand(table: OpcodeTable, opcode: number, pops: number): void {
  table.sizePops[opcode] = pops;
  table.sizePush[opcode] = 0;
}
