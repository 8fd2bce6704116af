/**
 * The one hole in the types, for tests of what JavaScript may pass.
 * @module
 */

/** A value that passes for any type. */
export function loose(value: unknown): never {
  // @ts-expect-error: that is the point
  return value;
}
