/**
 * The instructions that nearcore accepts: opcodes, types of operands and results.
 * @module
 */

/** Types of values. */
export type Type = "i32" | "i64" | "f32" | "f64" | "funcref";

/** What follows the opcode. */
type Immediate =
  | "none"
  | "block"
  | "index"
  | "labels"
  | "indirect"
  | "types"
  | "memory"
  | "zero"
  | "segment-zero"
  | "zero-zero"
  | "heap-type"
  | "const";

/** An opcode; those behind the byte 0xfc count from 0xfc00. */
export interface Opcode {
  readonly name: string;
  readonly code: number;
  readonly immediate: Immediate;
  /** Absent where they depend on what follows or on what stands around. */
  readonly signature: {
    readonly params: readonly Type[];
    readonly results: readonly Type[];
  } | null;
}

const LETTERS: Readonly<Record<string, Type>> = {
  i: "i32",
  l: "i64",
  f: "f32",
  d: "f64",
  r: "funcref",
};

/** Code, immediate, signature as letters (`li:i` takes i64 and i32, gives i32), names in order of codes. */
const TABLE: readonly (readonly [
  code: number,
  immediate: Immediate,
  signature: string,
  names: string,
])[] = [
  [0x00, "none", "", "unreachable"],
  [0x01, "none", ":", "nop"],
  [0x02, "block", "", "block loop if"],
  [0x05, "none", "", "else"],
  [0x0b, "none", "", "end"],
  [0x0c, "index", "", "br br_if"],
  [0x0e, "labels", "", "br_table"],
  [0x0f, "none", "", "return"],
  [0x10, "index", "", "call"],
  [0x11, "indirect", "", "call_indirect"],
  [0x1a, "none", "", "drop select"],
  [0x1c, "types", "", "select_typed"],
  [0x20, "index", "", "local.get local.set local.tee global.get global.set"],
  [0x25, "index", "i:r", "table.get"],
  [0x26, "index", "ir:", "table.set"],
  [0x28, "memory", "i:i", "i32.load"],
  [0x29, "memory", "i:l", "i64.load"],
  [0x2a, "memory", "i:f", "f32.load"],
  [0x2b, "memory", "i:d", "f64.load"],
  [0x2c, "memory", "i:i", "i32.load8_s i32.load8_u i32.load16_s i32.load16_u"],
  [
    0x30,
    "memory",
    "i:l",
    "i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u",
  ],
  [0x36, "memory", "ii:", "i32.store"],
  [0x37, "memory", "il:", "i64.store"],
  [0x38, "memory", "if:", "f32.store"],
  [0x39, "memory", "id:", "f64.store"],
  [0x3a, "memory", "ii:", "i32.store8 i32.store16"],
  [0x3c, "memory", "il:", "i64.store8 i64.store16 i64.store32"],
  [0x3f, "zero", ":i", "memory.size"],
  [0x40, "zero", "i:i", "memory.grow"],
  [0x41, "const", ":i", "i32.const"],
  [0x42, "const", ":l", "i64.const"],
  [0x43, "const", ":f", "f32.const"],
  [0x44, "const", ":d", "f64.const"],
  [0x45, "none", "i:i", "i32.eqz"],
  [
    0x46,
    "none",
    "ii:i",
    "i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u",
  ],
  [0x50, "none", "l:i", "i64.eqz"],
  [
    0x51,
    "none",
    "ll:i",
    "i64.eq i64.ne i64.lt_s i64.lt_u i64.gt_s i64.gt_u i64.le_s i64.le_u i64.ge_s i64.ge_u",
  ],
  [0x5b, "none", "ff:i", "f32.eq f32.ne f32.lt f32.gt f32.le f32.ge"],
  [0x61, "none", "dd:i", "f64.eq f64.ne f64.lt f64.gt f64.le f64.ge"],
  [0x67, "none", "i:i", "i32.clz i32.ctz i32.popcnt"],
  [
    0x6a,
    "none",
    "ii:i",
    "i32.add i32.sub i32.mul i32.div_s i32.div_u i32.rem_s i32.rem_u i32.and i32.or i32.xor",
  ],
  [0x74, "none", "ii:i", "i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr"],
  [0x79, "none", "l:l", "i64.clz i64.ctz i64.popcnt"],
  [
    0x7c,
    "none",
    "ll:l",
    "i64.add i64.sub i64.mul i64.div_s i64.div_u i64.rem_s i64.rem_u i64.and i64.or i64.xor",
  ],
  [0x86, "none", "ll:l", "i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr"],
  [0x8b, "none", "f:f", "f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt"],
  [0x92, "none", "ff:f", "f32.add f32.sub f32.mul f32.div f32.min f32.max f32.copysign"],
  [0x99, "none", "d:d", "f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt"],
  [0xa0, "none", "dd:d", "f64.add f64.sub f64.mul f64.div f64.min f64.max f64.copysign"],
  [0xa7, "none", "l:i", "i32.wrap_i64"],
  [0xa8, "none", "f:i", "i32.trunc_f32_s i32.trunc_f32_u"],
  [0xaa, "none", "d:i", "i32.trunc_f64_s i32.trunc_f64_u"],
  [0xac, "none", "i:l", "i64.extend_i32_s i64.extend_i32_u"],
  [0xae, "none", "f:l", "i64.trunc_f32_s i64.trunc_f32_u"],
  [0xb0, "none", "d:l", "i64.trunc_f64_s i64.trunc_f64_u"],
  [0xb2, "none", "i:f", "f32.convert_i32_s f32.convert_i32_u"],
  [0xb4, "none", "l:f", "f32.convert_i64_s f32.convert_i64_u"],
  [0xb6, "none", "d:f", "f32.demote_f64"],
  [0xb7, "none", "i:d", "f64.convert_i32_s f64.convert_i32_u"],
  [0xb9, "none", "l:d", "f64.convert_i64_s f64.convert_i64_u"],
  [0xbb, "none", "f:d", "f64.promote_f32"],
  [0xbc, "none", "f:i", "i32.reinterpret_f32"],
  [0xbd, "none", "d:l", "i64.reinterpret_f64"],
  [0xbe, "none", "i:f", "f32.reinterpret_i32"],
  [0xbf, "none", "l:d", "f64.reinterpret_i64"],
  [0xc0, "none", "i:i", "i32.extend8_s i32.extend16_s"],
  [0xc2, "none", "l:l", "i64.extend8_s i64.extend16_s i64.extend32_s"],
  [0xd0, "heap-type", ":r", "ref.null"],
  [0xd1, "none", "r:i", "ref.is_null"],
  [0xd2, "index", ":r", "ref.func"],
  [0xfc00, "none", "f:i", "i32.trunc_sat_f32_s i32.trunc_sat_f32_u"],
  [0xfc02, "none", "d:i", "i32.trunc_sat_f64_s i32.trunc_sat_f64_u"],
  [0xfc04, "none", "f:l", "i64.trunc_sat_f32_s i64.trunc_sat_f32_u"],
  [0xfc06, "none", "d:l", "i64.trunc_sat_f64_s i64.trunc_sat_f64_u"],
  [0xfc08, "segment-zero", "iii:", "memory.init"],
  [0xfc09, "index", ":", "data.drop"],
  [0xfc0a, "zero-zero", "iii:", "memory.copy"],
  [0xfc0b, "zero", "iii:", "memory.fill"],
  [0xfc0c, "segment-zero", "iii:", "table.init"],
  [0xfc0d, "index", ":", "elem.drop"],
  [0xfc0e, "zero-zero", "iii:", "table.copy"],
  [0xfc0f, "index", "ri:i", "table.grow"],
  [0xfc10, "index", ":i", "table.size"],
  [0xfc11, "index", "iri:", "table.fill"],
];

/** All of them, in order of codes. */
export const OPCODES: readonly Opcode[] = TABLE.flatMap(([first, immediate, letters, names]) =>
  names.split(" ").map((name, index) => ({
    name,
    code: first + index,
    immediate,
    signature: letters === "" ? null : signatureOf(letters),
  })),
);

const byName = new Map(OPCODES.map((opcode) => [opcode.name, opcode]));
const byCode = new Map(OPCODES.map((opcode) => [opcode.code, opcode]));

/** The opcode of a name. */
export function opcodeNamed(name: string): Opcode {
  const found = byName.get(name);
  if (found === undefined) throw new RangeError(`expected an instruction, got ${name}`);
  return found;
}

/** The opcode of a code. */
export function opcodeOf(code: number): Opcode {
  const found = byCode.get(code);
  if (found === undefined) throw new RangeError(`expected an opcode, got 0x${code.toString(16)}`);
  return found;
}

function signatureOf(letters: string): { params: Type[]; results: Type[] } {
  const [params = "", results = ""] = letters.split(":");
  return { params: typesOf(params), results: typesOf(results) };
}

function typesOf(letters: string): Type[] {
  return Array.from(letters, (letter) => {
    const type = LETTERS[letter];
    if (type === undefined) throw new RangeError(`expected a letter of a type, got ${letter}`);
    return type;
  });
}
