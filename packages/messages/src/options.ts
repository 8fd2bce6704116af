/**
 * Checks of options on which it depends what is accepted.
 * @module
 */
import { showValue } from "@yoctonear/base";

/** Refuses a misspelt option, and what stands in their place: it would be a check that is silently missing. */
export function assertOptions(options: object, known: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(`expected options as an object, got ${showValue(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw new TypeError(`expected the options ${known.join(", ")}, got ${name}`);
    }
  }
}

/** Refuses what is no store of nonces; undefined is none on purpose. */
export function assertNonceStore(store: unknown): void {
  if (store === undefined) return;
  const use: unknown = typeof store === "object" && store !== null && Reflect.get(store, "use");
  if (typeof use === "function") return;
  throw new TypeError(`expected nonceStore with a function use, got ${showValue(store)}`);
}

/** Refuses what is no bound: text would be joined to the time, and for NaN nothing is too old or too deep. */
export function assertBound(value: unknown, name: string, least: number): void {
  if (typeof value === "number" && value >= least && value < Infinity) return;
  throw new RangeError(`expected ${name} as a number from ${least}, got ${showValue(value)}`);
}
