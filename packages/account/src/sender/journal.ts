/**
 * Where signed transactions are written down before they are sent, so that a process that ends in between
 * takes them up again instead of paying twice.
 * @module
 */
import type { Deadline } from "./deadline.ts";
import type { Executed, ExecuteRequest } from "./executor.ts";
import type { Lanes } from "./lane.ts";
import type { Transport } from "@yoctonear/rpc";
import type { Sending } from "./sending.ts";

/** A signed transaction whose fate was not known when it was written down. */
export interface JournalEntry {
  /** Hash of the transaction, base58; names the entry. */
  readonly hash: string;
  /** Account that signed it. */
  readonly signerId: string;
  /** The signed transaction (borsh), as it is broadcast. */
  readonly bytes: Uint8Array;
  /** The caller's own name for it (an order, an invoice); unset where none was given. */
  readonly reference?: string | undefined;
}

/**
 * Keeps entries until they are removed; each call resolves once what it did would survive a crash. One process uses it at
 * a time: of two that send by the same reference at once, each would find none and pay. Where that can be, in a database,
 * `put` has to reject an entry whose reference another entry has; then nothing is sent.
 */
export interface Journal {
  /** Writes an entry down; one with the same hash is replaced. */
  put(entry: JournalEntry): Promise<void>;
  /** Forgets an entry; a hash that is not there is none the worse. */
  remove(hash: string): Promise<void>;
  /** The entries that are there, in the order they were first put. */
  list(): Promise<readonly JournalEntry[]>;
}

/** A journal as a sender keeps it: what `journalled` makes of a {@link Journal}. */
export interface KeptJournal {
  /** Takes up what is written down under the request's reference, or begins it. */
  readonly execute: (payment: Payment, begin: () => Promise<Executed>) => Promise<Executed>;
  /** Writes down what was signed, before it is sent. */
  readonly write: (sending: Sending, payment: Payment, deadline: Deadline) => Promise<Sending>;
}

/** What is to be sent by whom. */
export interface Payment {
  readonly transport: Transport;
  readonly accountId: string;
  readonly lanes: Lanes;
  readonly request: ExecuteRequest;
}
