/**
 * Refuses options that are misspelt or out of range, so that no limit is silently missing.
 * @module
 */

/** Smallest and largest value of an option that is a number. */
export type Range = readonly [least: number, most: number];

/** What may be said in milliseconds. */
export const MILLISECONDS: Range = [0, 2 ** 31 - 1];
/** How often something may happen, how many there may be. */
export const COUNT: Range = [1, Number.MAX_SAFE_INTEGER];

/**
 * Checks options.
 * @param of - what takes them
 * @param options - what came
 * @param numbers - those that are numbers, with their ranges
 * @param others - names of the rest
 * @throws {TypeError | RangeError}
 */
export function checkOptions(
  of: string,
  options: object,
  numbers: Readonly<Record<string, Range>>,
  others: readonly string[] = [],
): void {
  if (typeof options !== "object") throw new TypeError(`${of}: expected options as an object`);
  for (const [name, value] of Object.entries(options)) {
    const range = Object.hasOwn(numbers, name) ? numbers[name] : undefined;
    if (range === undefined && !others.includes(name)) {
      throw new TypeError(`${of}: unknown option ${name}`);
    }
    if (range === undefined || value === undefined) continue;
    const [least, most] = range;
    if (!(typeof value === "number" && value >= least && value <= most)) {
      throw new RangeError(`${of}: expected ${name} from ${least} to ${most}`);
    }
  }
}
