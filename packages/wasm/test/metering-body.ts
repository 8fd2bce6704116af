/**
 * A function body under construction: the operand stack is tracked as the validator of the specification does, so that values of
 * outer blocks stay below, and code behind a branch takes operands from nothing.
 * @module
 */
import { specialConstant } from "./metering-constants.ts";
import {
  signatureOfFunction,
  type Instruction,
  type Module,
  type Signature,
} from "./metering-module.ts";
import { OPCODES, type Type } from "./metering-opcodes.ts";
import type { Random } from "./metering-random.ts";

/** What bodies may do. */
export interface Leeway {
  /** Whether the program can see the bits of a NaN: reinterpretation, stores, copied signs. */
  readonly observesNan: boolean;
  /** Whether it computes mostly with floats. */
  readonly isFloating: boolean;
  /** Instructions of a function, roughly. */
  readonly size: number;
}

/** Local types and instructions of a function. */
export interface GeneratedBody {
  readonly locals: readonly Type[];
  readonly body: readonly Instruction[];
}

/** Unknown is what stands in code that cannot be reached. */
export type Operand = Type | "unknown";

export interface Frame {
  readonly op: "function" | "block" | "loop" | "if" | "else";
  readonly result: Type | null;
  readonly height: number;
  isPolymorphic: boolean;
}

const NUMERIC = OPCODES.filter(
  ({ immediate, signature, name }) =>
    immediate === "none" && signature !== null && name !== "nop" && name !== "ref.is_null",
);
const ACCESSES = OPCODES.filter(({ immediate }) => immediate === "memory");
const SEES_NAN = /reinterpret_f|f(32|64)\.(store|copysign)/;
const FLOATING: readonly Type[] = ["f32", "f64", "f32", "f64", "i32", "i64"];
const TYPES: readonly Type[] = ["i32", "i64", "f32", "f64", "funcref"];

export type Body = ReturnType<typeof createBody>;

/** Starts the body of the function with this index. */
export function createBody(random: Random, module: Module, self: number, leeway: Leeway) {
  const { params, results } = signatureOfFunction(module, self);
  const types = leeway.isFloating ? FLOATING : TYPES;
  const locals: Type[] = Array.from({ length: random.int(random.chance(0.1) ? 20 : 5) }, () =>
    random.pick(types),
  );
  const declared = [...params, ...locals];
  const counters: number[] = [];
  const code: Instruction[] = [];
  const stack: Operand[] = [];
  const frames: Frame[] = [
    { op: "function", result: results[0] ?? null, height: 0, isPolymorphic: false },
  ];
  const numeric = NUMERIC.filter(
    ({ name }) =>
      (leeway.observesNan || !SEES_NAN.test(name)) && (!leeway.isFloating || name.includes("f")),
  );
  const accesses = leeway.observesNan
    ? ACCESSES
    : ACCESSES.filter(({ name }) => !SEES_NAN.test(name));
  const budget = { left: leeway.size };

  const top = (): Frame => {
    const frame = frames.at(-1);
    if (frame === undefined) throw new RangeError("expected an open frame");
    return frame;
  };
  const emit = (op: string, members: Omit<Instruction, "op"> = {}): void => {
    code.push({ op, ...members });
    budget.left--;
  };
  const pop = (): Operand => {
    const frame = top();
    if (stack.length > frame.height) return stack.pop() ?? "unknown";
    if (!frame.isPolymorphic) throw new RangeError("expected an operand");
    return "unknown";
  };
  const popAll = (types: readonly Type[]): void => types.forEach(() => pop());
  const pushAll = (types: readonly Type[]): void => void stack.push(...types);
  const apply = (types: Signature): void => {
    popAll(types.params);
    pushAll(types.results);
  };
  const doesMatch = (types: readonly Type[]): boolean => {
    const frame = top();
    return types.every((type, index) => {
      const position = stack.length - types.length + index;
      if (position < frame.height) return frame.isPolymorphic;
      return stack[position] === type || stack[position] === "unknown";
    });
  };
  const indicesOf = (types: readonly Type[], type: Type): number[] =>
    types.flatMap((each, index) => (each === type ? [index] : []));
  const constant = (op: "i32" | "i64" | "f32" | "f64", value?: number | bigint): void => {
    const bits =
      value === undefined
        ? specialConstant(random, op)
        : BigInt.asUintN(op === "i32" ? 32 : 64, BigInt(value));
    emit(`${op}.const`, { bits });
    pushAll([op]);
  };
  const writable = (index: number): boolean => !counters.includes(index);

  /** Puts an operand of a type on the stack. */
  const operand = (type: Type, depth = 0): void => {
    const found = indicesOf(declared, type);
    const globals = module.globals.flatMap((global, index) =>
      global.type === type ? [index] : [],
    );
    if (found.length > 0 && random.chance(0.45)) {
      emit("local.get", { index: random.pick(found) });
      return pushAll([type]);
    }
    if (globals.length > 0 && random.chance(0.2)) {
      emit("global.get", { index: random.pick(globals) });
      return pushAll([type]);
    }
    if (depth < 3 && random.chance(0.3)) {
      const makers = numeric.filter(
        ({ signature, name }) => signature?.results[0] === type && !isRisky(name),
      );
      const maker = makers.length > 0 ? random.pick(makers) : undefined;
      if (maker?.signature != null) {
        for (const each of maker.signature.params) operand(each, depth + 1);
        emit(maker.name);
        return apply(maker.signature);
      }
    }
    if (type !== "funcref") return constant(type);
    if (module.functions.length > 0 && random.chance(0.6))
      emit("ref.func", { index: random.int(module.imports.length + module.functions.length) });
    else emit("ref.null", { type: "funcref" });
    return pushAll([type]);
  };
  const need = (types: readonly Type[], reuse = 0.6): void => {
    if (doesMatch(types) && random.chance(reuse)) return;
    for (const type of types) operand(type);
  };
  /** An i32 operand that mostly lies below a bound. */
  const bounded = (bound: number, safety = 0.95): void => {
    if (!random.chance(safety)) return operand("i32");
    if (random.chance(0.5) || (bound & (bound - 1)) !== 0)
      return constant("i32", random.int(bound));
    operand("i32");
    constant("i32", bound - 1);
    emit("i32.and");
    return popAll(["i32"]);
  };

  const labelOf = (depth: number): Type | null => {
    const frame = frames[frames.length - 1 - depth];
    return frame === undefined || frame.op === "loop" ? null : frame.result;
  };
  const cut = (): void => {
    stack.length = top().height;
    top().isPolymorphic = true;
  };

  return {
    random,
    module,
    self,
    results,
    leeway,
    declared,
    locals,
    counters,
    code,
    stack,
    frames,
    budget,
    types,
    numeric,
    accesses,
    top,
    emit,
    pop,
    popAll,
    pushAll,
    apply,
    doesMatch,
    constant,
    writable,
    operand,
    need,
    bounded,
    labelOf,
    cut,
  };
}

/** Whether the operands decide if it traps. */
export function isRisky(name: string): boolean {
  return /\.(div|rem)_|\.trunc_f/.test(name);
}
