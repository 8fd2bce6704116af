/**
 * Asks a node and checks what money depends on in the answer; under all typed functions.
 * @module
 */
import { refuse } from "./refuse.ts";
import { type Shape, toBigints } from "./integers.ts";
import { field, isRecord } from "./record.ts";
import type { CallOptions, Transport } from "./transport.ts";

/** What must stand somewhere: returns true, or a name for the error. */
export type Kind = (value: unknown) => true | string;

/**
 * Kinds by field; those of a field that holds an array apply to its items. A field whose name ends in
 * `?` may be absent.
 */
export type Checks = Kind | { readonly [field: string]: Checks };

/** How an answer is read. */
export interface Reading<T> {
  readonly integers: Shape;
  readonly checks: Checks;
  /** Never there: ties the lists to the type that they belong to. */
  readonly type?: T;
}

/** Sends a request and reads its result. The integers and checks are those of its type. */
export async function ask<T>(
  transport: Transport,
  method: string,
  params: unknown,
  reading: Reading<T>,
  options?: CallOptions,
): Promise<T> {
  return read(method, await transport({ method, params }, options), reading);
}

/**
 * Reads a result: 64-bit integers become bigint, unknown fields and variants stay.
 * @throws {TransportError} `malformed` when a value that must be there is missing or something else
 */
export function read<T>(method: string, result: unknown, reading: Reading<T>): T {
  const value = toBigints(result, reading.integers);
  assertChecked(value, reading, method);
  return value;
}

/** What is not checked is believed. */
function assertChecked<T>(value: unknown, reading: Reading<T>, path: string): asserts value is T {
  check(value, reading.checks, path);
}

function check(value: unknown, checks: Checks, path: string): void {
  if (typeof checks === "function") {
    const expected = checks(value);
    if (expected !== true) refuse(path, expected, value);
  } else if (Array.isArray(value)) {
    for (const item of value) check(item, checks, path);
  } else {
    for (const [key, inner] of Object.entries(checks)) {
      const name = key.replace("?", "");
      const found = field(value, name);
      if (name === key || found !== undefined) check(found, inner, `${path}.${name}`);
    }
  }
}

/** A u128. */
export const amount: Kind = (value) =>
  /^\d+$/.test(typeof value === "string" ? value : "") || "a decimal string";

/** A 64-bit integer that the reading lists. */
export const integer: Kind = (value) => typeof value === "bigint" || "an integer";

/** A hash, a key, an id. */
export const text: Kind = (value) => typeof value === "string" || "text";

/** An enum of nearcore, variants to come too. */
export const variant: Kind = (value) => typeof value === "string" || isRecord(value) || "a variant";

/** An array. */
export const list: Kind = (value) => Array.isArray(value) || "a list";

/** An array of 64-bit integers. */
export const integerList: Kind = (value) =>
  (Array.isArray(value) && value.every((item) => typeof item === "bigint")) || "integers";
