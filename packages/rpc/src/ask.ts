/**
 * Asks a node and checks what money depends on in the answer; under most typed functions.
 * @module
 */
import type { Check } from "./check.ts";
import { toBigints } from "./integers.ts";
import { walk } from "./refuse.ts";
import type { CallOptions, Transport } from "./transport.ts";

/** How an answer is read: which of its fields are 64-bit integers, and what must be there. */
export interface Reading<T> {
  /** Names for {@link toBigints}. */
  readonly integers: string;
  readonly check: Check;
  /** Never there: ties both to the type that they belong to. */
  readonly type?: T;
}

/** Sends a request and reads its result. */
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
  const value = walk(method, () => toBigints(result, reading.integers));
  assertChecked(value, reading, method);
  return value;
}

/** What is not checked is believed. */
function assertChecked<T>(value: unknown, reading: Reading<T>, path: string): asserts value is T {
  reading.check(value, path);
}
