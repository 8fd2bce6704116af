/**
 * Helpers for byte arrays.
 * @module
 */

/**
 * Joins byte arrays into a new one.
 * @example
 * ```ts
 * import { concatBytes } from "@yoctonear/base";
 * concatBytes(Uint8Array.of(1), Uint8Array.of(2, 3)); // Uint8Array [1, 2, 3]
 * ```
 */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/**
 * Compares two byte arrays. Not constant-time: never for secrets.
 * @example
 * ```ts
 * import { equalBytes } from "@yoctonear/base";
 * equalBytes(Uint8Array.of(1), Uint8Array.of(1)); // true
 * ```
 */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/**
 * Orders two byte arrays as nearcore does: lexicographically, the shorter first when one is a prefix.
 * @example
 * ```ts
 * import { compareBytes } from "@yoctonear/base";
 * [Uint8Array.of(2), Uint8Array.of(1, 3), Uint8Array.of(1)].sort(compareBytes).map(String); // ["1", "1,3", "2"]
 * ```
 */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
