/**
 * The account row (`core/primitives-core/src/account.rs`). Two layouts: the first is of accounts that
 * never used a global contract, the second begins with 2^128 − 1 in the place of the amount.
 * @module
 */
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
} from "@yoctonear/borsh";
import { hashCodec, ZERO_HASH } from "../chain/hash.ts";

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
}

/** No contract. */
export const NO_CONTRACT: AccountContract = { type: "none" };

const V2_SENTINEL = 2n ** 128n - 1n;
const V2_TAG = 0;

const v1Codec = /* @__PURE__ */ struct({
  locked: u128,
  codeHash: hashCodec,
  storageUsage: u64,
});
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

/** The row's value in the state. */
export const accountCodec: Codec<Account> = {
  write: (writer, { version, amount, locked, storageUsage, contract }) => {
    if (version === 2) {
      u128.write(writer, V2_SENTINEL);
      u8.write(writer, V2_TAG);
      v2Codec.write(writer, { amount, locked, storageUsage, contract });
      return;
    }
    u128.write(writer, amount);
    v1Codec.write(writer, { locked, codeHash: localCodeHash(contract), storageUsage });
  },
  read: (reader) => {
    const amount = u128.read(reader);
    return amount === V2_SENTINEL ? readV2(reader) : readV1(reader, amount);
  },
};

function readV1(reader: Reader, amount: bigint): Account {
  const { codeHash, ...rest } = v1Codec.read(reader);
  return { ...rest, amount, contract: localContract(codeHash), version: 1 };
}

function readV2(reader: Reader): Account {
  u8.read(reader);
  return { ...v2Codec.read(reader), version: 2 };
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
