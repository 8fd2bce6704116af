// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type Bytes,
  bytesOf,
  HEADER,
  moduleOf,
  moduleWithCode,
  name,
  NO_TYPE,
  refusalOf,
  run,
  type Section,
  sized,
  vector,
} from "./samples.ts";

const test = suite("wasm: the binary format");

const accepts = (bytes: Uint8Array, message?: string): void =>
  assert.is(refusalOf(bytes), "", message);
const refuses = (bytes: Uint8Array, message?: string): void =>
  assert.is(refusalOf(bytes), "Deserialization", message);

const TYPES: Section = [1, vector([NO_TYPE])];
const FUNCTIONS: Section = [3, [1, 0]];
const CODE: Section = [10, vector([sized([0, 0x0b])])];

/** One section of each kind, in order. */
const ALL: readonly Section[] = [
  TYPES,
  [2, vector([[name("env"), name("f"), 0, 0]])],
  FUNCTIONS,
  [4, vector([[0x70, 0, 1]])],
  [5, vector([[0, 1]])],
  [6, vector([[0x7f, 0, 0x41, 0, 0x0b]])],
  [7, vector([[name("f"), 0, 0]])],
  [8, [1]],
  [9, vector([[0, 0x41, 0, 0x0b, 0]])],
  [12, [1]],
  CODE,
  [11, vector([[1, 0]])],
];

test("needs the magic number and version 1", () => {
  accepts(bytesOf([HEADER]));
  for (let length = 0; length < HEADER.length; length += 1) {
    refuses(bytesOf([HEADER.slice(0, length)]));
    refuses(bytesOf([HEADER.map((byte, index) => (index === length ? byte + 1 : byte))]));
  }
  // A component.
  refuses(bytesOf([HEADER.slice(0, 4), 0x0d, 0, 1, 0]));
});

test("all sections in their order", () => {
  accepts(moduleOf(...ALL));
});

test("no section comes twice, or before one that precedes it", () => {
  for (const [index, section] of ALL.entries()) {
    refuses(
      moduleOf(...ALL.slice(0, index + 1), section, ...ALL.slice(index + 1)),
      `twice ${section[0]}`,
    );
    if (index > 0) {
      const swapped = [
        ...ALL.slice(0, index - 1),
        section,
        ...ALL.slice(index - 1, index),
        ...ALL.slice(index + 1),
      ];
      refuses(moduleOf(...swapped), `too early ${section[0]}`);
    }
  }
});

test("custom sections may stand anywhere, and need a name", () => {
  const custom: Section = [0, name("x")];
  accepts(moduleOf(custom, ...ALL.flatMap((section) => [section, custom, custom])));
  refuses(moduleOf([0, []]));
  refuses(moduleOf([0, [2, 0x61]]));
  refuses(moduleOf([0, [1, 0xff]]));
  accepts(moduleOf([0, [0]]));
});

test("sections of other features are refused", () => {
  refuses(moduleOf([13, [1, 0, 0]]));
  for (const id of [14, 15, 77, 127]) refuses(moduleOf([id, []]));
  refuses(bytesOf([HEADER, 0x80, 0, 0]));
});

test("a section is as long as it says", () => {
  for (const [index, [id, contents]] of ALL.entries()) {
    const before = ALL.slice(0, index);
    const bytes = bytesOf([contents]);
    refuses(moduleOf(...before, [id, [bytes, 0]], ...ALL.slice(index + 1)), `longer ${id}`);
    refuses(
      moduleOf(...before, [id, [bytes.subarray(0, -1)]], ...ALL.slice(index + 1)),
      `shorter ${id}`,
    );
    refuses(bytesOf([moduleOf(...before), id, bytes.length + 1, bytes]), `beyond the end ${id}`);
  }
});

test("sections of no items", () => {
  accepts(
    moduleOf(
      [1, [0]],
      [2, [0]],
      [3, [0]],
      [4, [0]],
      [5, [0]],
      [6, [0]],
      [7, [0]],
      [9, [0]],
      [12, [0]],
      [10, [0]],
      [11, [0]],
    ),
  );
  refuses(moduleOf([1, []]));
});

test("a truncated module is refused wherever it ends within a section", () => {
  const bytes = moduleOf(...ALL);
  const ends = new Set(ALL.map((_, index) => moduleOf(...ALL.slice(0, index + 1)).length));
  for (let length = HEADER.length + 1; length < bytes.length; length += 1) {
    if (!ends.has(length)) refuses(bytes.slice(0, length), `${length} bytes`);
  }
});

test("functions and bodies go together", () => {
  accepts(moduleOf(TYPES, FUNCTIONS, CODE));
  refuses(moduleOf(TYPES, FUNCTIONS));
  refuses(moduleOf(TYPES, CODE));
  refuses(moduleOf(TYPES, [3, [2, 0, 0]], CODE));
  refuses(moduleOf(TYPES, FUNCTIONS, [10, [0]]));
  refuses(moduleOf(FUNCTIONS, CODE));
});

test("a body is as long as it says, and ends where its last end is", () => {
  const of = (...body: readonly number[]): Uint8Array =>
    moduleOf(TYPES, FUNCTIONS, [10, [1, body]]);
  accepts(of(2, 0, 0x0b));
  refuses(of(1, 0, 0x0b));
  refuses(of(3, 0, 0x0b));
  refuses(of(3, 0, 0x0b, 0x0b));
  refuses(of(3, 0, 0x0b, 0x01));
  refuses(of(2, 0, 0x01));
  refuses(of(0));
  refuses(of(1, 0));
  refuses(of(3, 0, 0x02, 0x40));
  refuses(of(3, 0, 0x05, 0x0b));
  refuses(of(0x84, 0x80, 0x80, 0x80, 0x10));
});

test("the data count is that of the segments", () => {
  const memory: Section = [5, vector([[0, 1]])];
  accepts(moduleOf(memory, [12, [1]], [11, vector([[1, 0]])]));
  accepts(moduleOf(memory, [11, vector([[1, 0]])]));
  accepts(moduleOf(memory, [12, [0]]));
  refuses(moduleOf(memory, [12, [2]], [11, vector([[1, 0]])]));
  refuses(moduleOf(memory, [12, [1]]));
  const code = vector([sized([0, 0xfc, 9, 0, 0x0b])]);
  accepts(moduleOf(TYPES, FUNCTIONS, memory, [12, [1]], [10, code], [11, vector([[1, 0]])]));
  // Without the count no code may name a segment.
  refuses(moduleOf(TYPES, FUNCTIONS, memory, [10, code], [11, vector([[1, 0]])]));
});

test("numbers of 32 bits have at most five bytes, and no bits beyond", () => {
  const drop = (...bytes: readonly number[]): Uint8Array => moduleWithCode([0x41, bytes, 0x1a]);
  for (const bytes of [
    [0x7f],
    [0xff, 0],
    [0x80, 0x80, 0x80, 0x80, 0],
    [0x80, 0x80, 0x80, 0x80, 0x78],
    [0xff, 0xff, 0xff, 0xff, 0x07],
    [0xff, 0xff, 0xff, 0xff, 0x7f],
  ]) {
    accepts(drop(...bytes), String(bytes));
  }
  for (const bytes of [
    [0x80, 0x80, 0x80, 0x80, 0x08],
    [0x80, 0x80, 0x80, 0x80, 0x70],
    [0x80, 0x80, 0x80, 0x80, 0x80, 0],
    [0xff, 0xff, 0xff, 0xff, 0x0f],
  ]) {
    refuses(drop(...bytes), String(bytes));
  }
  const local = (...bytes: readonly number[]): Uint8Array =>
    moduleWithCode([0x20, bytes, 0x1a], { locals: [1, 1, 0x7f] });
  accepts(local(0));
  accepts(local(0x80, 0x80, 0x80, 0x80, 0));
  refuses(local(0x80, 0x80, 0x80, 0x80, 0x10));
  refuses(local(0x80, 0x80, 0x80, 0x80, 0x80, 0));
  refuses(local(0xff, 0xff, 0xff, 0xff, 0x0f));
});

test("the memory of a bulk instruction is a number of 32 bits, that of memory.size a byte", () => {
  const memory = (code: Bytes): Uint8Array =>
    moduleOf(
      TYPES,
      FUNCTIONS,
      [5, vector([[0, 1]])],
      [7, vector([[name("main"), 0, 0]])],
      [12, [1]],
      [10, vector([sized([0, code, 0x0b])])],
      [11, vector([[1, 1, 0x61]])],
    );
  const three = [0x41, 5, 0x41, 0, 0x41, 1];
  const instructions = (zero: Bytes): readonly Bytes[] => [
    [0xfc, 0x08, 0, zero],
    [0xfc, 0x0a, zero, 0],
    [0xfc, 0x0a, 0, zero],
    [0xfc, 0x0a, zero, zero],
    [0xfc, 0x0b, zero],
    [0xfc, 0x0b, zero, three, 0xfc, 0x0a, zero, zero],
  ];
  const short = instructions([0]).map((instruction) => run(memory([three, instruction])).burnt);
  for (const [index, instruction] of instructions([0x80, 0x80, 0]).entries()) {
    const bytes = memory([three, instruction]);
    const before = bytes.slice();
    const { trap, burnt } = run(bytes);
    assert.is(trap, "");
    assert.is(burnt, short[index]);
    assert.equal(bytes, before);
  }
  for (const index of [[1], [0x81, 0], [0x80, 0x80, 0x80, 0x80, 0x10]]) {
    refuses(memory([three, 0xfc, 0x0b, index]), String(index));
  }
  refuses(memory([0x3f, 0x80, 0, 0x1a]));
  refuses(memory([0x41, 0, 0x40, 0x80, 0, 0x1a]));
});

test("numbers of 64 bits have at most ten bytes, and no bits beyond", () => {
  const nine = Array.from({ length: 9 }, () => 0x80);
  const drop = (...bytes: readonly number[]): Uint8Array => moduleWithCode([0x42, bytes, 0x1a]);
  accepts(drop(...nine, 0));
  accepts(drop(...nine, 0x7f));
  for (const last of [0x01, 0x40, 0x7e, 0x80, 0xff]) refuses(drop(...nine, last, 0), String(last));
});

test("constants of floating point are whole", () => {
  refuses(moduleOf(TYPES, FUNCTIONS, [10, vector([sized([0, 0x43, 0, 0, 0x0b])])]));
  refuses(moduleOf(TYPES, FUNCTIONS, [10, vector([sized([0, 0x44, 0, 0, 0, 0, 0, 0, 0x0b])])]));
});

test("names are UTF-8, as strictly as in Rust", () => {
  const of = (...bytes: readonly number[]): Uint8Array =>
    moduleOf(TYPES, [2, vector([[name("env"), sized(bytes), 0, 0]])]);
  accepts(of());
  accepts(of(0xf0, 0x9f, 0x98, 0x80));
  accepts(of(0xef, 0xbb, 0xbf));
  accepts(of(0));
  for (const bytes of [
    [0xff],
    [0x80],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf5, 0x80, 0x80, 0x80],
    [0xe2, 0x82],
  ]) {
    refuses(of(...bytes), String(bytes));
  }
});

test("a name is kept as it is, with a mark of byte order too", () => {
  const bytes = moduleOf(
    TYPES,
    FUNCTIONS,
    [7, vector([[[4, 0xef, 0xbb, 0xbf, 0x61], 0, 0]])],
    CODE,
  );
  assert.is(run(bytes, { method: "\ufeffa" }).trap, "");
});

test("limits of memories and tables are of 32 bits and not shared", () => {
  const flags = (value: number): Section[] => [[5, vector([[value, 1, 2]])]];
  accepts(moduleOf(...flags(1)));
  for (const value of [2, 3, 4, 5, 6, 7, 8, 9, 0x80]) refuses(moduleOf(...flags(value)));
  for (const value of [2, 3, 4, 5]) refuses(moduleOf([4, vector([[0x70, value, 1, 2]])]));
  // A table with an initial value.
  refuses(moduleOf([4, vector([[0x40, 0, 0x70, 0, 1, 0xd0, 0x70, 0x0b]])]));
});

test("globals can be set or not, and nothing else", () => {
  const of = (mutability: number): Uint8Array =>
    moduleOf([6, vector([[0x7f, mutability, 0x41, 0, 0x0b]])]);
  accepts(of(0));
  accepts(of(1));
  for (const value of [2, 3, 0x80]) refuses(of(value));
});

test("constant expressions are one constant", () => {
  const of = (...code: Bytes): Uint8Array => moduleOf([6, vector([[0x7f, 0, code]])]);
  accepts(of(0x41, 0, 0x0b));
  refuses(of(0x41, 0, 0x41, 0, 0x0b));
  refuses(of(0x0b));
  refuses(of(0x41, 0, 0x01, 0x0b));
  refuses(of(0x01, 0x41, 0, 0x0b));
  refuses(of(0x02, 0x7f, 0x41, 0, 0x0b, 0x0b));
  refuses(of(0x41, 0));
});

test("segments have the flags that are known", () => {
  const elements = (...bytes: Bytes): Uint8Array =>
    moduleOf(TYPES, FUNCTIONS, ALL[3] ?? TYPES, [9, vector([bytes])], CODE);
  const zero = [0x41, 0, 0x0b];
  accepts(elements(0, zero, 1, 0));
  accepts(elements(1, 0, 1, 0));
  accepts(elements(2, 0, zero, 0, 1, 0));
  accepts(elements(3, 0, 1, 0));
  accepts(elements(4, zero, 1, 0xd2, 0, 0x0b));
  accepts(elements(5, 0x70, 1, 0xd0, 0x70, 0x0b));
  accepts(elements(6, 0, zero, 0x70, 1, 0xd2, 0, 0x0b));
  accepts(elements(7, 0x70, 1, 0xd2, 0, 0x0b));
  refuses(elements(8, zero, 1, 0));
  refuses(elements(1, 1, 1, 0));
  refuses(elements(1, 0x70, 1, 0));
  refuses(elements(5, 0, 1, 0xd0, 0x70, 0x0b));
  refuses(elements(5, 0x6f, 1, 0xd0, 0x6f, 0x0b));
  refuses(elements(2, 1, zero, 0, 1, 0));
  refuses(elements(1, 0, 1, 5));
  refuses(elements(4, zero, 1, 0x41, 0, 0x0b));
  const data = (...bytes: Bytes): Uint8Array =>
    moduleOf([5, vector([[0, 1]])], [11, vector([bytes])]);
  accepts(data(0, zero, 1, 7));
  accepts(data(1, 1, 7));
  accepts(data(2, 0, zero, 1, 7));
  refuses(data(3, zero, 1, 7));
  refuses(data(2, 1, zero, 1, 7));
  refuses(data(1, 2, 7));
});

test.run();
