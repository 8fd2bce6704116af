/**
 * Takes up what an earlier process has left behind.
 * @module
 */
import type { Transport } from "@yoctonear/rpc";
import type { Journal, JournalEntry } from "./journal.ts";
import { listLeft, read, takeUp } from "./journalled.ts";
import { lanesOf } from "./network.ts";
import { assertSendOptions, WAIT_OPTIONS, type WaitOptions } from "./options.ts";
import { type Outcome, readOutcome } from "../outcome/outcome.ts";
import { outcomeOf } from "./settle.ts";

/** What became of one entry. */
export interface Resumed {
  readonly entry: JournalEntry;
  /** Its outcome, or the `TransactionError` that says how else it ended. */
  readonly result: PromiseSettledResult<Outcome>;
}

/**
 * Takes up every transaction that a journal lists: the same bytes are sent until the fate of each is known, in order
 * where they have the same key. Nothing is signed. What is known goes off the journal, except what was executed under
 * a reference: that stays until you remove it. What a send under way has written down is left to it.
 * @param transport - reaches the network of these transactions
 * @param journal - the journal
 * @param options - level to wait for, time for each, signal
 * @returns what became of each entry, in their order
 * @example
 * ```ts
 * import { connect, createMemoryJournal, journalled, resumeJournal } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const journal = createMemoryJournal(); // of a server: openFileJournal of `@yoctonear/node`
 * const near = connect(chain, { journal: journalled(journal) });
 * // First what the last process has not brought to an end, then whatever is new
 * for (const { entry, result } of await resumeJournal(near.transport, journal)) {
 *   console.log(entry.reference, result.status === "fulfilled" ? "paid" : result.reason.code);
 *   // Once that is written down elsewhere; never one of which you do not know yet
 *   if (result.status === "fulfilled") await journal.remove(entry.hash);
 * }
 * await near.account("alice.near", chain.signer("alice.near")).transfer("bob.near", "1 NEAR");
 * ```
 */
export async function resumeJournal(
  transport: Transport,
  journal: Journal,
  options: WaitOptions = {},
): Promise<Resumed[]> {
  assertSendOptions(options, WAIT_OPTIONS);
  const lanes = await lanesOf(transport, options);
  return Promise.all(
    (await listLeft(journal)).map(async (entry) => {
      const resuming = (async () =>
        outcomeOf(await takeUp(transport, lanes, read(journal, entry), options), readOutcome))();
      const [result] = await Promise.allSettled([resuming]);
      return { entry, result };
    }),
  );
}
