/**
 * Where a function pays and how much, by the letter of the rules of finite-wasm 0.6: slow lists of objects.
 * Source: nearcore's analysis crate finite-wasm, src/gas/{mod,optimize}.rs.
 * @module
 */
import { present, type Instruction } from "./metering-module.ts";

type Kind = "Unreachable" | "Pure" | "PreCF" | "PostCF" | "Between" | "Aggregate";

/** What is paid at an offset. */
export interface Point {
  offset: number;
  constant: bigint;
  linear: bigint;
  kind: Kind;
}

/** Price of an instruction. */
export const OP = 822_756n;
const AGGREGATE_BASE = 26_328_192n;

const FREE = new Set(["block", "end", "else"]);
const AGGREGATES = new Set([
  "memory.grow",
  "memory.init",
  "memory.copy",
  "memory.fill",
  "table.grow",
  "table.init",
  "table.copy",
  "table.fill",
]);
const TRAPPING =
  /^(i(32|64)\.(div|rem)_[su]|i(32|64)\.trunc_f(32|64)_[su]|(i|f)(32|64)\.(load|store)\d*(_[su])?|table\.[gs]et|call|call_indirect)$/;

interface Frame {
  isPolymorphic: boolean;
  kind: "UntakenForward" | "Forward" | { readonly pre: number; readonly post: number };
}

/** Points of a function that cost something and can be reached, in order. */
export function gasPoints(body: readonly Instruction[]): readonly Point[] {
  const merged = mergeAcross(mergeAtOffsets(collect(body)));
  return merged.filter(
    ({ kind, constant, linear }) => kind !== "Unreachable" && (constant > 0n || linear > 0n),
  );
}

/** Pass 1. */
function collect(body: readonly Instruction[]): readonly Point[] {
  const frames: Frame[] = [{ isPolymorphic: false, kind: "UntakenForward" }];
  const points: Point[] = [];
  let scheduled: { kind: Kind; constant: bigint } | undefined;
  const top = (): Frame => present(frames.at(-1));

  for (const { op, at, index = 0, labels = [] } of body) {
    const offset = present(at);
    if (scheduled !== undefined) points.push({ offset, ...scheduled, linear: 0n });
    scheduled = undefined;
    const cost = FREE.has(op) ? 0n : OP;
    const before = (kind: Kind, constant: bigint, linear = 0n): void => {
      points.push({ offset, constant, linear, kind: top().isPolymorphic ? "Unreachable" : kind });
    };
    const after = (kind: Kind, constant: bigint): void => void (scheduled = { kind, constant });
    const sideEffect = (constant: bigint): void => {
      before("PreCF", constant);
      after("PostCF", 0n);
    };
    const push = (kind: Frame["kind"]): void =>
      void frames.push({ isPolymorphic: top().isPolymorphic, kind });
    const pop = (): void => void (frames.length > 1 && frames.pop());
    const adjust = (frame: Frame): void => {
      if (frame.kind === "UntakenForward") frame.kind = "Forward";
      if (typeof frame.kind !== "object") return;
      present(points[frame.kind.post]).kind = "PostCF";
      present(points[frame.kind.pre]).kind = "PreCF";
    };
    const label = (depth: number): Frame => present(frames[frames.length - 1 - depth]);

    if (AGGREGATES.has(op)) {
      before("Aggregate", AGGREGATE_BASE, OP);
      after("PostCF", 0n);
    } else if (TRAPPING.test(op)) {
      sideEffect(cost);
    } else if (op === "unreachable") {
      before("PreCF", cost);
      after("Unreachable", 0n);
      top().isPolymorphic = true;
    } else if (op === "block") {
      before("Pure", 0n);
      push("UntakenForward");
    } else if (op === "loop") {
      const pre = points.length;
      before("Pure", 0n);
      after("Pure", OP);
      push({ pre, post: pre + 1 });
    } else if (op === "if") {
      sideEffect(cost);
      push("Forward");
    } else if (op === "else") {
      pop();
      push("Forward");
      sideEffect(0n);
    } else if (op === "end") {
      if (top().kind === "Forward") sideEffect(0n);
      else before("Pure", 0n);
      pop();
    } else if (op === "br") {
      sideEffect(cost);
      adjust(label(index));
      top().isPolymorphic = true;
    } else if (op === "br_if") {
      sideEffect(cost);
      adjust(label(index));
    } else if (op === "br_table") {
      sideEffect(cost);
      for (const depth of labels) adjust(label(depth));
      top().isPolymorphic = true;
    } else if (op === "return") {
      sideEffect(cost);
      adjust(present(frames[0]));
      top().isPolymorphic = true;
    } else {
      before("Pure", cost);
    }
  }
  return points;
}

/** Pass 2a. */
function mergeAtOffsets(points: readonly Point[]): readonly Point[] {
  return merge(points, (previous, next) =>
    previous.offset === next.offset ? kindAtOffset(previous.kind, next.kind) : undefined,
  );
}

/** Pass 2b. */
function mergeAcross(points: readonly Point[]): readonly Point[] {
  return merge(points, (previous, next) => kindAcross(previous.kind, next.kind));
}

function merge(
  points: readonly Point[],
  kindOf: (previous: Point, next: Point) => Kind | undefined,
): readonly Point[] {
  const merged: Point[] = [];
  for (const point of points) {
    const previous = merged.at(-1);
    const kind =
      previous === undefined || previous.linear > 0n || point.linear > 0n
        ? undefined
        : kindOf(previous, point);
    if (previous === undefined || kind === undefined) {
      merged.push({ ...point });
      continue;
    }
    previous.kind = kind;
    previous.constant += point.constant;
    previous.offset = Math.min(previous.offset, point.offset);
  }
  return merged;
}

function kindAtOffset(previous: Kind, next: Kind): Kind {
  if (previous === "Unreachable" || next === "Unreachable") return "Unreachable";
  if (previous === "Pure") return next;
  if (previous === "PreCF") return next === "PreCF" || next === "Pure" ? "PreCF" : "Between";
  if (previous === "PostCF") return next === "PostCF" || next === "Pure" ? "PostCF" : "Between";
  return "Between";
}

function kindAcross(previous: Kind, next: Kind): Kind | undefined {
  const pair = `${previous}+${next}`;
  if (pair === "Pure+Pure") return "Pure";
  if (pair === "Unreachable+Unreachable") return "Unreachable";
  if (pair === "PostCF+PreCF") return "Between";
  if (pair === "Pure+PreCF") return "PreCF";
  if (pair === "PostCF+Pure") return "PostCF";
  return undefined;
}
