// Compiles WebAssembly at run time, which workerd forbids.
import { prepareContract } from "@yoctonear/wasm";
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
  repeated,
  run,
  type Section,
  sized,
  u32,
  vector,
} from "./samples.ts";

const test = suite("wasm: limits on contracts");

const TYPES: Section = [1, vector([NO_TYPE])];
const I32 = 0x7f;
const I64 = 0x7e;

/** Functions with bodies, the last `end` of which is added. */
const functions = (type: Bytes, bodies: readonly Bytes[]): Section[] => [
  [1, vector([type])],
  [3, repeated(bodies.length, [0])],
  [10, vector(bodies.map((body) => sized([body, 0x0b])))],
];
const imports = (count: number, entry: Bytes = [0, 0]): Section => [
  2,
  repeated(count, [name("env"), name("panic"), entry]),
];
const code = (count: number, body: Bytes = [0, 0x0b]): Section[] => [
  [3, repeated(count, [0])],
  [10, repeated(count, sized(body))],
];

/** Checks both sides of a limit. */
const limit = (
  title: string,
  largest: number,
  error: string,
  build: (count: number) => Uint8Array,
): void => {
  test(`${title}: ${largest} are accepted, one more is ${error}`, () => {
    assert.is(refusalOf(build(largest)), "");
    assert.is(refusalOf(build(largest + 1)), error);
  });
};

limit("types", 1_024, "TooManyTypes", (count) => moduleOf([1, repeated(count, NO_TYPE)]));
limit("functions", 10_000, "TooManyFunctions", (count) => moduleOf(TYPES, ...code(count)));
limit("imported functions", 10_000, "TooManyFunctions", (count) => moduleOf(TYPES, imports(count)));
limit("imported and defined functions", 10_000, "TooManyFunctions", (count) =>
  moduleOf(TYPES, imports(count - 5_000), ...code(5_000)),
);
limit("tables", 1, "TooManyTables", (count) => moduleOf([4, repeated(count, [0x70, 0, 1])]));
limit("elements of a table", 10_000, "TooManyTableElements", (count) =>
  moduleOf([4, vector([[0x70, 0, u32(count)]])]),
);
limit("elements that the parser takes", 10_000_000, "Deserialization", (count) =>
  // Beyond nearcore's own limit, which is looked at later.
  count === 10_000_000 ? bytesOf([HEADER]) : moduleOf([4, vector([[0x70, 0, u32(count)]])]),
);
limit("bytes of a body", 196_608, "FunctionBodyTooLarge", (size) =>
  moduleOf(...functions(NO_TYPE, [[0, new Uint8Array(size - 2).fill(0x01)]])),
);
limit("locals of all functions", 1_000_000, "TooManyLocals", (count) =>
  moduleOf(
    ...functions(
      NO_TYPE,
      Array.from({ length: 21 }, (_, index): Bytes => {
        return [1, u32(index < 20 ? 49_000 : count - 980_000), I32];
      }),
    ),
  ),
);
limit("locals of a function", 50_000, "Deserialization", (count) =>
  moduleWithCode([], { locals: [1, u32(count), I64] }),
);
limit("parameters and locals of a function", 50_000, "Deserialization", (count) =>
  moduleWithCode([], { locals: [1, u32(count - 2), I32], type: [0x60, 2, I32, I32, 0] }),
);
limit("parameters of a function", 64, "TooManyParamsPerFunction", (count) =>
  moduleOf(...functions([0x60, repeated(count, [I32]), 0], [[0]])),
);
limit("parameters of all functions", 50_000, "TooManyParamsPerContract", (count) => {
  const types = vector([
    [0x60, repeated(50, [I32]), 0],
    [0x60, count % 50 === 0 ? [0] : [1, I32], 0],
  ]);
  return moduleOf(
    [1, types],
    [3, [u32(1_001), new Uint8Array(1_000), 1]],
    [10, repeated(1_001, sized([0, 0x0b]))],
  );
});
limit("bytes of operands", 8_192, "OperandStackTooLarge", (size) => {
  const count = Math.ceil(size / 4);
  const pushes = Array.from({ length: count }, (): Bytes => [0x41, 0]);
  return moduleWithCode([...pushes, repeated(count, [0x1a]).slice(1)]);
});
limit("blocks of a function", 5_000, "TooManyBlocksPerFunction", (count) =>
  moduleWithCode(repeated(count, [0x02, 0x40, 0x0b]).slice(1)),
);
limit("nested blocks", 5_000, "TooManyBlocksPerFunction", (count) =>
  moduleWithCode([repeated(count, [0x02, 0x40]).slice(1), repeated(count, [0x0b]).slice(1)]),
);
limit("blocks of all functions", 50_000, "TooManyBlocksPerContract", (count) =>
  moduleOf(
    ...functions(
      NO_TYPE,
      Array.from({ length: 11 }, (_, index): Bytes => {
        const blocks = index < 10 ? 4_990 : count - 49_900;
        return [0, repeated(blocks, [0x03, 0x40, 0x0b]).slice(1)];
      }),
    ),
  ),
);
limit("bytes of a name", 100_000, "Deserialization", (size) =>
  moduleOf(TYPES, [2, vector([[name("env"), name("x".repeat(size)), 0, 0]])]),
);
limit("parameters that the parser takes", 1_000, "Deserialization", (count) =>
  moduleOf([1, vector([[0x60, repeated(count, [I32]), 0]])]),
);
limit("data segments", 100_000, "Deserialization", (count) =>
  moduleOf([11, repeated(count, [1, 0])]),
);
limit("element segments", 100_000, "Deserialization", (count) =>
  moduleOf([9, repeated(count, [1, 0, 0])]),
);
limit("targets of br_table", 131_072, "Deserialization", (count) =>
  moduleWithCode([0x41, 0, 0x0e, repeated(count, [0]), 0]),
);

limit("exports of a function with 1000 parameters", 997, "Deserialization", (count) =>
  // The parser adds up the sizes of the types of what is imported and exported.
  moduleOf([1, vector([[0x60, repeated(1_000, [I32]), 0]])], imports(1), [
    7,
    vector(Array.from({ length: count }, (_, index) => [name(`f${index}`), 0, 0])),
  ]),
);

test("blocks, loops and conditions all count", () => {
  const mixed = repeated(1_667, [0x02, 0x40, 0x0b, 0x03, 0x40, 0x0b, 0x41, 0, 0x04, 0x40, 0x0b]);
  assert.is(refusalOf(moduleWithCode(mixed.slice(1))), "TooManyBlocksPerFunction");
});

test("the instrumented code has at most 16 MiB as nearcore writes it", () => {
  // Each of these divisions is a point of its own: 37 bytes in nearcore's form.
  const body = (count: number): Bytes => [
    0,
    repeated(count, [0x41, 1, 0x41, 1, 0x6d, 0x1a]).slice(1),
  ];
  const build = (bodies: number): Uint8Array =>
    moduleOf(
      ...functions(
        NO_TYPE,
        Array.from({ length: bodies }, () => body(30_000)),
      ),
    );
  assert.is(refusalOf(build(10)), "");
  assert.is(refusalOf(build(16)), "InstrumentedCodeTooLarge");
});

test("a function with 50,000 locals runs, and counts", () => {
  // i32.const 5, memory of nothing: a call of itself, whose frame does not fit a second time.
  const locals = [1, u32(50_000), I32];
  assert.is(
    run(moduleWithCode([0x41, 5, 0x21, u32(49_999)], { locals })).burnt,
    (25_008n + 2n) * 822_756n,
  );
  const recursive = run(moduleWithCode([0x10, 0], { locals }));
  assert.ok(recursive.isOutOfStack);
  assert.is(recursive.burnt, (25_008n + 1n) * 822_756n);
});

test("a frame larger than the stack traps before it costs anything", () => {
  const { burnt, isOutOfStack } = run(moduleWithCode([], { locals: [1, u32(50_000), I64] }));
  assert.is(burnt, 0n);
  assert.ok(isOutOfStack);
});

const order = suite("wasm: which error counts");

order("what nearcore forbids of imports counts after all of them are valid", () => {
  const foreign: Bytes = [name("other"), name("x"), 0, 0];
  const memory: Bytes = [name("env"), name("memory"), 2, 0, 1];
  const table: Bytes = [name("env"), name("t"), 1, 0x70, 0, 1];
  const global: Bytes = [name("env"), name("g"), 3, I32, 0];
  const badType: Bytes = [name("env"), name("x"), 0, 9];
  const of = (...entries: readonly Bytes[]): string =>
    refusalOf(moduleOf(TYPES, [2, vector(entries)]));
  assert.is(of(foreign), "Instantiate");
  assert.is(of(table), "Instantiate");
  assert.is(of(global), "Instantiate");
  assert.is(of(memory), "Memory");
  assert.is(of(memory, foreign), "Memory");
  assert.is(of(foreign, memory), "Instantiate");
  assert.is(of(foreign, badType), "Deserialization");
  assert.is(of(memory, memory), "Deserialization");
  assert.is(of([name("env"), name("t"), 4, 0, 0]), "Deserialization");
  assert.is(refusalOf(moduleOf(TYPES, imports(10_001, [0, 0]))), "TooManyFunctions");
});

order("too many types count before what they are", () => {
  assert.is(refusalOf(moduleOf([1, [u32(1_025), 0xff]])), "TooManyTypes");
});

order("sections count in their order", () => {
  const badMemory: Section = [5, [1, 9]];
  assert.is(refusalOf(moduleOf([4, repeated(2, [0x70, 0, 1])], badMemory)), "TooManyTables");
  assert.is(refusalOf(moduleOf(badMemory, [7, [9]])), "Deserialization");
});

order("too many bodies count before whether each function has one", () => {
  assert.is(refusalOf(moduleOf(TYPES, [3, [1, 0]], [10, [u32(10_001)]])), "TooManyFunctions");
  assert.is(refusalOf(moduleOf(TYPES, [3, [1, 0]], [10, [2]])), "Deserialization");
});

order("a body too large counts before its contents, and after the bodies before it", () => {
  const large = sized([new Uint8Array(196_609).fill(0xff)]);
  const valid = sized([0, 0x0b]);
  const invalid = sized([0, 0x0f, 0x0f]);
  const of = (...bodies: readonly Bytes[]): string =>
    refusalOf(moduleOf(TYPES, [3, repeated(bodies.length, [0])], [10, vector(bodies)]));
  assert.is(of(valid, large), "FunctionBodyTooLarge");
  assert.is(of(invalid, large), "Deserialization");
});

order("too many locals in all count before too many in one", () => {
  assert.is(refusalOf(moduleWithCode([], { locals: [1, u32(1_000_001), I32] })), "TooManyLocals");
  assert.is(
    refusalOf(moduleWithCode([], { locals: [2, u32(4_294_967_295), I32, 1, I32] })),
    "TooManyLocals",
  );
});

order("limits that nearcore looks at last give way to an invalid section at the end", () => {
  const blocks = functions(NO_TYPE, [[0, repeated(5_001, [0x02, 0x40, 0x0b]).slice(1)]]);
  assert.is(refusalOf(moduleOf(...blocks)), "TooManyBlocksPerFunction");
  assert.is(refusalOf(moduleOf(...blocks, [11, [1, 9]])), "Deserialization");
});

order("of several such limits the first function's counts", () => {
  const deep: Bytes = [0, repeated(2_049, [0x41, 0]).slice(1), repeated(2_049, [0x1a]).slice(1)];
  const many: Bytes = [0, repeated(5_001, [0x02, 0x40, 0x0b]).slice(1)];
  assert.is(refusalOf(moduleOf(...functions(NO_TYPE, [deep, many]))), "OperandStackTooLarge");
  assert.is(refusalOf(moduleOf(...functions(NO_TYPE, [many, deep]))), "TooManyBlocksPerFunction");
});

order("the message says what was expected", () => {
  assert.throws(
    () => prepareContract(moduleOf([1, repeated(1_025, NO_TYPE)])),
    /at most 1024 types/,
  );
});

test.run();
order.run();
