/**
 * Looks into JSON that is not trusted.
 * @module
 */

/** Tells a JSON object from everything else, arrays too. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
