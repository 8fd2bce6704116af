/**
 * Turns the 64-bit integers of an answer into bigint, by the lists in `generated/integers.ts`.
 * @module
 */
import { isRecord } from "./record.ts";
import { TransportError } from "./transport-error.ts";

/** Where 64-bit integers stand: 1 is one, an object maps fields, `*` is any key, arrays are transparent. */
export type Shape = 1 | { readonly [field: string]: Shape };

/** Returns a copy with the listed integers as bigint; what holds none is shared with the original. */
export function toBigints(value: unknown, shape: Shape | undefined): unknown {
  if (shape === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => toBigints(item, shape));
  if (shape === 1) return toBigint(value);
  if (!isRecord(value)) return value;
  const fields = Object.entries(value);
  return Object.fromEntries(
    fields.map(([key, inner]) => [key, toBigints(inner, shape["*"] ?? shape[key])]),
  );
}

/**
 * Turns a number into a bigint, and leaves everything else.
 * @throws {TransportError} `malformed` when its digits are lost: the transport does not parse as it must
 */
export function toBigint(value: unknown): unknown {
  if (typeof value !== "number") return value;
  if (Number.isSafeInteger(value)) return BigInt(value);
  throw new TransportError("malformed", `expected an exact integer, got ${value}`);
}
