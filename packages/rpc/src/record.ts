/**
 * Looks into JSON that is not trusted.
 * @module
 */

/** Tells a JSON object from everything else, arrays too. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Looks up a path of fields; undefined where it ends early. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((found, key) => (isRecord(found) ? found[key] : undefined), value);
}
