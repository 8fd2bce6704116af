/**
 * What a relayer remembers: what it has sent for whom, and how much it has spent.
 * @module
 */

/** The transaction of a delegate action that was relayed; plain text, so that any store takes it. */
export interface RelayRecord {
  /** Hash of the relayer's transaction, base58. */
  readonly hash: string;
  /** Account that signed it. */
  readonly signerId: string;
  /** The signed transaction in base64; unset where a wallet has it. */
  readonly transaction?: string | undefined;
  /** What is set aside of the budget until the outcome is known. */
  readonly charge?: RelayCharge | undefined;
}

/** Part of a budget. */
export interface RelayCharge {
  readonly counter: string;
  /** yoctoNEAR, in decimal. */
  readonly amount: string;
  /** Milliseconds since 1970 at which the counter may be forgotten; unset for never. */
  readonly expires?: number | undefined;
}

/**
 * Keeps records and counters. One that outlives the process keeps limits over a restart; several
 * relayers with one store share them. What is lost is only an answer: that a delegate action is
 * executed once, the chain sees to.
 */
export interface RelayStore {
  /** Finds the record of a delegate action by its hash. */
  find(delegateHash: string): Promise<RelayRecord | undefined>;
  /** Writes a record, in place of an earlier one; it may be forgotten at `expires`, milliseconds since 1970. */
  keep(delegateHash: string, record: RelayRecord, expires: number): Promise<void>;
  /** Removes a record. */
  forget(delegateHash: string): Promise<void>;
  /**
   * Adds to a counter in one step, unless it would be above the limit: then false, and nothing is
   * added. A negative amount gives back. It may be forgotten at `expires`.
   */
  count(
    counter: string,
    amount: bigint,
    limit: bigint,
    expires: number | undefined,
  ): Promise<boolean>;
}

/** Entries after which those that are due are swept out. */
const SWEEP_SIZE = 1_000;

/**
 * Makes a store in memory, the relayer's own unless it is given another.
 * @param now - the time in milliseconds since 1970
 * @example
 * ```ts
 * import { memoryRelayStore } from "@yoctonear/relayer";
 * const store = memoryRelayStore(() => 0);
 * await store.count("rate alice.near", 1n, 1n, 60_000); // true
 * await store.count("rate alice.near", 1n, 1n, 60_000); // false
 * ```
 */
export function memoryRelayStore(now: () => number = Date.now): RelayStore {
  const records = new Map<string, { readonly value: RelayRecord; readonly expires: number }>();
  const counters = new Map<string, { readonly value: bigint; readonly expires: number }>();
  return {
    find: async (hash) => current(records, hash, now())?.value,
    keep: async (hash, value, expires) => {
      sweep(records, now());
      records.set(hash, { value, expires });
    },
    forget: async (hash) => {
      records.delete(hash);
    },
    count: async (counter, amount, limit, expires = Infinity) => {
      const time = now();
      const value = (current(counters, counter, time)?.value ?? 0n) + amount;
      if (amount > 0n && value > limit) return false;
      sweep(counters, time);
      counters.set(counter, { value: value > 0n ? value : 0n, expires });
      return true;
    },
  };
}

type Entries<T> = Map<string, { readonly value: T; readonly expires: number }>;

function current<T>(entries: Entries<T>, name: string, time: number): { value: T } | undefined {
  const entry = entries.get(name);
  return entry === undefined || entry.expires <= time ? undefined : entry;
}

/** Each time the size has doubled since all were looked at, so that the cost of it stays small. */
function sweep<T>(entries: Entries<T>, time: number): void {
  if (entries.size < SWEEP_SIZE || (entries.size & (entries.size - 1)) !== 0) return;
  for (const [name, { expires }] of entries) if (expires <= time) entries.delete(name);
}
