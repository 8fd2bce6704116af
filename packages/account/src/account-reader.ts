/**
 * An account to read, as an object.
 * @module
 */
import type { AccessKeyInfoView, AccessKeyView, RpcViewAccountResponse } from "@yoctonear/rpc";
import type { AccountRef } from "./account.ts";
import { type Balance, balance } from "./balance.ts";
import {
  contractCode,
  contractState,
  type StoragePage,
  type StoragePageOptions,
} from "./contract-reads.ts";
import {
  type ContractRef,
  contractOf,
  exists,
  key,
  keys,
  type ReadOptions,
  state,
} from "./reads.ts";

/** An account to read. */
export interface Account extends AccountRef {
  /** What it owns, exactly, in yoctoNEAR; see {@link balance}. */
  balance(options?: ReadOptions): Promise<Balance>;
  /** Its state as nearcore shows it; see {@link state}. */
  state(options?: ReadOptions): Promise<RpcViewAccountResponse>;
  /** Whether it is there; see {@link exists}. */
  exists(options?: ReadOptions): Promise<boolean>;
  /** Its access keys; see {@link keys}. */
  keys(options?: ReadOptions): Promise<readonly AccessKeyInfoView[]>;
  /** One of its access keys, or null; see {@link key}. */
  key(publicKey: string, options?: ReadOptions): Promise<AccessKeyView | null>;
  /** Which contract it has, or null; see {@link contractOf}. */
  contract(options?: ReadOptions): Promise<ContractRef | null>;
  /** The contract's WebAssembly, or null; see {@link contractCode}. */
  contractCode(options?: ReadOptions): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Rows of the contract's storage in one request, on demand with a proof; see {@link contractState}. */
  contractState(options?: StoragePageOptions): Promise<StoragePage>;
}

/** Binds the reading functions to an account. */
export function createAccountReader(account: AccountRef): Account {
  const { transport, accountId } = account;
  return Object.freeze({
    transport,
    accountId,
    balance: (options) => balance(account, options),
    state: (options) => state(account, options),
    exists: (options) => exists(account, options),
    keys: (options) => keys(account, options),
    key: (publicKey, options) => key(account, publicKey, options),
    contract: (options) => contractOf(account, options),
    contractCode: (options) => contractCode(account, options),
    contractState: (options) => contractState(account, options),
  } satisfies Account);
}
