/**
 * The second pass of finite-wasm's analysis: payments that nobody can tell apart become one.
 * Source: finite-wasm 0.6 src/gas/optimize.rs.
 * @module
 */
import {
  AFTER_CONTROL,
  AGGREGATE,
  BEFORE_CONTROL,
  BETWEEN_CONTROL,
  type GasPoints,
  PURE,
  UNREACHABLE,
} from "./gas-points.ts";

/** Two points that stay apart. */
const APART = -1;

/** Merges the points of a function in place. */
export function mergePoints(points: GasPoints): void {
  merge(points, kindAtOneOffset, true);
  merge(points, kindAcrossInstructions, false);
}

/** Merges each point into the one before it, where `kindOf` tells the kind of both together. */
function merge(
  points: GasPoints,
  kindOf: (previous: number, next: number) => number,
  onlyAtOneOffset: boolean,
): void {
  const { count, offsets, costs, kinds, duties } = points;
  let last = -1;
  for (let index = 0; index < count; index += 1) {
    const offset = offsets[index] ?? 0;
    const kind = kinds[index] ?? PURE;
    const isCandidate = last >= 0 && (!onlyAtOneOffset || offsets[last] === offset);
    const merged = isCandidate ? kindOf(kinds[last] ?? PURE, kind) : APART;
    if (merged === APART) {
      last += 1;
      offsets[last] = offset;
      costs[last] = costs[index] ?? 0;
      kinds[last] = kind;
      duties[last] = duties[index] ?? 0;
    } else {
      costs[last] = (costs[last] ?? 0) + (costs[index] ?? 0);
      kinds[last] = merged;
      duties[last] = (duties[last] ?? 0) | (duties[index] ?? 0);
    }
  }
  points.count = last + 1;
}

/** The kind of two points at the same instruction. */
function kindAtOneOffset(previous: number, next: number): number {
  if (previous === AGGREGATE || next === AGGREGATE) {
    return APART;
  }
  if (previous === UNREACHABLE || next === UNREACHABLE) {
    return UNREACHABLE;
  }
  if (previous === PURE || next === previous || next === PURE) {
    return previous === PURE ? next : previous;
  }
  return BETWEEN_CONTROL;
}

/** The kind of two points with instructions between them. */
function kindAcrossInstructions(previous: number, next: number): number {
  if (next === PURE) {
    return previous === PURE || previous === AFTER_CONTROL ? previous : APART;
  }
  if (next === BEFORE_CONTROL) {
    if (previous === PURE) {
      return BEFORE_CONTROL;
    }
    return previous === AFTER_CONTROL ? BETWEEN_CONTROL : APART;
  }
  return previous === UNREACHABLE && next === UNREACHABLE ? UNREACHABLE : APART;
}
