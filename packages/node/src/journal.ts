/**
 * The journal's shape, as `@yoctonear/account` has it.
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
  put(entry: JournalEntry): Promise<void>;
  remove(hash: string): Promise<void>;
  list(): Promise<readonly JournalEntry[]>;
}
