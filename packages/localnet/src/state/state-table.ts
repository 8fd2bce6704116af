/**
 * One kind of rows of the state while a chunk is applied: values decoded once, changes in two layers
 * (of the receipt at hand, of the chunk), encoded once at the end.
 * @module
 */
import type { StateChange, StateChangeCause } from "./state-change.ts";
import { type Trie, trieDelete, trieGet, trieSet } from "./trie.ts";

/** How rows of a kind are found, read and written. */
export interface RowKind<Id, T> {
  /** Text that no other id of the kind has. */
  text(id: Id): string;
  /** Key in the trie. */
  key(id: Id): Uint8Array;
  read(bytes: Uint8Array): T;
  write(value: T): Uint8Array;
  change(id: Id, value: T | null, cause: StateChangeCause): StateChange;
}

/** A row of a table: found once, then read and written through its table. */
export interface Row<Id, T> {
  readonly id: Id;
  /** Its key in the trie. */
  readonly key: Uint8Array;
  /** As the receipts before have left it. */
  committed: T | null;
  /** As the receipt at hand has it; `undefined` where it has not touched it. */
  pending: T | null | undefined;
  isDirty: boolean;
}

/** Rows of one kind. Values are shared and immutable: a change is another value. */
export class StateTable<Id, T> {
  readonly #trie: Trie;
  readonly #kind: RowKind<Id, T>;
  readonly #rows = new Map<string, Row<Id, T>>();
  #touched: Row<Id, T>[] = [];

  constructor(trie: Trie, kind: RowKind<Id, T>) {
    this.#trie = trie;
    this.#kind = kind;
  }

  /** The row's value, or `null` where there is none. */
  get(id: Id): T | null {
    return this.read(this.row(id));
  }

  /** Writes the row. */
  set(id: Id, value: T): void {
    this.write(this.row(id), value);
  }

  /** Removes the row, if there is one. */
  remove(id: Id): void {
    this.write(this.row(id), null);
  }

  /** As `get`, for who has the row. */
  read({ pending, committed }: Row<Id, T>): T | null {
    return pending === undefined ? committed : pending;
  }

  /** As `set`, or with `null` as `remove`, for who has the row. */
  write(row: Row<Id, T>, value: T | null): void {
    if (row.pending === undefined) this.#touched.push(row);
    row.pending = value;
  }

  /** Tells whether the row was written or removed since the chunk's start, and not rolled back. */
  isWritten({ isDirty, pending }: Row<Id, T>): boolean {
    return isDirty || pending !== undefined;
  }

  /** Ids of rows that were looked at, written or removed since the chunk's start. */
  *seen(): Iterable<Id> {
    for (const row of this.#rows.values()) yield row.id;
  }

  /** Makes the changes of the receipt at hand those of the chunk. */
  commit(cause: StateChangeCause, changes: StateChange[]): void {
    for (const row of this.#touched) {
      if (row.pending === undefined) continue;
      row.committed = row.pending;
      row.pending = undefined;
      row.isDirty = true;
      changes.push(this.#kind.change(row.id, row.committed, cause));
    }
    if (this.#touched.length > 0) this.#touched = [];
  }

  /** Forgets the changes of the receipt at hand. */
  rollback(): void {
    for (const row of this.#touched) row.pending = undefined;
    if (this.#touched.length > 0) this.#touched = [];
  }

  /** Writes the chunk's changes into the trie. */
  writeInto(trie: Trie): Trie {
    let written = trie;
    for (const { key, committed, isDirty } of this.#rows.values()) {
      if (!isDirty) continue;
      written =
        committed === null
          ? trieDelete(written, key)
          : trieSet(written, key, this.#kind.write(committed));
    }
    return written;
  }

  /** The row, found or made. */
  row(id: Id): Row<Id, T> {
    const text = this.#kind.text(id);
    const known = this.#rows.get(text);
    if (known !== undefined) return known;
    const key = this.#kind.key(id);
    const bytes = trieGet(this.#trie, key);
    const committed = bytes === undefined ? null : this.#kind.read(bytes);
    const row: Row<Id, T> = { id, key, committed, pending: undefined, isDirty: false };
    this.#rows.set(text, row);
    return row;
  }
}
