/**
 * Asks a node and checks what money depends on in the answer; under all typed functions.
 * @module
 */
import { showValue } from "@yoctonear/base";
import { type Shape, toBigints } from "./integers.ts";
import { isRecord } from "./record.ts";
import type { CallOptions, Transport } from "./transport.ts";
import { TransportError } from "./transport-error.ts";

/** What stands at a path: `amount` is a u128 as decimal string, `bytes` are numbers of 0..255, `variant` is text or an object. */
export type Kind = "amount" | "integer" | "text" | "list" | "bytes" | "variant";

/** Paths and what must stand there; arrays on the way are transparent, `*` is each item, `x?` may be absent. */
export type Checks = Readonly<Record<string, Kind>>;

/** How an answer is read. */
export interface Reading {
  readonly integers: Shape;
  readonly checks: Checks;
}

/** Sends a request and reads its result. */
export async function ask<T>(
  transport: Transport,
  method: string,
  params: unknown,
  reading: Reading,
  options?: CallOptions,
): Promise<T> {
  return read<T>(method, await transport({ method, params }, options), reading);
}

/**
 * Reads a result: 64-bit integers become bigint, unknown fields and variants stay.
 * @throws {TransportError} `malformed` when a value that must be there is missing or something else
 */
export function read<T>(method: string, result: unknown, { integers, checks }: Reading): T {
  const value = toBigints(result, integers, (inexact) =>
    refuse(method, "integers to be exact: the transport must parse without loss", inexact),
  );
  assertChecked<T>(method, value, checks);
  return value;
}

/** Says what was expected of a result and what came. */
export function refuse(method: string, expected: string, got: unknown): never {
  throw new TransportError("malformed", `${method}: expected ${expected}, got ${showValue(got)}`);
}

function assertChecked<T>(method: string, value: unknown, checks: Checks): asserts value is T {
  for (const [path, kind] of Object.entries(checks)) {
    check(value, path === "" ? [] : path.split("."), (found) => {
      if (!is(kind, found)) refuse(method, `${path || "the result"} to be of kind ${kind}`, found);
    });
  }
}

function check(value: unknown, path: readonly string[], at: (found: unknown) => void): void {
  const [key, ...rest] = path;
  if (key === undefined) return at(value);
  if (Array.isArray(value)) {
    return value.forEach((item) => check(item, key === "*" ? rest : path, at));
  }
  const found = isRecord(value) ? value[key.replace("?", "")] : undefined;
  if (found !== undefined || !key.endsWith("?")) check(found, rest, at);
}

function is(kind: Kind, value: unknown): boolean {
  if (kind === "integer") return typeof value === "bigint";
  if (kind === "amount") return typeof value === "string" && /^\d{1,39}$/.test(value);
  if (kind === "text") return typeof value === "string";
  if (kind === "variant") return typeof value === "string" || isRecord(value);
  if (!Array.isArray(value)) return false;
  return kind === "list" || value.every((byte) => Number.isInteger(byte) && byte >> 8 === 0);
}
