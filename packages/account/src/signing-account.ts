/**
 * An account to act as, as an object.
 * @module
 */
import type { NearInput } from "@yoctonear/primitives";
import type { Transport } from "@yoctonear/rpc";
import type {
  AccessKeyPermission,
  Action,
  FunctionArguments,
  Transaction,
} from "@yoctonear/transactions";
import { addKey, deleteKey, deleteKeys } from "./access-keys.ts";
import { type AccountSigner, signingAccount, type SigningAccountRef } from "./account.ts";
import { type Account, createAccountReader } from "./account-reader.ts";
import { call, type CallContractOptions } from "./call.ts";
import {
  createAccount,
  deleteAccount,
  type DeleteAccountOptions,
  type NewAccount,
} from "./life.ts";
import type { SendOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { prepare, send, sendAll, type SendItem } from "./send.ts";
import { stateInit, type StateInitOptions } from "./state-init.ts";
import { stake, transfer, transferToGasKey, withdrawFromGasKey } from "./transfers.ts";

/** An account to act as. Every method is the function of the same name, bound to it. */
export interface SigningAccount extends Account, SigningAccountRef {
  transfer(receiverId: string, amount: NearInput, options?: SendOptions): Promise<Outcome>;
  createAccount(accountId: string, account: NewAccount, options?: SendOptions): Promise<Outcome>;
  deleteAccount(options: DeleteAccountOptions): Promise<Outcome>;
  addKey(
    publicKey: string,
    permission: AccessKeyPermission,
    options?: SendOptions,
  ): Promise<Outcome>;
  deleteKey(publicKey: string, options?: SendOptions): Promise<Outcome>;
  deleteKeys(publicKeys: readonly string[], options?: SendOptions): Promise<Outcome>;
  call(
    contractId: string,
    methodName: string,
    args?: FunctionArguments,
    options?: CallContractOptions,
  ): Promise<Outcome>;
  send(receiverId: string, actions: readonly Action[], options?: SendOptions): Promise<Outcome>;
  sendAll(items: readonly SendItem[]): Promise<PromiseSettledResult<Outcome>[]>;
  prepare(
    receiverId: string,
    actions: readonly Action[],
    options?: Pick<SendOptions, "nonceIndex" | "signal">,
  ): Promise<Transaction>;
  stake(amount: NearInput, publicKey: string, options?: SendOptions): Promise<Outcome>;
  transferToGasKey(publicKey: string, amount: NearInput, options?: SendOptions): Promise<Outcome>;
  withdrawFromGasKey(publicKey: string, amount: NearInput, options?: SendOptions): Promise<Outcome>;
  stateInit(accountId: string, options: StateInitOptions): Promise<Outcome>;
}

/** Binds the functions of this package to an account and what signs for it. */
export function createSigningAccount(
  transport: Transport,
  accountId: string,
  signer: AccountSigner,
): SigningAccount {
  const account = signingAccount(transport, accountId, signer);
  return Object.freeze({
    ...account,
    ...createAccountReader(account),
    transfer: (receiverId, amount, options) => transfer(account, receiverId, amount, options),
    createAccount: (newId, newAccount, options) =>
      createAccount(account, newId, newAccount, options),
    deleteAccount: (options) => deleteAccount(account, options),
    addKey: (publicKey, permission, options) => addKey(account, publicKey, permission, options),
    deleteKey: (publicKey, options) => deleteKey(account, publicKey, options),
    deleteKeys: (publicKeys, options) => deleteKeys(account, publicKeys, options),
    call: (contractId, methodName, args, options) =>
      call(account, contractId, methodName, args, options),
    send: (receiverId, actions, options) => send(account, receiverId, actions, options),
    sendAll: (items) => sendAll(account, items),
    prepare: (receiverId, actions, options) => prepare(account, receiverId, actions, options),
    stake: (amount, publicKey, options) => stake(account, amount, publicKey, options),
    transferToGasKey: (publicKey, amount, options) =>
      transferToGasKey(account, publicKey, amount, options),
    withdrawFromGasKey: (publicKey, amount, options) =>
      withdrawFromGasKey(account, publicKey, amount, options),
    stateInit: (accountId, options) => stateInit(account, accountId, options),
  } satisfies SigningAccount);
}
