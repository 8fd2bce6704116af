/**
 * Typed access into parsed JSON: each function throws a `TypeError` that names the path when the shape is not as asked.
 * @module
 */
import type { Json } from "./json.ts";

/** Keys and indexes that lead from a value to one inside it. */
export type Path = readonly (string | number)[];

/**
 * Returns the value at a path.
 *
 * @throws {TypeError} when there is nothing at the path
 */
export function field(value: Json, ...path: Path): Json {
  let current = value;
  for (const [depth, step] of path.entries()) {
    const next = child(current, step);
    if (next === undefined) throw wrong("a value", undefined, path.slice(0, depth + 1));
    current = next;
  }
  return current;
}

/** Says whether the value is an object with this key, or an array with this index. */
export function has(value: Json, key: string | number): boolean {
  return child(value, key) !== undefined;
}

/** Returns the string at a path. */
export function text(value: Json, ...path: Path): string {
  const found = field(value, ...path);
  if (typeof found !== "string") throw wrong("a string", found, path);
  return found;
}

/** Returns the integer at a path: a JSON integer of any size, or a string of decimal digits. */
export function integer(value: Json, ...path: Path): bigint {
  const found = field(value, ...path);
  if (typeof found === "bigint") return found;
  if (typeof found === "number" && Number.isSafeInteger(found)) return BigInt(found);
  if (typeof found === "string" && /^-?[0-9]+$/.test(found)) return BigInt(found);
  throw wrong("an integer", found, path);
}

/** Returns the boolean at a path. */
export function flag(value: Json, ...path: Path): boolean {
  const found = field(value, ...path);
  if (typeof found !== "boolean") throw wrong("a boolean", found, path);
  return found;
}

/** Returns the array at a path. */
export function list(value: Json, ...path: Path): readonly Json[] {
  const found = field(value, ...path);
  if (!isList(found)) throw wrong("an array", found, path);
  return found;
}

/** Returns the object at a path. */
export function record(value: Json, ...path: Path): { readonly [key: string]: Json } {
  const found = field(value, ...path);
  if (!isRecord(found)) throw wrong("an object", found, path);
  return found;
}

function child(value: Json, step: string | number): Json | undefined {
  if (typeof step === "number") return isList(value) ? value[step] : undefined;
  return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !isList(value);
}

function wrong(expected: string, found: Json | undefined, path: Path): TypeError {
  const place = path.length === 0 ? "the top" : path.join(".");
  return new TypeError(`expected ${expected} at ${place}, got ${kind(found)}`);
}

function kind(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return isList(value) ? "an array" : typeof value;
}
