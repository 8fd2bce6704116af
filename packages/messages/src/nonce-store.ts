/**
 * Which nonces have been used, so that a message is accepted once.
 * @module
 */
import { NearError } from "@yoctonear/base";

/** Remembers what was accepted. With several processes it must be one for all of them, e.g. a table with a unique key. */
export interface NonceStore {
  /**
   * Notes a nonce as used, and tells whether it was new: one step, so that of two at the same time one gets false.
   * @param nonce - 64 hex digits
   * @param accountId - whose; of a login it is the recipient, since each challenge is for one login, whoever answers it
   * @param expires - milliseconds since 1970 until which it must be remembered; `Infinity` for ever
   */
  use(nonce: string, accountId: string, expires: number): boolean | Promise<boolean>;
}

/** Limits of the store in memory. */
export interface NonceStoreOptions {
  /** Nonces at most, 100,000 unless told. */
  readonly maxSize?: number | undefined;
  /** Gives the milliseconds since 1970; for tests. */
  readonly now?: (() => number) | undefined;
}

/**
 * Makes a store in the memory of this process. What has expired is forgotten; what has not never is: where it is full, it refuses.
 * @throws {NearError} `store_full`, from `use`
 * @example
 * ```ts
 * import { createNonceStore } from "@yoctonear/messages";
 * const store = createNonceStore();
 * await store.use("00".repeat(32), "alice.near", Date.now() + 60_000); // true
 * await store.use("00".repeat(32), "alice.near", Date.now() + 60_000); // false
 * ```
 */
export function createNonceStore({
  maxSize = 100_000,
  now = Date.now,
}: NonceStoreOptions = {}): NonceStore {
  if (!(Number.isSafeInteger(maxSize) && maxSize > 0)) {
    throw new RangeError(`expected maxSize of 1 or more, got ${maxSize}`);
  }
  const used = new Map<string, number>();
  return {
    use: (nonce, accountId, expires) => {
      const name = `${nonce} ${accountId}`;
      const time = now();
      const known = used.get(name);
      if (known !== undefined && known > time) return false;
      if (used.size >= maxSize) forgetExpired(used, time);
      if (used.size >= maxSize) {
        throw new NearError("store_full", `expected room for a nonce, got a store with ${maxSize}`);
      }
      used.set(name, expires);
      return true;
    },
  };
}

function forgetExpired(used: Map<string, number>, time: number): void {
  for (const [name, expires] of used) if (expires <= time) used.delete(name);
}
