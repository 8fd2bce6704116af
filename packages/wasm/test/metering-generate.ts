/**
 * Random valid modules, the same for the same seed.
 * @module
 */
import type { GeneratedBody, Leeway } from "./metering-body.ts";
import { generateBody } from "./metering-generate-body.ts";
import { specialConstant } from "./metering-constants.ts";
import {
  signatureOfFunction,
  type FunctionBody,
  type Global,
  type Instruction,
  type Mode,
  type Module,
  type Signature,
} from "./metering-module.ts";
import type { Type } from "./metering-opcodes.ts";
import type { Random } from "./metering-random.ts";

/** Imports, with the index of their type. */
const IMPORTS = [
  { name: "note", type: 1 },
  { name: "ask", type: 2 },
  { name: "burn", type: 3 },
];
const FIXED_TYPES: readonly Signature[] = [
  { params: [], results: [] },
  { params: ["i32"], results: [] },
  { params: [], results: ["i64"] },
  { params: ["i64"], results: ["i64"] },
];
/** Where the observer writes. */
const OBSERVED = 0x8000;
const TYPES: readonly Type[] = ["i32", "i64", "f32", "f64", "funcref"];

/** Generates. Its functions without parameters and results are exported as `run0`, `run1`, …; what it holds is exported too. */
export function generateModule(random: Random, leeway: Leeway): Module {
  const types = [
    ...FIXED_TYPES,
    ...Array.from({ length: 1 + random.int(4) }, () => randomSignature(random)),
  ];
  const imports = random.chance(0.4) ? IMPORTS.slice(0, 1 + random.int(3)) : [];
  const functionTypes = [
    0,
    ...Array.from({ length: 1 + random.int(5) }, () => random.int(types.length)),
  ];
  const count = imports.length + functionTypes.length;
  const hasMemory = random.chance(0.9);
  const hasTable = random.chance(0.7);
  const min = random.int(12);
  const empty = functionTypes.map((type): FunctionBody => ({ type, locals: [], body: [] }));
  const skeleton: Module = {
    types,
    imports,
    functions: empty,
    ...(hasMemory && {
      memory: random.pick([
        { min: 1 },
        { min: 0, max: 5 },
        { min: 17, max: 65_536 },
        { min: 2000 },
      ]),
    }),
    ...(hasTable && {
      table: random.pick([{ min }, { min, max: min + random.int(3) }, { min, max: 20_000 }]),
    }),
    globals: Array.from({ length: random.int(6) }, () => randomGlobal(random, count)),
    exports: [],
    elements: hasTable
      ? [
          { mode: { type: "declarative" }, items: range(count) },
          ...Array.from({ length: random.int(4) }, () => randomElements(random, min, count)),
        ]
      : [{ mode: { type: "declarative" }, items: range(count) }],
    data: Array.from({ length: random.int(4) }, () => randomData(random, hasMemory)),
  };
  const functions = functionTypes.map((type, index): FunctionBody => {
    const size = 2 + random.int(leeway.size);
    const generated = generateBody(random, skeleton, imports.length + index, { ...leeway, size });
    return {
      type,
      ...(index === 0 && hasMemory && random.chance(0.8)
        ? withResults(random, skeleton, generated, leeway)
        : generated),
    };
  });
  functions.push({ type: 0, locals: [], body: observer(skeleton, leeway) });
  const starts = functions.flatMap(({ type }, index) =>
    type === 0 ? [imports.length + index] : [],
  );
  return {
    ...skeleton,
    functions,
    exports: exportsOf({ ...skeleton, functions }, starts),
    ...(random.chance(0.1) && { start: random.pick(starts) }),
  };
}

function exportsOf(module: Module, runs: readonly number[]): Module["exports"] {
  return [
    ...runs.map((index, number) => ({ name: `run${number}`, kind: "function" as const, index })),
    ...range(module.imports.length + module.functions.length).map((index) => ({
      name: `f${index}`,
      kind: "function" as const,
      index,
    })),
    ...module.globals.map((_, index) => ({ name: `g${index}`, kind: "global" as const, index })),
    ...(module.table === undefined ? [] : [{ name: "table", kind: "table" as const, index: 0 }]),
    ...(module.memory === undefined ? [] : [{ name: "memory", kind: "memory" as const, index: 0 }]),
  ];
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Puts what the module holds into memory, last of all. */
function observer(module: Module, { observesNan }: Leeway): readonly Instruction[] {
  if (module.memory === undefined) return [{ op: "end" }];
  const seen = module.globals.flatMap(({ type }, index): Instruction[] => {
    const address: Instruction = { op: "i32.const", bits: BigInt(OBSERVED + index * 8) };
    const value: Instruction = { op: "global.get", index };
    if (type === "funcref") return [address, value, { op: "ref.is_null" }, { op: "i32.store" }];
    if (type.startsWith("f") && !observesNan) return [];
    return [address, value, { op: `${type}.store` }];
  });
  const size: Instruction[] = [
    { op: "i32.const", bits: BigInt(OBSERVED - 8) },
    { op: "table.size" },
    { op: "i32.store" },
  ];
  const entries = range(module.table?.min ?? 0).flatMap((index): Instruction[] => [
    { op: "i32.const", bits: BigInt(OBSERVED + 1000 + index) },
    { op: "i32.const", bits: BigInt(index) },
    { op: "table.get" },
    { op: "ref.is_null" },
    { op: "i32.store8" },
  ]);
  return [...seen, ...(module.table === undefined ? [] : size), ...entries, { op: "end" }];
}

function randomSignature(random: Random): Signature {
  return {
    params: Array.from({ length: random.int(5) }, () => random.pick(TYPES)),
    results: random.chance(0.6) ? [random.pick(TYPES)] : [],
  };
}

function randomGlobal(random: Random, functions: number): Global {
  const type = random.pick(TYPES);
  const init: Instruction =
    type !== "funcref"
      ? { op: `${type}.const`, bits: specialConstant(random, type) }
      : random.chance(0.5)
        ? { op: "ref.null", type }
        : { op: "ref.func", index: random.int(functions) };
  return { type, isMutable: random.chance(0.8), init };
}

function randomElements(
  random: Random,
  size: number,
  functions: number,
): Module["elements"][number] {
  const items = Array.from({ length: random.int(Math.min(size, 5) + 1) }, () =>
    random.chance(0.1) ? null : random.int(functions),
  );
  const isActive = random.chance(0.7);
  const offset = random.int(Math.max(1, size - items.length + 1)) + (random.chance(0.02) ? 10 : 0);
  const mode: Mode = isActive ? { type: "active", offset } : { type: "passive" };
  return { mode, items };
}

function randomData(random: Random, hasMemory: boolean): Module["data"][number] {
  const bytes = Uint8Array.from({ length: random.int(40) }, () => random.int(256));
  const offset = random.chance(0.02)
    ? random.pick([64 * 1024 * 1024 - 3, 64 * 1024 * 1024 - 40, 0xfffffff0])
    : random.int(70_000);
  return {
    mode: hasMemory && random.chance(0.6) ? { type: "active", offset } : { type: "passive" },
    bytes,
  };
}

/** Puts calls of the other functions in front, and their results into memory. */
function withResults(
  random: Random,
  module: Module,
  { locals, body }: GeneratedBody,
  leeway: Leeway,
): GeneratedBody {
  const calls: Instruction[] = [];
  for (const [index] of module.functions.entries()) {
    if (index === 0) continue;
    const callee = module.imports.length + index;
    const { params, results } = signatureOfFunction(module, callee);
    const [result] = results;
    const isSeen =
      result !== undefined && (leeway.observesNan || (result !== "f32" && result !== "f64"));
    if (isSeen) calls.push({ op: "i32.const", bits: BigInt(index * 16) });
    for (const type of params)
      calls.push(
        type === "funcref"
          ? { op: "ref.null", type }
          : { op: `${type}.const`, bits: specialConstant(random, type) },
      );
    calls.push({ op: "call", index: callee });
    if (result === "funcref")
      calls.push({ op: "ref.is_null" }, { op: "i32.store", align: 0, offset: 0 });
    else if (isSeen) calls.push({ op: `${result}.store`, align: 0, offset: 0 });
    else if (result !== undefined) calls.push({ op: "drop" });
  }
  return { locals, body: [...calls, ...body] };
}
