/**
 * JSON as nearcore prints it: errors and views are data of this type.
 * @module
 */

/** A JSON value; an integer beyond 2^53 is a bigint, as the lossless parser reads it. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** A u64 in JSON: a number wherever a number is exact. */
export function u64Json(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** A u128 in JSON: a decimal string. */
export function u128Json(value: bigint): string {
  return value.toString();
}
