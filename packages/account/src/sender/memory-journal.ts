/**
 * A journal for as long as the process lives.
 * @module
 */
import type { Journal, JournalEntry } from "./journal.ts";

/**
 * Makes a journal in memory: it survives no crash, but with it two sends of one reference are one payment.
 * @example
 * ```ts
 * import { connect, createMemoryJournal, journalled } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const journal = journalled(createMemoryJournal());
 * const alice = connect(chain, { journal }).account("alice.near", chain.signer("alice.near"));
 * const pay = () => alice.transfer("bob.near", "1 NEAR", { reference: "invoice 7" });
 * const [one, two] = await Promise.all([pay(), pay()]);
 * one.hash === two.hash; // true
 * ```
 */
export function createMemoryJournal(): Journal {
  const entries = new Map<string, JournalEntry>();
  return {
    put: async (entry) => {
      entries.set(entry.hash, entry);
    },
    remove: async (hash) => {
      entries.delete(hash);
    },
    list: async () => [...entries.values()],
  };
}
