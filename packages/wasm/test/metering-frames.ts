/**
 * What the interpreter knows of a function before it runs, and the small instructions that need no more than memory and stack.
 * @module
 */
import type { SparseMemory } from "./metering-memory.ts";
import {
  present,
  typeOf,
  type FunctionBody,
  type Instruction,
  type Module,
} from "./metering-module.ts";
import { big, num, type Value } from "./metering-numeric.ts";
import type { Type } from "./metering-opcodes.ts";
import { gasPoints, type Point } from "./metering-points.ts";
import { frameSize, operandSize } from "./metering-stack.ts";

/** A function, with where it pays and where its blocks end. */
export interface Prepared {
  readonly body: FunctionBody;
  readonly points: ReadonlyMap<number, readonly Point[]>;
  readonly frame: number;
  readonly operands: number;
  readonly locals: readonly Type[];
  readonly results: readonly Type[];
  /** For each block, loop, if and else: where its `end` is, for an if also its `else`. */
  readonly ends: readonly number[];
  readonly elses: readonly (number | undefined)[];
}

/** A function under way. */
export interface Activation {
  readonly prepared: Prepared;
  readonly values: Value[];
  readonly stack: Value[];
  readonly labels: {
    readonly height: number;
    readonly arity: number;
    readonly target: number;
    readonly isLoop: boolean;
  }[];
  pc: number;
}

export function prepareFunction(module: Module, body: FunctionBody): Prepared {
  const { params, results } = typeOf(module, body.type);
  const points = new Map<number, Point[]>();
  for (const point of gasPoints(body.body)) {
    points.set(point.offset, [...(points.get(point.offset) ?? []), point]);
  }
  const ends: number[] = [];
  const elses: (number | undefined)[] = [];
  const open: number[] = [];
  const fors: (number | undefined)[] = [];
  for (const [index, { op }] of body.body.entries()) {
    if (op === "block" || op === "loop" || op === "if") {
      open.push(index);
      fors.push(undefined);
    }
    if (op === "else") {
      elses[present(open.at(-1))] = index;
      fors[fors.length - 1] = index;
    }
    if (op !== "end") continue;
    const opener = open.pop();
    const alternative = fors.pop();
    if (opener !== undefined) ends[opener] = index;
    if (alternative !== undefined) ends[alternative] = index;
  }
  return {
    body,
    points,
    frame: frameSize(module, body),
    operands: operandSize(module, body),
    locals: [...params, ...body.locals],
    results,
    ends,
    elses,
  };
}

export function evaluate({ op, index = 0, bits = 0n }: Instruction): Value {
  if (op === "i32.const") return Number(BigInt.asIntN(32, bits));
  if (op === "i64.const") return BigInt.asIntN(64, bits);
  if (op === "f32.const") return Number(bits);
  if (op === "f64.const") return bits;
  return op === "ref.func" ? index : null;
}

export function zeroOf(type: Type): Value {
  if (type === "funcref") return null;
  return type === "i64" || type === "f64" ? 0n : 0;
}

/** A value of any kind, null included. */
export function value(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError("expected a value on the stack, got none");
  return value;
}

export function reference(value: Value | undefined): number | null {
  if (typeof value === "bigint" || value === undefined) throw new TypeError("expected a reference");
  return value;
}

export function popThree(stack: Value[]): readonly [number, number, number] {
  const count = num(stack.pop()) >>> 0;
  const second = num(stack.pop()) >>> 0;
  return [num(stack.pop()) >>> 0, second, count];
}

/** Loads and stores. */
export function access(
  memory: SparseMemory,
  { op, offset = 0 }: Instruction,
  stack: Value[],
): void {
  const found = /^([if])(32|64)\.(load|store)(8|16|32)?(_[su])?$/.exec(op);
  if (found === null) throw new RangeError(`expected an instruction, got ${op}`);
  const [, kind, width, direction, narrow, sign] = found;
  const length = Number(narrow ?? width) / 8;
  const isBig = width === "64";
  if (direction === "store") {
    const value = stack.pop();
    const bits = isBig ? big(value) : BigInt(num(value));
    memory.store((num(stack.pop()) >>> 0) + offset, bits, length);
    return;
  }
  const bits = memory.load((num(stack.pop()) >>> 0) + offset, length);
  if (kind === "f") stack.push(isBig ? bits : Number(bits));
  else {
    const value =
      sign === "_s" ? BigInt.asIntN(length * 8, bits) : BigInt.asIntN(isBig ? 64 : 32, bits);
    stack.push(isBig ? value : Number(value));
  }
}
