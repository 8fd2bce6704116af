/**
 * Checks of the places that money depends on. What is not listed may be anything: nodes upgrade first.
 * @module
 */
import { isRecord } from "./record.ts";
import { refuse } from "./refuse.ts";

/**
 * Checks what stands at a path of a result.
 * @throws {TransportError} `malformed`
 */
export type Check = (value: unknown, path: string) => void;

/** A u128. */
export const amount: Check = (value, path) => {
  if (typeof value !== "string" || !/^\d+$/.test(value)) refuse(path, "a decimal string", value);
};

/** A 64-bit integer, which the reading has made a bigint. */
export const integer: Check = (value, path) => {
  if (typeof value !== "bigint") refuse(path, "an integer", value);
};

/** A hash, a key, an id. */
export const text: Check = (value, path) => {
  if (typeof value !== "string") refuse(path, "text", value);
};

/** An enum of nearcore, variants to come too. */
export const variant: Check = (value, path) => {
  if (typeof value !== "string" && !isRecord(value)) refuse(path, "a variant", value);
};

/** Whatever it is. */
export const anything: Check = () => {};

/** A list, and each of its items. */
export function each(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return refuse(path, "a list", value);
    for (const item of value) check(item, path);
  };
}

/** An object, and some of its fields. */
export function fields(checks: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    if (!isRecord(value)) return refuse(path, "an object", value);
    for (const [key, check] of Object.entries(checks)) check(value[key], `${path}.${key}`);
  };
}

/** Something that may be absent. */
export function optional(check: Check): Check {
  return (value, path) => {
    if (value !== undefined && value !== null) check(value, path);
  };
}
