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

interface Row<Id, T> {
  readonly id: Id;
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
    const row = this.#row(id);
    return row.pending === undefined ? row.committed : row.pending;
  }

  /** Writes the row. */
  set(id: Id, value: T): void {
    this.#put(id, value);
  }

  /** Removes the row, if there is one. */
  remove(id: Id): void {
    this.#put(id, null);
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

  #put(id: Id, value: T | null): void {
    const row = this.#row(id);
    if (row.pending === undefined) this.#touched.push(row);
    row.pending = value;
  }

  #row(id: Id): Row<Id, T> {
    const text = this.#kind.text(id);
    const known = this.#rows.get(text);
    if (known !== undefined) return known;
    const key = this.#kind.key(id);
    const bytes = trieGet(this.#trie, key);
    const committed = bytes === undefined ? null : this.#kind.read(bytes);
    const row = { id, key, committed, pending: undefined, isDirty: false };
    this.#rows.set(text, row);
    return row;
  }
}
