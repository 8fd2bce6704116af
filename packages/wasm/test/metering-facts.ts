/**
 * Where finite-wasm pays and how much operands take, as its own snapshots tell: functions of the WebAssembly core tests,
 * each charge in brackets before the instruction that it stands before. In that configuration every instruction costs 1, `block` too,
 * `end` and `else` nothing, and aggregates nothing by their count.
 * Source: near/finite-wasm tests/snaps (br_if, unreachable, labels, loop, call_indirect, memory_fill, regression-45); those
 * with functions of several values or with branches to loops of before the fix of regression 45 are left out.
 * @module
 */
import type { Signature } from "./metering-module.ts";
import type { Type } from "./metering-opcodes.ts";

/** A function of a snapshot. */
export interface Fact {
  /** `params > results`. */
  readonly type: string;
  readonly locals?: readonly Type[];
  /** Bytes of the operand stack. */
  readonly operands: number;
  readonly body: string;
}

/** Types by their index, which `call_indirect` names; the first is that of no parameters and no result. */
export const TYPES: readonly Signature[] = [
  signature("i32 i32 i32 > i32"),
  signature("i32 > i32"),
  signature("i64 > i64"),
  signature("> i32"),
  signature("i32 i32 i32 >"),
  signature("i64 >"),
  signature("i64 f64 i32 i64 >"),
  signature("i64 > i32"),
  signature("i64 f64 i32 i64 > i32"),
];

/** Reads `params > results`. */
export function signature(text: string): Signature {
  const [params = [], results = []] = text.split(">").map((part) => part.match(/\w+/g) ?? []);
  const typed = (names: readonly string[]): Type[] => names.flatMap((name) => typeNamed(name));
  return { params: typed(params), results: typed(results) };
}

function typeNamed(name: string): Type[] {
  const types: readonly Type[] = ["i32", "i64", "f32", "f64"];
  return types.filter((type) => type === name);
}

/** A function of a snapshot. */
export const fact = (
  type: string,
  operands: number,
  body: string,
  locals: readonly Type[] = [],
): Fact => ({
  type,
  operands,
  body,
  locals,
});

/** What the functions call: function 0 takes nothing, function 1 three numbers for one. */
export const CALLED: readonly Fact[] = [
  fact(">", 0, ""),
  fact("i32 i32 i32 > i32", 4, "[1] i32.const -1"),
];
