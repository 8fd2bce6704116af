/**
 * Numbers as nearcore prints them in JSON.
 * @module
 */
export type { Json } from "../chain/outcome.ts";

/** A u64 in JSON: a number wherever a number is exact, as the lossless parser reads it. */
export function u64Json(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** A u128 in JSON: a decimal string. */
export function u128Json(value: bigint): string {
  return value.toString();
}
