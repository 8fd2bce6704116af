/**
 * Writes transactions down before they are sent, and takes up those that a journal lists.
 * @module
 */
import { NearError } from "@yoctonear/base";
import type { Transport } from "@yoctonear/rpc";
import {
  decodeSignedTransaction,
  type Transaction,
  transactionHash,
} from "@yoctonear/transactions";
import { within } from "./deadline.ts";
import type { Executed, ExecuteRequest } from "./executor.ts";
import type { Journal, JournalEntry, KeptJournal } from "./journal.ts";
import { inLane, keepNonce, type Lane, laneOf, type Lanes } from "./lane.ts";
import { DEFAULT_WAIT, reaches, type WaitOptions } from "./options.ts";
import { nonceOf, type Sending, startSending } from "./sending.ts";
import { settle, unknownOutcome } from "./settle.ts";

/** The references that are being sent by, so that two sends of one go one after the other. */
const references = /* @__PURE__ */ new WeakMap<Journal, Lanes>();

/**
 * Makes what `connect` and `signingAccount` take of a journal. Each transaction is put into it before it is sent, and
 * taken off once its fate is known: not one of `unknown_outcome`, none that is only in a block that may yet be dropped
 * (`wait` of `NONE` or `INCLUDED`), and none that was executed under a `reference`, which stays until you remove it.
 * An entry that cannot be read stops every send, until you have removed it.
 * @param journal - where the entries are
 * @example
 * ```ts
 * import { connect, createMemoryJournal, journalled } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const journal = createMemoryJournal(); // of a server: openFileJournal of `@yoctonear/node`
 * const near = connect(chain, { journal: journalled(journal) });
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const { hash } = await alice.transfer("bob.near", "1 NEAR", { reference: "invoice 7" });
 * const again = await alice.transfer("bob.near", "1 NEAR", { reference: "invoice 7" });
 * again.hash === hash; // true
 * await journal.remove(hash); // once the result is written down elsewhere
 * (await journal.list()).length; // 0
 * ```
 */
export function journalled(journal: Journal): KeptJournal {
  const reserved = new WeakMap<Lanes, Promise<void>>();
  return {
    execute: async ({ transport, accountId, lanes, request }, begin) => {
      const { reference, signal } = request;
      const reserving = reserved.get(lanes) ?? reserveListed(journal, lanes);
      reserved.set(lanes, reserving);
      try {
        await within(request, ({ race }) => race(reserving));
      } catch (error) {
        reserved.delete(lanes);
        throw error;
      }
      if (reference === undefined) return begin();
      return inLane(queueOf(journal, reference), signal, async () => {
        const find = findReferenced(journal, accountId, request);
        const known = await within(request, ({ race }) => race(find));
        return known === undefined ? begin() : takeUp(transport, lanes, known, request);
      });
    },
    write: async (sending, { transport, request }, { race }) => {
      const { hash, signerId, bytes } = sending;
      const { reference } = request;
      const written = kept(sending, journal, reference);
      try {
        await race(journal.put({ hash, signerId, bytes, reference }));
      } catch (error) {
        // It may be written down all the same, and then whoever restarts sends it.
        await race(journal.remove(hash)).catch(() => {
          throw unknownOutcome(transport, written, request, error, undefined);
        });
        throw error;
      }
      return written;
    },
  };
}

/** The queue of a reference. */
function queueOf(journal: Journal, reference: string): Lane {
  const queues = references.get(journal) ?? new Map<string, Lane>();
  references.set(journal, queues);
  return laneOf(queues, reference, "", undefined);
}

/** Keeps the nonces of what a journal lists from being handed out again. */
async function reserveListed(journal: Journal, lanes: Lanes): Promise<void> {
  for (const entry of await journal.list()) laneOfSigned(lanes, read(journal, entry));
}

/** Finds the transaction that was signed under a reference, and refuses another payment under it. */
async function findReferenced(
  journal: Journal,
  signerId: string,
  { reference, receiverId, actions }: ExecuteRequest,
): Promise<Sending | undefined> {
  const entry = (await journal.list()).find((listed) => listed.reference === reference);
  if (entry === undefined) return undefined;
  const sending = read(journal, entry);
  const own: Transaction = { ...sending.signed.transaction, signerId, receiverId, actions };
  if (transactionHash(own) === sending.hash) return sending;
  const message = `expected the payment that ${reference} stands for, transaction ${entry.hash}, got another`;
  throw new NearError("reference_in_use", message);
}

/** A transaction that goes off the journal when its fate is known, unless the caller has to know first. */
function kept(sending: Sending, journal: Journal, reference: string | undefined): Sending {
  return {
    ...sending,
    forget: async (isDead, { race }) => {
      if (reference === undefined || isDead) await race(journal.remove(sending.hash));
    },
  };
}

/**
 * Sends what an earlier process may have sent: the same bytes, when it is its key's turn.
 * @param lanes - those of the network
 */
export async function takeUp(
  transport: Transport,
  lanes: Lanes,
  sending: Sending,
  options: WaitOptions,
): Promise<Executed> {
  const lane = laneOfSigned(lanes, sending);
  return inLane(lane, options.signal, (release) =>
    within(options, async (deadline) => {
      if (lane.waiting > 1 && reaches(options.wait ?? DEFAULT_WAIT, "INCLUDED")) {
        await settle(transport, sending, options, deadline, "INCLUDED");
        release();
      }
      return { ...sending, response: await settle(transport, sending, options, deadline) };
    }),
  );
}

/** Reads an entry. */
export function read(journal: Journal, { bytes, hash, reference }: JournalEntry): Sending {
  const sending = kept(startSending(decodeSignedTransaction(bytes), true), journal, reference);
  if (sending.hash === hash) return sending;
  throw new NearError("journal_mismatch", `expected the transaction ${hash}, got ${sending.hash}`);
}

/** The lane of a signed transaction, where its nonce is not handed out again. */
function laneOfSigned(lanes: Lanes, sending: Sending): Lane {
  const { signerId, publicKey, nonce } = sending.signed.transaction;
  const index =
    typeof nonce !== "bigint" && nonce.type === "gasKeyNonce" ? nonce.nonceIndex : undefined;
  const lane = laneOf(lanes, signerId, publicKey, index);
  const reserved = nonceOf(sending);
  if (reserved > lane.liveNonce) keepNonce(lane, reserved);
  return lane;
}
