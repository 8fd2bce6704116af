/**
 * Every instruction of fixed types: its code, what it takes, what it gives.
 * @module
 */

/** One instruction; types are letters: i, I, f, F for i32, i64, f32, f64, and r for funcref. */
export interface Instruction {
  readonly title: string;
  readonly code: readonly number[];
  readonly takes: string;
  readonly gives: string;
}

/** Successive opcodes: the first, how many, types taken and given, what follows the opcode. */
type Row = readonly [
  first: number,
  count: number,
  takes: string,
  gives: string,
  rest?: readonly number[],
];

const ROWS: readonly Row[] = [
  [0x41, 1, "", "i", [5]],
  [0x42, 1, "", "I", [5]],
  [0x43, 1, "", "f", [0, 0, 0, 0]],
  [0x44, 1, "", "F", [0, 0, 0, 0, 0, 0, 0, 0]],
  [0x45, 1, "i", "i"],
  [0x46, 10, "ii", "i"],
  [0x50, 1, "I", "i"],
  [0x51, 10, "II", "i"],
  [0x5b, 6, "ff", "i"],
  [0x61, 6, "FF", "i"],
  [0x67, 3, "i", "i"],
  [0x6a, 15, "ii", "i"],
  [0x79, 3, "I", "I"],
  [0x7c, 15, "II", "I"],
  [0x8b, 7, "f", "f"],
  [0x92, 7, "ff", "f"],
  [0x99, 7, "F", "F"],
  [0xa0, 7, "FF", "F"],
  [0xa7, 1, "I", "i"],
  [0xa8, 2, "f", "i"],
  [0xaa, 2, "F", "i"],
  [0xac, 2, "i", "I"],
  [0xae, 2, "f", "I"],
  [0xb0, 2, "F", "I"],
  [0xb2, 2, "i", "f"],
  [0xb4, 2, "I", "f"],
  [0xb6, 1, "F", "f"],
  [0xb7, 2, "i", "F"],
  [0xb9, 2, "I", "F"],
  [0xbb, 1, "f", "F"],
  [0xbc, 1, "f", "i"],
  [0xbd, 1, "F", "I"],
  [0xbe, 1, "i", "f"],
  [0xbf, 1, "I", "F"],
  [0xc0, 2, "i", "i"],
  [0xc2, 3, "I", "I"],
  [0x3f, 1, "", "i", [0]],
  [0x40, 1, "i", "i", [0]],
  [0x25, 1, "i", "r", [0]],
  [0x26, 1, "ir", "", [0]],
  [0xd0, 1, "", "r", [0x70]],
  [0xd1, 1, "r", "i"],
  [0xd2, 1, "", "r", [0]],
];

/** The same after 0xfc. */
const PREFIXED_ROWS: readonly Row[] = [
  [0, 2, "f", "i"],
  [2, 2, "F", "i"],
  [4, 2, "f", "I"],
  [6, 2, "F", "I"],
  [8, 1, "iii", "", [0, 0]],
  [9, 1, "", "", [0]],
  [10, 1, "iii", "", [0, 0]],
  [11, 1, "iii", "", [0]],
  [12, 1, "iii", "", [0, 0]],
  [13, 1, "", "", [0]],
  [14, 1, "iii", "", [0, 0]],
  [15, 1, "ri", "i", [0]],
  [16, 1, "", "i", [0]],
  [17, 1, "iri", "", [0]],
];

/** Loads and stores: the largest alignment first after the opcode, then an offset. */
const MEMORY_ROWS: readonly Row[] = [
  [0x28, 1, "i", "i", [2, 3]],
  [0x29, 1, "i", "I", [3, 3]],
  [0x2a, 1, "i", "f", [2, 3]],
  [0x2b, 1, "i", "F", [3, 3]],
  [0x2c, 2, "i", "i", [0, 3]],
  [0x2e, 2, "i", "i", [1, 3]],
  [0x30, 2, "i", "I", [0, 3]],
  [0x32, 2, "i", "I", [1, 3]],
  [0x34, 2, "i", "I", [2, 3]],
  [0x36, 1, "ii", "", [2, 3]],
  [0x37, 1, "iI", "", [3, 3]],
  [0x38, 1, "if", "", [2, 3]],
  [0x39, 1, "iF", "", [3, 3]],
  [0x3a, 1, "ii", "", [0, 3]],
  [0x3b, 1, "ii", "", [1, 3]],
  [0x3c, 1, "iI", "", [0, 3]],
  [0x3d, 1, "iI", "", [1, 3]],
  [0x3e, 1, "iI", "", [2, 3]],
];

/** Loads and stores. */
export const MEMORY_INSTRUCTIONS: readonly Instruction[] = MEMORY_ROWS.flatMap((row) =>
  instructionsOf([], row),
);

/** All of them. The module that they are for has a memory, a table, and segments of both kinds. */
export const INSTRUCTIONS: readonly Instruction[] = [
  ROWS.flatMap((row) => instructionsOf([], row)),
  PREFIXED_ROWS.flatMap((row) => instructionsOf([0xfc], row)),
  MEMORY_INSTRUCTIONS,
].flat();

function instructionsOf(
  prefix: readonly number[],
  [first, count, takes, gives, rest = []]: Row,
): Instruction[] {
  return Array.from({ length: count }, (_, index) => {
    const opcode = [...prefix, first + index];
    const title = opcode.map((byte) => `0x${byte.toString(16)}`).join(" ");
    return { title, code: [...opcode, ...rest], takes, gives };
  });
}

/** Code that pushes a value of a type. */
export const VALUES: Readonly<Record<string, readonly number[]>> = {
  i: [0x41, 1],
  I: [0x42, 1],
  f: [0x43, 0, 0, 0x80, 0x3f],
  F: [0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
  r: [0xd0, 0x70],
};

/** Numbers of the types in the binary format. */
export const TYPE_CODES: Readonly<Record<string, number>> = {
  i: 0x7f,
  I: 0x7e,
  f: 0x7d,
  F: 0x7c,
  r: 0x70,
};
