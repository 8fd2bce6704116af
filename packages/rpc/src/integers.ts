/**
 * Turns the 64-bit integers of an answer into bigint, by the lists in `generated/integers.ts`.
 * @module
 */
import { isRecord } from "./record.ts";

/** Where 64-bit integers stand: 1 is one, an object maps fields, `*` is any key, arrays are transparent. */
export type Shape = 1 | { readonly [field: string]: Shape };

/**
 * Returns a copy with the listed integers as bigint; the rest is shared with the original.
 * @param onInexact - called for a number that has lost digits already; what it returns takes its place
 */
export function toBigints(
  value: unknown,
  shape: Shape,
  onInexact: (value: number) => unknown = (value) => value,
): unknown {
  if (Array.isArray(value)) return value.map((item) => toBigints(item, shape, onInexact));
  if (shape !== 1) {
    if (!isRecord(value)) return value;
    const copy: { [key: string]: unknown } = { ...value };
    for (const key of Object.keys("*" in shape ? value : shape)) {
      const inner = shape["*"] ?? shape[key];
      if (inner && Object.hasOwn(value, key)) copy[key] = toBigints(value[key], inner, onInexact);
    }
    return copy;
  }
  if (typeof value === "number") {
    return Number.isSafeInteger(value) ? BigInt(value) : onInexact(value);
  }
  // nearcore has moved integers into strings before (timestamps).
  return typeof value === "string" && /^\d{1,20}$/.test(value) ? BigInt(value) : value;
}
