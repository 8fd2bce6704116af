/**
 * The account row (`core/primitives-core/src/account.rs`). Three layouts: the first is of accounts that
 * never used a global contract; the others begin with 2^128 − 1 in the place of the amount, the last of them
 * that of universal accounts which wait for their state init.
 * @module
 */
import { encodeBase58 } from "@yoctonear/base";
import {
  type Codec,
  encode,
  type Reader,
  string,
  struct,
  taggedEnum,
  u128,
  u64,
  u8,
  type Writer,
} from "@yoctonear/borsh";
import { hashBytes, hashCodec, ZERO_HASH } from "../chain/hash.ts";

/** The contract of an account. */
export type AccountContract =
  | { readonly type: "none" }
  | { readonly type: "local"; readonly hash: string }
  | { readonly type: "global"; readonly hash: string }
  | { readonly type: "globalByAccount"; readonly accountId: string };

/** An account's row. */
export interface Account {
  /** yoctoNEAR that can be spent. */
  readonly amount: bigint;
  /** yoctoNEAR staked. */
  readonly locked: bigint;
  /** Bytes for which storage must be staked. */
  readonly storageUsage: bigint;
  readonly contract: AccountContract;
  /** Layout of the row: an account that once used a global contract stays at 2. */
  readonly version: 1 | 2;
  /**
   * Only of a universal account that has been funded but not initialised: the last nonce of a transaction of its own.
   * Such an account has neither stake nor contract.
   */
  readonly bootstrapNonce?: bigint | undefined;
}

/** No contract. */
export const NO_CONTRACT: AccountContract = { type: "none" };

const V2_SENTINEL = 2n ** 128n - 1n;
const V2_TAG = 0;
const UNINITIALIZED_TAG = 1;
const LOW_64 = 2n ** 64n - 1n;
/** amount ‖ locked ‖ code hash ‖ storage usage. */
const V1_LENGTH = 16 + 16 + 32 + 8;

const v2Codec = /* @__PURE__ */ struct({
  amount: u128,
  locked: u128,
  storageUsage: u64,
  contract: /* @__PURE__ */ taggedEnum({
    none: [0, {}],
    local: [1, { hash: hashCodec }],
    global: [2, { hash: hashCodec }],
    globalByAccount: [3, { accountId: string }],
  }),
});

const uninitializedCodec = /* @__PURE__ */ struct({
  amount: u128,
  storageUsage: u64,
  bootstrapNonce: u64,
});

/** The row's value in the state. */
export const accountCodec: Codec<Account> = {
  write: (writer, account) => {
    const { amount, locked, storageUsage, contract, bootstrapNonce } = account;
    if (bootstrapNonce !== undefined) {
      u128.write(writer, V2_SENTINEL);
      u8.write(writer, UNINITIALIZED_TAG);
      return uninitializedCodec.write(writer, { amount, storageUsage, bootstrapNonce });
    }
    if (account.version === 1) return writeV1(writer, account);
    u128.write(writer, V2_SENTINEL);
    u8.write(writer, V2_TAG);
    return v2Codec.write(writer, { amount, locked, storageUsage, contract });
  },
  read: (reader) => {
    const { offset } = reader;
    const amount = u128.read(reader);
    if (amount !== V2_SENTINEL) {
      reader.offset = offset;
      return readV1(reader);
    }
    if (u8.read(reader) === V2_TAG) return { ...v2Codec.read(reader), version: 2 };
    const { amount: held, storageUsage, bootstrapNonce } = uninitializedCodec.read(reader);
    return createUninitialized(held, storageUsage, bootstrapNonce);
  },
};

// Nearly every row is of this layout, and every transfer writes three: hence by hand.
function writeV1(writer: Writer, account: Account): void {
  const { offset } = writer;
  const view = writer.reserve(V1_LENGTH);
  setU128(view, offset, account.amount);
  setU128(view, offset + 16, account.locked);
  const { contract } = account;
  // The bytes may be left from what was written here before.
  const codeHash = contract.type === "local" ? hashBytes(contract.hash) : null;
  for (let i = 0; i < 32; i++) view.setUint8(offset + 32 + i, codeHash?.[i] ?? 0);
  view.setBigUint64(offset + 64, account.storageUsage, true);
}

function readV1(reader: Reader): Account {
  const { offset } = reader;
  const view = reader.advance(V1_LENGTH);
  let hasCode = false;
  for (let i = 32; i < 64; i++) hasCode ||= view.getUint8(offset + i) !== 0;
  return {
    amount: getU128(view, offset),
    locked: getU128(view, offset + 16),
    storageUsage: view.getBigUint64(offset + 64, true),
    contract: hasCode ? { type: "local", hash: codeHashAt(view, offset + 32) } : NO_CONTRACT,
    version: 1,
  };
}

function codeHashAt(view: DataView, offset: number): string {
  return encodeBase58(new Uint8Array(view.buffer, view.byteOffset + offset, 32));
}

function setU128(view: DataView, offset: number, value: bigint): void {
  if (value >> 128n !== 0n) throw new RangeError("expected a balance below 2^128 yoctoNEAR");
  view.setBigUint64(offset, value & LOW_64, true);
  view.setBigUint64(offset + 8, value >> 64n, true);
}

function getU128(view: DataView, offset: number): bigint {
  return view.getBigUint64(offset, true) | (view.getBigUint64(offset + 8, true) << 64n);
}

/** Encodes the row. */
export function encodeAccount(account: Account): Uint8Array<ArrayBuffer> {
  return encode(accountCodec, account);
}

/** A new account: the layout follows the contract, as in nearcore's `Account::new`. */
export function createAccount(
  amount: bigint,
  storageUsage: bigint,
  contract: AccountContract,
): Account {
  return withContract({ amount, locked: 0n, storageUsage, contract, version: 1 }, contract);
}

/** A universal account that has been funded but not initialised. */
export function createUninitialized(
  amount: bigint,
  storageUsage: bigint,
  bootstrapNonce: bigint,
): Account {
  return { ...createAccount(amount, storageUsage, NO_CONTRACT), bootstrapNonce };
}

/** The account as an ordinary one: its keys have nonces of their own from here on. */
export function initialized({ amount, storageUsage }: Account): Account {
  return createAccount(amount, storageUsage, NO_CONTRACT);
}

/** The account with another contract: the layout follows as in nearcore's `set_contract`. */
export function withContract(account: Account, contract: AccountContract): Account {
  const isGlobal = contract.type === "global" || contract.type === "globalByAccount";
  return { ...account, contract, version: isGlobal ? 2 : account.version };
}

/** The local contract of a code hash; zeros mean none. */
export function localContract(codeHash: string): AccountContract {
  return codeHash === ZERO_HASH ? NO_CONTRACT : { type: "local", hash: codeHash };
}

/** Hash of the account's own code, zeros unless it has some: `code_hash` of views. */
export function localCodeHash(contract: AccountContract): string {
  return contract.type === "local" ? contract.hash : ZERO_HASH;
}
