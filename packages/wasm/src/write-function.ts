/**
 * Writes a function that has been walked through, with its payments in place.
 * @module
 */
import type { ByteWriter } from "./byte-writer.ts";
import type { FunctionState } from "./function-state.ts";
import { AGGREGATE, NOTHING, TAKES_GAS, UNREACHABLE } from "./gas-points.ts";
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
  readonly start: number;
  readonly end: number;
  /** Where the body ends; the code is before it, and after the locals. */
  readonly bodyEnd: number;
}

/** Writes the body, its size first. */
export function writeFunction(writer: ByteWriter, state: FunctionState, body: BodyParts): void {
  const { points, nans } = state;
  mergePoints(points);
  nans.select();
  writer.reserve(
    ENTRY_SIZE + body.bodyEnd - body.start + points.count * POINT_SIZE + nans.count * NAN_SIZE,
  );
  const size = writer.holdU28();
  const slots = createSlots(state);
  writeLocals(writer, state, slots, body);
  const code = new MeteredCode(writer, state, slots);
  code.writeStackCheck(state.frameSize + state.sizes.maximum, state.callsFunctions);
  writeCode(writer, state, body, code);
  writer.patchU28(size);
}

function writeCode(
  writer: ByteWriter,
  state: FunctionState,
  body: BodyParts,
  code: MeteredCode,
): void {
  const { points, nans } = state;
  const { bytes } = state.reader;
  const lastEnd = body.bodyEnd - 1;
  let copied = body.end;
  let nan = 0;
  let isShownAtEnd = false;
  const startsAtOnce =
    points.count > 0 && points.offsets[0] === body.end && isConstant(points.kinds[0]);
  code.writeEntry(
    state.frameSize,
    startsAtOnce ? (points.costs[0] ?? 0) : 0,
    startsAtOnce ? (points.duties[0] ?? NOTHING) : NOTHING,
  );
  for (let index = startsAtOnce ? 1 : 0; index < points.count; index += 1) {
    const kind = points.kinds[index];
    const offset = points.offsets[index] ?? 0;
    const cost = points.costs[index] ?? 0;
    const duty = points.duties[index] ?? NOTHING;
    if (kind === UNREACHABLE || (cost === 0 && (duty & TAKES_GAS) === 0)) {
      continue;
    }
    if (offset === lastEnd && cost === 0) {
      isShownAtEnd = true;
      continue;
    }
    while (nan < nans.count && (nans.offsets[nan] ?? 0) <= offset) {
      const at = nans.offsets[nan] ?? 0;
      writer.copy(bytes, copied, at);
      copied = at;
      code.writeCanonicalNan(nans.types[nan] ?? 0);
      nan += 1;
    }
    writer.copy(bytes, copied, offset);
    copied = offset;
    if (kind === AGGREGATE) {
      code.writeAggregate(cost);
    } else {
      code.writePoint(cost, duty);
    }
  }
  while (nan < nans.count) {
    const at = nans.offsets[nan] ?? 0;
    writer.copy(bytes, copied, at);
    copied = at;
    code.writeCanonicalNan(nans.types[nan] ?? 0);
    nan += 1;
  }
  writer.copy(bytes, copied, lastEnd);
  if (!isShownAtEnd) {
    code.writeExit();
  }
  writer.copy(bytes, lastEnd, body.bodyEnd);
}

function isConstant(kind: number | undefined): boolean {
  return kind !== AGGREGATE && kind !== UNREACHABLE;
}
