/**
 * The journal of a relayer's account in the storage of a Durable Object.
 * @module
 */
import type { Journal, JournalEntry } from "@yoctonear/account";
import { decodeBase64, encodeBase64 } from "@yoctonear/base";
import type { KeyValueStorage } from "./durable-store.ts";

const PREFIX = "journal ";
/** Entries that are read in one step. */
const PAGE = 500;

/**
 * Makes a journal over the storage of a Durable Object: what is signed is written down before it is sent,
 * so that an object that is moved or killed in between takes it up.
 * @param storage - `state.storage`, or anything like it; a write is over when it would survive
 * @param now - the time in milliseconds since 1970, by which entries are in order
 * @example
 * ```ts
 * import { durableJournal } from "@yoctonear/relayer";
 * const entries = new Map<string, unknown>(); // stands for `state.storage`
 * const journal = durableJournal({
 *   get: async (key) => entries.get(key),
 *   put: async (key, value) => void entries.set(key, value),
 *   delete: async (key) => entries.delete(key),
 *   list: async () => entries,
 * });
 * await journal.put({ hash: "7x…", signerId: "relayer.near", bytes: new Uint8Array(9), reference: "G5…" });
 * (await journal.list()).map(({ reference }) => reference); // ["G5…"]
 * ```
 */
export function durableJournal(storage: KeyValueStorage, now: () => number = Date.now): Journal {
  let lastOrder = 0;
  return {
    put: async ({ hash, signerId, bytes, reference }) => {
      const known = readKept(await storage.get(`${PREFIX}${hash}`));
      // Two of one millisecond are in order, too.
      lastOrder = Math.max(lastOrder + 1, now());
      const kept: Kept = {
        hash,
        signerId,
        bytes: encodeBase64(bytes),
        reference: reference ?? null,
        order: known?.order ?? lastOrder,
      };
      await storage.put(`${PREFIX}${hash}`, kept);
    },
    remove: async (hash) => {
      await storage.delete(`${PREFIX}${hash}`);
    },
    list: async () => {
      const found: Kept[] = [];
      let startAfter: string | undefined;
      for (;;) {
        const options = { prefix: PREFIX, limit: PAGE };
        const page = await storage.list(
          startAfter === undefined ? options : { ...options, startAfter },
        );
        for (const value of page.values()) {
          const kept = readKept(value);
          // What cannot be read may have been paid: nothing is signed until somebody has looked.
          if (kept === undefined)
            throw new TypeError("expected an entry of the journal, got another value");
          found.push(kept);
        }
        startAfter = [...page.keys()].at(-1);
        if (startAfter === undefined || page.size < PAGE) break;
      }
      return found.sort((a, b) => a.order - b.order).map(toEntry);
    },
  };
}

interface Kept {
  readonly hash: string;
  readonly signerId: string;
  /** In base64. */
  readonly bytes: string;
  readonly reference: string | null;
  readonly order: number;
}

function toEntry({ hash, signerId, bytes, reference }: Kept): JournalEntry {
  return { hash, signerId, bytes: decodeBase64(bytes), reference: reference ?? undefined };
}

function readKept(value: unknown): Kept | undefined {
  return isKept(value) ? value : undefined;
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== "object" || value === null) return false;
  if (!("hash" in value && "signerId" in value && "bytes" in value)) return false;
  if (!("reference" in value && "order" in value)) return false;
  const { hash, signerId, bytes, order } = value;
  return (
    [hash, signerId, bytes].every((text) => typeof text === "string") && typeof order === "number"
  );
}
