/**
 * Options, checked: what is misspelt, or stands in their place, would else be left out in silence.
 * @module
 */
import { showValue } from "@yoctonear/base";

/** Refuses what is no object of these names. */
export function checkOptions<T extends object>(
  options: T,
  names: readonly (keyof T & string)[],
): T {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(`expected options as an object, got ${showValue(options)}`);
  }
  const known: readonly string[] = names;
  const other = Object.keys(options).find((name) => !known.includes(name));
  if (other === undefined) return options;
  throw new TypeError(`expected options among ${names.join(", ")}, got ${showValue(other)}`);
}
