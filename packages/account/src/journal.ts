/**
 * Where signed transactions are written down before they are sent, so that a process that ends in between
 * takes them up again instead of paying twice.
 * @module
 */

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

/** Keeps entries until they are removed; each call resolves once what it did would survive a crash. */
export interface Journal {
  /** Writes an entry down; one with the same hash is replaced. */
  put(entry: JournalEntry): Promise<void>;
  /** Forgets an entry; a hash that is not there is none the worse. */
  remove(hash: string): Promise<void>;
  /** The entries that are there, in the order they were first put. */
  list(): Promise<readonly JournalEntry[]>;
}
