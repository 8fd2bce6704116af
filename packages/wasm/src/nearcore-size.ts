/**
 * How large things become in nearcore, which has limits on them: functions in its own form of metering, instances in
 * its own engine.
 * Sources: nearcore runtime/near-vm-runner/src/prepare/instrument_v3.rs; wasmtime crates/environ/src/vmoffsets.rs.
 * @module
 */
import type { FunctionState } from "./function-state.ts";
import { AGGREGATE, UNREACHABLE } from "./gas-points.ts";
import { REGULAR_COST } from "./metered-code.ts";
import type { ModuleInfo } from "./module-info.ts";
import type { BodyParts } from "./write-function.ts";

/** Bytes besides the indices of globals: at a point, without its cost; at an aggregate one; around the body. */
const POINT_SIZE = 15;
const AGGREGATE_SIZE = 54;
const FRAME_SIZE = 72;

/** Bytes that an instance keeps for each; the counters of gas and stack are globals, too. */
const GLOBAL_SIZE = 16;
const IMPORT_SIZE = 24;
const REFERENCE_SIZE = 32;
const COUNTERS = 2;

/** Bytes of an instance of the module, near enough for a limit of a megabyte. */
export function instanceSize({ globals, imports, referenced }: ModuleInfo): number {
  return (
    GLOBAL_SIZE * (globals.length + COUNTERS) +
    IMPORT_SIZE * imports.length +
    REFERENCE_SIZE * referenced.size
  );
}

/** Bytes of the function as nearcore would write it, near enough for a limit of megabytes. */
export function nearcoreSize(state: FunctionState, body: BodyParts): number {
  const { count, kinds, costs } = state.points;
  // The index of a counter stands thrice at each point, and the cost as well; around the body it stands seven times.
  const index = signedSize(state.module.globals.length);
  let size = FRAME_SIZE + 7 * index + body.end - body.localsStart;
  for (let point = 0; point < count; point += 1) {
    const cost = costs[point] ?? 0;
    if (kinds[point] === AGGREGATE) {
      size += AGGREGATE_SIZE + 3 * index;
    } else if (kinds[point] !== UNREACHABLE && cost > 0) {
      size += POINT_SIZE + 3 * index + 3 * signedSize(cost * REGULAR_COST);
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
