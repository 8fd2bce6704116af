/**
 * Modules of hand-written tests: `i32.const 1; if i32; …; end`.
 * @module
 */
import type { Instruction, Module, Signature } from "./metering-module.ts";
import { opcodeNamed, type Type } from "./metering-opcodes.ts";

/** A function; its own `end` comes by itself. */
export interface Source {
  readonly type?: Signature;
  readonly locals?: readonly Type[];
  readonly body: string;
}

const NO_TYPE: Signature = { params: [], results: [] };

/** Puts functions in a module with a memory, a table of all functions, and the imports on demand. The first one is `run0`. */
export function assembleModule(sources: readonly Source[], members: Partial<Module> = {}): Module {
  const first = members.imports?.length ?? 0;
  const types: Signature[] = [NO_TYPE, ...(members.types ?? [])];
  const functions = sources.map(({ type = NO_TYPE, locals = [], body }) => {
    types.push(type);
    return { type: types.length - 1, locals, body: [...assemble(body), { op: "end" }] };
  });
  const items = functions.map((_, index) => first + index);
  return {
    imports: [],
    memory: { min: 1 },
    table: { min: items.length + 1 },
    globals: [],
    exports: [{ name: "run0", kind: "function", index: first }],
    elements: [{ mode: { type: "active", offset: 0 }, items }],
    data: [{ mode: { type: "passive" }, bytes: Uint8Array.of(1, 2, 3, 4) }],
    ...members,
    types,
    functions,
  };
}

function assemble(text: string): Instruction[] {
  return text
    .split(";")
    .map((line) => line.trim().split(/\s+/))
    .filter(([op]) => op !== "")
    .map(([op = "", ...rest]) => {
      const [argument = "0"] = rest;
      switch (opcodeNamed(op).immediate) {
        case "block":
        case "types":
          return { op, type: typeNamed(rest[0]) };
        case "labels":
          return { op, labels: rest.map(Number) };
        case "const":
          return { op, bits: BigInt.asUintN(op.includes("64") ? 64 : 32, BigInt(argument)) };
        case "memory":
          return { op, align: 0, offset: Number(argument) };
        default:
          return { op, index: Number(argument) };
      }
    });
}

function typeNamed(name: string | undefined): Type | null {
  const types: readonly Type[] = ["i32", "i64", "f32", "f64", "funcref"];
  return types.find((type) => type === name) ?? null;
}
