/**
 * UTF-16 in the memory of a contract: little-endian, and no surrogate alone.
 * @module
 */
import type { Host } from "../host.ts";
import { readMemory } from "../host-arguments.ts";

/** Returns the text of UTF-16, or `null` where it is none. */
export function decodeStrictUtf16(bytes: Uint8Array): string | null {
  const units: string[] = [];
  let isHighBefore = false;
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const unit = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    const isLow = unit >= 0xdc00 && unit < 0xe000;
    if (isLow !== isHighBefore) return null;
    isHighBefore = unit >= 0xd800 && unit < 0xdc00;
    units.push(String.fromCharCode(unit));
  }
  return isHighBefore ? null : units.join("");
}

/** Counts the bytes before a unit of 0; each unit is charged as a read of its own. */
export function lengthBeforeNul(host: Host, ptr: bigint): bigint {
  const budget = BigInt(host.logs.budget);
  for (let length = 0n; ;) {
    const [low = 0, high = 0] = readMemory(host, ptr + length, 2n);
    if (low === 0 && high === 0) return length;
    length += 2n;
    if (length > budget) host.logs.exceed(length);
  }
}
