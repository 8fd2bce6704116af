/**
 * Checks of options on which it depends what is accepted.
 * @module
 */
import { showValue } from "@yoctonear/base";

/** Refuses a misspelt option: it would be a check that is silently missing. */
export function assertOptions(options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw new TypeError(`expected the options ${known.join(", ")}, got ${name}`);
    }
  }
}

/** Refuses what is no store of nonces; undefined is none on purpose. */
export function assertNonceStore(store: unknown): void {
  if (store === undefined) return;
  if (typeof store === "object" && store !== null && "use" in store) return;
  throw new TypeError(`expected nonceStore with a function use, got ${showValue(store)}`);
}
