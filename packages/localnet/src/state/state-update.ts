/**
 * The state while a chunk is applied (nearcore `core/store/src/trie/update.rs`): typed rows over the
 * trie; the changes of a receipt are committed or rolled back together.
 * @module
 */
import { decode, encode, u64 } from "@yoctonear/borsh";
import { publicKeyHandleCodec } from "@yoctonear/keys";
import { type AccessKey, decodeAccessKey, encodeAccessKey } from "./access-key.ts";
import { type Account, accountCodec, encodeAccount } from "./account.ts";
import type { StateChange, StateChangeCause } from "./state-change.ts";
import { type RowKind, StateTable } from "./state-table.ts";
import {
  accessKeyKey,
  accountKey,
  contractCodeKey,
  contractDataKey,
  gasKeyNonceKey,
  publicKeyHandle,
} from "./trie-key.ts";
import type { Trie } from "./trie.ts";

/** Names an access key. */
export interface AccessKeyId {
  readonly accountId: string;
  /** Public key, or the handle of an ML-DSA key. */
  readonly publicKey: string;
}

/** Names a nonce lane of a gas key. */
export interface GasKeyNonceId extends AccessKeyId {
  readonly index: number;
}

/** Names a record of contract data. */
export interface DataId {
  readonly accountId: string;
  readonly key: Uint8Array;
}

const accountKind: RowKind<string, Account> = /* @__PURE__ */ (() => ({
  text: (id) => id,
  key: remembering((id) => id, accountKey),
  read: (bytes) => decode(accountCodec, bytes),
  write: encodeAccount,
  change: (accountId, account, cause) => ({ cause, type: "account", accountId, account }),
}))();

const accessKeyKind: RowKind<AccessKeyId, AccessKey> = /* @__PURE__ */ (() => ({
  text: keyText,
  key: remembering(keyText, ({ accountId, publicKey }) => accessKeyKey(accountId, publicKey)),
  read: decodeAccessKey,
  write: encodeAccessKey,
  change: ({ accountId, publicKey }, accessKey, cause) => ({
    cause,
    type: "accessKey",
    accountId,
    publicKey,
    accessKey,
  }),
}))();

const gasKeyNonceKind: RowKind<GasKeyNonceId, bigint> = {
  text: (id) => `${keyText(id)},${id.index}`,
  key: ({ accountId, publicKey, index }) => gasKeyNonceKey(accountId, publicKey, index),
  read: (bytes) => decode(u64, bytes),
  write: (nonce) => encode(u64, nonce),
  change: ({ accountId, publicKey, index }, nonce, cause) => ({
    cause,
    type: "gasKeyNonce",
    accountId,
    publicKey,
    index,
    nonce,
  }),
};

const codeKind: RowKind<string, Uint8Array> = {
  text: (id) => id,
  key: contractCodeKey,
  read: same,
  write: same,
  change: (accountId, code, cause) => ({ cause, type: "contractCode", accountId, code }),
};

const dataKind: RowKind<DataId, Uint8Array> = {
  text: ({ accountId, key }) => `${accountId},${latin1(key)}`,
  key: ({ accountId, key }) => contractDataKey(accountId, key),
  read: same,
  write: same,
  change: ({ accountId, key }, value, cause) => ({ cause, type: "data", accountId, key, value }),
};

const otherKind: RowKind<Uint8Array, Uint8Array> = {
  text: latin1,
  key: same,
  read: same,
  write: same,
  change: (key, value, cause) => ({ cause, type: "other", key, value }),
};

/** The rows of the state, by kind. */
export class StateUpdate {
  readonly accounts: StateTable<string, Account>;
  readonly accessKeys: StateTable<AccessKeyId, AccessKey>;
  readonly gasKeyNonces: StateTable<GasKeyNonceId, bigint>;
  /** Local contract code by account. */
  readonly code: StateTable<string, Uint8Array>;
  /** Contract data. */
  readonly data: StateTable<DataId, Uint8Array>;
  /** The runtime's own rows (receipts that wait, global contracts, …) by key in the trie. */
  readonly other: StateTable<Uint8Array, Uint8Array>;
  /** Every row committed, in order. */
  readonly changes: StateChange[] = [];
  /** The state before the chunk. */
  readonly base: Trie;

  constructor(base: Trie) {
    this.base = base;
    this.accounts = new StateTable(base, accountKind);
    this.accessKeys = new StateTable(base, accessKeyKind);
    this.gasKeyNonces = new StateTable(base, gasKeyNonceKind);
    this.code = new StateTable(base, codeKind);
    this.data = new StateTable(base, dataKind);
    this.other = new StateTable(base, otherKind);
  }

  /** Makes what was written since the last commit or rollback part of the chunk's state. */
  commit(cause: StateChangeCause): void {
    this.accounts.commit(cause, this.changes);
    this.accessKeys.commit(cause, this.changes);
    this.gasKeyNonces.commit(cause, this.changes);
    this.code.commit(cause, this.changes);
    this.data.commit(cause, this.changes);
    this.other.commit(cause, this.changes);
  }

  /** Forgets what was written since the last commit. */
  rollback(): void {
    this.accounts.rollback();
    this.accessKeys.rollback();
    this.gasKeyNonces.rollback();
    this.code.rollback();
    this.data.rollback();
    this.other.rollback();
  }

  /** The state with everything committed. */
  finish(): Trie {
    let trie = this.base;
    trie = this.accounts.writeInto(trie);
    trie = this.accessKeys.writeInto(trie);
    trie = this.gasKeyNonces.writeInto(trie);
    trie = this.code.writeInto(trie);
    trie = this.data.writeInto(trie);
    return this.other.writeInto(trie);
  }
}

// An ML-DSA key stands in the state by its hash, so key and handle name the same row.
function keyText({ accountId, publicKey }: AccessKeyId): string {
  const isWhole = publicKey.startsWith("ml-dsa-65:");
  const handle = isWhole ? decode(publicKeyHandleCodec, publicKeyHandle(publicKey)) : publicKey;
  return `${accountId},${handle}`;
}

/** Bytes as text, one character each: a key for maps. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function same(bytes: Uint8Array): Uint8Array {
  return bytes;
}

/** Keys of rows kept in memory at most; then all are forgotten. */
const MAX_REMEMBERED = 20_000;

/** Remembers the keys of rows: the same few accounts come in block after block. */
function remembering<Id>(
  text: (id: Id) => string,
  key: (id: Id) => Uint8Array,
): (id: Id) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return (id) => {
    const name = text(id);
    const old = known.get(name);
    if (old !== undefined) return old;
    if (known.size >= MAX_REMEMBERED) known.clear();
    const made = key(id);
    known.set(name, made);
    return made;
  };
}
