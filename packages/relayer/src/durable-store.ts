/**
 * A relayer's memory in a storage of keys and values, as a Cloudflare Durable Object has it.
 * @module
 */
import type { RelayRecord, RelayStore } from "./store.ts";

/** The part of a Durable Object's storage that is used. */
export interface KeyValueStorage {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<unknown>;
  list(options: {
    readonly prefix: string;
    readonly limit: number;
    readonly startAfter?: string;
  }): Promise<ReadonlyMap<string, unknown>>;
}

/** A store that can be swept. */
export interface DurableRelayStore extends RelayStore {
  /** Removes what may be forgotten; to be called now and then, by an alarm. */
  sweep(): Promise<void>;
}

const PREFIX = "relay ";
/** Entries that are looked at in one step. */
const PAGE = 500;

/**
 * Makes a store over the storage of a Durable Object, which outlives it. One object must be the only
 * one to use it: steps that belong together are kept in order here, not in the storage.
 * @param storage - `state.storage`, or anything like it
 * @param now - the time in milliseconds since 1970
 * @example
 * ```ts
 * import { durableRelayStore } from "@yoctonear/relayer";
 * const entries = new Map<string, unknown>(); // stands for `state.storage`
 * const store = durableRelayStore({
 *   get: async (key) => entries.get(key),
 *   put: async (key, value) => void entries.set(key, value),
 *   delete: async (key) => entries.delete(key),
 *   list: async () => entries,
 * });
 * await store.keep("G5…", { hash: "7x…", signerId: "relayer.near" }, Date.now() + 60_000);
 * (await store.find("G5…"))?.hash; // "7x…"
 * ```
 */
export function durableRelayStore(
  storage: KeyValueStorage,
  now: () => number = Date.now,
): DurableRelayStore {
  let last: Promise<unknown> = Promise.resolve();
  /** Runs a step when those before it have ended. */
  const inOrder = <T>(step: () => Promise<T>): Promise<T> => {
    const own = last.then(step, step);
    last = own;
    return own;
  };
  const current = async (key: string): Promise<Entry | undefined> => {
    const entry = readEntry(await storage.get(key));
    return entry === undefined || entry.expires <= now() ? undefined : entry;
  };
  const recordKey = (hash: string): string => `${PREFIX}record ${hash}`;

  return {
    find: async (hash) => {
      const value = (await current(recordKey(hash)))?.value;
      return value === undefined ? undefined : readRecord(value);
    },
    keep: (hash, record, expires) =>
      inOrder(() =>
        storage.put(recordKey(hash), { value: JSON.stringify(record), expires } satisfies Entry),
      ),
    forget: (hash) =>
      inOrder(async () => {
        await storage.delete(recordKey(hash));
      }),
    count: (counter, amount, limit, expires = Infinity) =>
      inOrder(async () => {
        const key = `${PREFIX}${counter}`;
        const value = BigInt((await current(key))?.value ?? "0") + amount;
        if (amount > 0n && value > limit) return false;
        const entry: Entry = { value: `${value > 0n ? value : 0n}`, expires };
        await storage.put(key, entry);
        return true;
      }),
    sweep: async () => {
      let startAfter: string | undefined;
      for (;;) {
        const options = { prefix: PREFIX, limit: PAGE };
        const page = await storage.list(
          startAfter === undefined ? options : { ...options, startAfter },
        );
        for (const [key, value] of page) {
          const { expires = Infinity } = readEntry(value) ?? {};
          if (expires <= now()) await inOrder(() => storage.delete(key));
        }
        startAfter = [...page.keys()].at(-1);
        if (startAfter === undefined || page.size < PAGE) return;
      }
    },
  };
}

interface Entry {
  readonly value: string;
  readonly expires: number;
}

function readEntry(value: unknown): Entry | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!("value" in value && "expires" in value)) return undefined;
  const { value: text, expires } = value;
  return typeof text === "string" && typeof expires === "number"
    ? { value: text, expires }
    : undefined;
}

/** Anything else than this store wrote is no record: the chain still knows what is used. */
function readRecord(text: string): RelayRecord | undefined {
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is RelayRecord {
  if (typeof value !== "object" || value === null) return false;
  return "hash" in value && "signerId" in value && typeof value.hash === "string";
}
