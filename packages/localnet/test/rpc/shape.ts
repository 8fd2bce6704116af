/**
 * Compares JSON by its shape: the same keys, the same types, however deep.
 * @module
 */
import type { Json } from "@yoctonear/vectors";

/**
 * Lists where two values differ in shape. Lists are compared entry by entry as far as both go.
 * @param ours - of the localnet
 * @param theirs - recorded
 */
export function shapeDifferences(ours: unknown, theirs: Json, path = ""): readonly string[] {
  const kinds = [kindOf(ours), kindOf(theirs)];
  if (kinds[0] !== kinds[1]) return [`${path}: ${kinds[0]} for ${kinds[1]}`];
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    const differences: string[] = [];
    for (let index = 0; index < Math.min(ours.length, theirs.length); index += 1) {
      differences.push(...shapeDifferences(ours[index], theirs[index], `${path}[${index}]`));
    }
    return differences;
  }
  if (!isObject(ours) || !isObject(theirs)) return [];
  const differences: string[] = [];
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const at = `${path}.${key}`;
    if (!Object.hasOwn(ours, key)) differences.push(`${at} is missing`);
    else if (!Object.hasOwn(theirs, key)) differences.push(`${at} is too much`);
    else differences.push(...shapeDifferences(ours[key], theirs[key] ?? null, at));
  }
  return differences;
}

function isObject<T>(value: T): value is T & { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "bigint") return "number";
  return typeof value;
}
