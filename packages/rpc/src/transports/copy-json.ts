/**
 * Copies of answers, since callers may change what they get.
 * @module
 */
import { isRecord } from "../record.ts";

/** Copies JSON, bigints too. */
export function copyJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyJson);
  if (!isRecord(value)) return value;
  const copy = { ...value };
  for (const key of Object.keys(copy)) copy[key] = copyJson(copy[key]);
  return copy;
}

/** Estimates the bytes that JSON takes in memory. */
export function sizeOfJson(value: unknown): number {
  if (typeof value === "string") return 16 + 2 * value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + sizeOfJson(item), 16);
  if (!isRecord(value)) return 8;
  return Object.values(value).reduce<number>((sum, item) => sum + 16 + sizeOfJson(item), 16);
}
