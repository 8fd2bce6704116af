/**
 * How long a function becomes in nearcore, whose limit on instrumented code is about its own form of metering.
 * Source: nearcore runtime/near-vm-runner/src/prepare/instrument_v3.rs.
 * @module
 */
import type { FunctionState } from "./function-state.ts";
import { AGGREGATE, UNREACHABLE } from "./gas-points.ts";
import type { BodyParts } from "./write-function.ts";

/** Bytes besides numbers: at a point, at an aggregate one, and around the body. */
const POINT_SIZE = 18;
const AGGREGATE_SIZE = 80;
const FRAME_SIZE = 60;

/** Bytes of the function as nearcore would write it, near enough for a limit of megabytes. */
export function nearcoreSize(state: FunctionState, body: BodyParts): number {
  const { count, kinds, costs } = state.points;
  // Indices of globals and costs are written twice or thrice at each point.
  const global = signedSize(state.module.globals.length);
  let size = FRAME_SIZE + body.end - body.localsStart;
  for (let index = 0; index < count; index += 1) {
    const cost = costs[index] ?? 0;
    if (kinds[index] === AGGREGATE) {
      size += AGGREGATE_SIZE;
    } else if (kinds[index] !== UNREACHABLE && cost > 0) {
      size += POINT_SIZE + 3 * global + 3 * signedSize(cost * 822_756);
    }
  }
  return size;
}

function signedSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x3f; rest = Math.floor(rest / 0x80)) {
    size += 1;
  }
  return size;
}
