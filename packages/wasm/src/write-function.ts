/**
 * Writes a function that has been walked through, with its payments in place.
 * @module
 */
import type { ByteWriter } from "./byte-writer.ts";
import { CodeCopy } from "./code-copy.ts";
import type { FunctionState } from "./function-state.ts";
import { AGGREGATE, type GasPoints, NOTHING, TAKES_GAS, UNREACHABLE } from "./gas-points.ts";
import { mergePoints } from "./merge-points.ts";
import { MeteredCode } from "./metered-code.ts";
import { createSlots, writeLocals } from "./slots.ts";

/** Most bytes that a point, a canonical NaN, and the entry with its locals take. */
const POINT_SIZE = 64;
const NAN_SIZE = 40;
const ENTRY_SIZE = 256;

/** Where the parts of a body are. */
export interface BodyParts {
  /** Groups of locals: their number, and where they are declared. */
  readonly groups: number;
  readonly localsStart: number;
  readonly codeStart: number;
  readonly end: number;
}

/** Writes the body, its size first. */
export function writeFunction(writer: ByteWriter, state: FunctionState, body: BodyParts): void {
  const { points, nans } = state;
  mergePoints(points);
  nans.select();
  writer.reserve(
    ENTRY_SIZE + (body.end - body.localsStart) + points.count * POINT_SIZE + nans.count * NAN_SIZE,
  );
  const size = writer.holdU28();
  const slots = createSlots(state);
  writeLocals(writer, state, slots, body);
  writeCode(state, body, writer, new MeteredCode(writer, state, slots));
  writer.patchU28(size);
}

function writeCode(
  state: FunctionState,
  body: BodyParts,
  writer: ByteWriter,
  code: MeteredCode,
): void {
  const { points } = state;
  const copy = new CodeCopy(writer, state, code, body.codeStart);
  const lastEnd = body.end - 1;
  code.writeStackCheck(state.frameSize + state.sizes.maximum, state.callsFunctions);
  const paidAtOnce = paidAtEntry(points, body.codeStart);
  code.writeEntry(
    state.frameSize,
    paidAtOnce === 0 ? 0 : (points.costs[0] ?? 0),
    paidAtOnce === 0 ? NOTHING : (points.duties[0] ?? NOTHING),
  );
  let isShown = false;
  for (let index = paidAtOnce; index < points.count; index += 1) {
    const kind = points.kinds[index] ?? UNREACHABLE;
    const offset = points.offsets[index] ?? 0;
    const cost = points.costs[index] ?? 0;
    const duty = points.duties[index] ?? NOTHING;
    if (kind === UNREACHABLE || (cost === 0 && (duty & TAKES_GAS) === 0)) {
      continue;
    }
    if (cost === 0 && offset === lastEnd) {
      // A call right before the end: what it left is what the caller is to see.
      isShown = true;
      continue;
    }
    copy.copyTo(offset);
    if (kind === AGGREGATE) {
      code.writeAggregate(cost);
    } else {
      code.writePoint(cost, duty);
    }
  }
  copy.copyTo(lastEnd);
  if (!isShown) {
    code.writeExit();
  }
  copy.copyTo(body.end);
}

/** How many points, none or one, are paid along with the entry. */
function paidAtEntry(points: GasPoints, codeStart: number): number {
  const kind = points.kinds[0];
  const isFirst = points.count > 0 && points.offsets[0] === codeStart;
  return isFirst && kind !== AGGREGATE && kind !== UNREACHABLE ? 1 : 0;
}
