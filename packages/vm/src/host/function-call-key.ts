/**
 * Arguments of the functions that add a key which may only call functions.
 * @module
 */
import type { Host } from "../host.ts";
import { HostFailure } from "../host-error.ts";
import { readAccountId, readBytes, readU128 } from "../host-arguments.ts";
import type { Place } from "./promise-calls.ts";
import { parseMethodName } from "./promise-target.ts";

const COMMA = 0x2c;

/** What the key may do, its names not yet looked at. */
export interface FunctionCallKey {
  /** Bytes of the names as fees count them: one more for each. */
  readonly namesBytes: bigint;
  /**
   * The permission's fields.
   * @throws {HostFailure} InvalidMethodName
   */
  parse(): {
    readonly allowance: bigint | null;
    readonly receiverId: string;
    readonly methodNames: readonly string[];
  };
}

/**
 * Reads allowance, receiver and names.
 * @throws {HostFailure} EmptyMethodName, and those of reading
 */
export function readFunctionCallKey(
  host: Host,
  allowancePointer: bigint,
  receiver: Place,
  namesPlace: Place,
): FunctionCallKey {
  const allowance = readU128(host, allowancePointer);
  const receiverId = readAccountId(host, ...receiver);
  const names = splitNames(readBytes(host, ...namesPlace));
  return {
    namesBytes: BigInt(names.reduce((sum, name) => sum + name.length + 1, 0)),
    parse: () => ({
      allowance: allowance === 0n ? null : allowance,
      receiverId,
      methodNames: names.map(parseMethodName),
    }),
  };
}

function splitNames(text: Uint8Array): readonly Uint8Array[] {
  if (text.length === 0) return [];
  const names: Uint8Array[] = [];
  for (let start = 0; start <= text.length;) {
    const comma = text.indexOf(COMMA, start);
    const end = comma === -1 ? text.length : comma;
    if (end === start) throw new HostFailure("EmptyMethodName");
    names.push(text.subarray(start, end));
    start = end + 1;
  }
  return names;
}
