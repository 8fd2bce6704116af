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
import type { Journal, JournalEntry, KeptJournal, Payment } from "./journal.ts";
import { inLane, keepNonce, type Lane, laneOf, type Lanes } from "./lane.ts";
import { DEFAULT_WAIT, reaches, type WaitOptions } from "./options.ts";
import { nonceOf, type Sending, startSending } from "./sending.ts";
import { settle, unknownOutcome } from "./settle.ts";

/** What this process does with a journal. */
interface Use {
  /** By reference, so that two sends of one go one after the other. */
  readonly queues: Lanes;
  /** What each payment under way has written down: its hash. */
  readonly written: Map<Payment, string>;
  /** How many payments have come to an end. */
  ended: number;
}

const uses = /* @__PURE__ */ new WeakMap<Journal, Use>();

function useOf(journal: Journal): Use {
  const use = uses.get(journal) ?? { queues: new Map(), written: new Map(), ended: 0 };
  uses.set(journal, use);
  return use;
}

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
  const use = useOf(journal);
  return {
    execute: async (payment, prepareAndSend) => {
      const { transport, accountId, lanes, request } = payment;
      const { reference, signal } = request;
      const begin = async (): Promise<Executed> => {
        try {
          return await prepareAndSend();
        } finally {
          if (use.written.delete(payment)) use.ended += 1;
        }
      };
      const reserving = reserved.get(lanes) ?? reserveListed(journal, lanes);
      reserved.set(lanes, reserving);
      try {
        await within(request, ({ race }) => race(reserving));
      } catch (error) {
        reserved.delete(lanes);
        throw error;
      }
      if (reference === undefined) return begin();
      return inLane(laneOf(use.queues, reference, "", undefined), signal, async () => {
        const find = findReferenced(journal, accountId, request);
        const known = await within(request, ({ race }) => race(find));
        return known === undefined ? begin() : takeUp(transport, lanes, known, request);
      });
    },
    write: async (sending, payment, { race }) => {
      const { transport, request } = payment;
      const { hash, signerId, bytes } = sending;
      const { reference } = request;
      const written = kept(sending, journal, reference);
      use.written.set(payment, hash);
      try {
        await race(journal.put({ hash, signerId, bytes, reference }));
      } catch (error) {
        try {
          await race(journal.remove(hash));
        } catch {
          // It may be written down all the same, and then whoever takes it up sends it.
          const open = { ...written, isOut: true };
          throw unknownOutcome(transport, open, request, error, undefined);
        }
        throw error;
      }
      return written;
    },
  };
}

/**
 * Lists what nobody in this process is sending: who has signed it takes one refusal for its end as long as nobody else
 * sends it.
 */
export async function listLeft(journal: Journal): Promise<readonly JournalEntry[]> {
  const use = useOf(journal);
  const { ended } = use;
  const listed = await journal.list();
  const own = new Set(use.written.values());
  const left = listed.filter(({ hash }) => !own.has(hash));
  if (use.ended === ended) return left;
  // What has come to an end while the list was on its way is not in a later one.
  const still = new Set((await journal.list()).map(({ hash }) => hash));
  return left.filter(({ hash }) => still.has(hash));
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
