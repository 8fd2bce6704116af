/**
 * An account to act as, as an object.
 * @module
 */
import type { NearInput } from "@yoctonear/primitives";
import type { Transport } from "@yoctonear/rpc";
import type {
  AccessKeyPermission,
  Action,
  Delegate,
  DelegateV2,
  FunctionArguments,
  GlobalContractReference,
  NonDelegateAction,
  Transaction,
} from "@yoctonear/transactions";
import { addKey, deleteKey, deleteKeys } from "./access-keys.ts";
import { type AccountSigner, signingAccount, type SigningAccountRef } from "./account.ts";
import { type Account, createAccountReader } from "./account-reader.ts";
import { call, type CallContractOptions } from "./call.ts";
import { delegate, type DelegateOptions, relay } from "./delegate.ts";
import {
  deploy,
  deployGlobal,
  type DeployGlobalOptions,
  type DeployOptions,
  useGlobal,
} from "./deploy.ts";
import {
  createAccount,
  deleteAccount,
  type DeleteAccountOptions,
  type NewAccount,
} from "./life.ts";
import type { PrepareOptions, SenderOptions, SendOptions } from "./sender/options.ts";
import { prepare, send, sendAll, type SendItem } from "./sender/send.ts";
import { stateInit, type StateInitOptions } from "./state-init.ts";
import { readTracedOutcome, type TracedOutcome } from "./outcome/traced-outcome.ts";
import { stake, transfer, transferToGasKey, withdrawFromGasKey } from "./transfers.ts";

/** An account to act as. Every method is the function of the same name, bound to it. */
export interface SigningAccount extends Account, SigningAccountRef<TracedOutcome> {
  transfer(receiverId: string, amount: NearInput, options?: SendOptions): Promise<TracedOutcome>;
  createAccount(
    accountId: string,
    account: NewAccount,
    options?: SendOptions,
  ): Promise<TracedOutcome>;
  deleteAccount(options: DeleteAccountOptions): Promise<TracedOutcome>;
  deploy(code: Uint8Array, options?: DeployOptions): Promise<TracedOutcome>;
  deployGlobal(code: Uint8Array, options: DeployGlobalOptions): Promise<TracedOutcome>;
  useGlobal(contract: GlobalContractReference, options?: DeployOptions): Promise<TracedOutcome>;
  addKey(
    publicKey: string,
    permission: AccessKeyPermission,
    options?: SendOptions,
  ): Promise<TracedOutcome>;
  deleteKey(publicKey: string, options?: SendOptions): Promise<TracedOutcome>;
  deleteKeys(publicKeys: readonly string[], options?: SendOptions): Promise<TracedOutcome>;
  call(
    contractId: string,
    methodName: string,
    args?: FunctionArguments,
    options?: CallContractOptions,
  ): Promise<TracedOutcome>;
  send(
    receiverId: string,
    actions: readonly Action[],
    options?: SendOptions,
  ): Promise<TracedOutcome>;
  sendAll(items: readonly SendItem[]): Promise<PromiseSettledResult<TracedOutcome>[]>;
  prepare(
    receiverId: string,
    actions: readonly Action[],
    options?: PrepareOptions,
  ): Promise<Transaction>;
  delegate(
    receiverId: string,
    actions: readonly NonDelegateAction[],
    options?: DelegateOptions,
  ): Promise<Delegate | DelegateV2>;
  relay(delegated: Delegate | DelegateV2, options?: SendOptions): Promise<TracedOutcome>;
  stake(amount: NearInput, publicKey: string, options?: SendOptions): Promise<TracedOutcome>;
  transferToGasKey(
    publicKey: string,
    amount: NearInput,
    options?: SendOptions,
  ): Promise<TracedOutcome>;
  withdrawFromGasKey(
    publicKey: string,
    amount: NearInput,
    options?: SendOptions,
  ): Promise<TracedOutcome>;
  stateInit(accountId: string, options: StateInitOptions): Promise<TracedOutcome>;
}

/** Binds the functions of this package to an account and what signs for it. */
export function createSigningAccount(
  transport: Transport,
  accountId: string,
  signer: AccountSigner,
  options: SenderOptions = {},
): SigningAccount {
  const account: SigningAccountRef<TracedOutcome> = {
    ...signingAccount(transport, accountId, signer, options),
    readOutcome: readTracedOutcome,
  };
  return Object.freeze({
    ...account,
    ...createAccountReader(account),
    transfer: (receiverId, amount, options) => transfer(account, receiverId, amount, options),
    createAccount: (newId, newAccount, options) =>
      createAccount(account, newId, newAccount, options),
    deleteAccount: (options) => deleteAccount(account, options),
    deploy: (code, options) => deploy(account, code, options),
    deployGlobal: (code, options) => deployGlobal(account, code, options),
    useGlobal: (contract, options) => useGlobal(account, contract, options),
    addKey: (publicKey, permission, options) => addKey(account, publicKey, permission, options),
    deleteKey: (publicKey, options) => deleteKey(account, publicKey, options),
    deleteKeys: (publicKeys, options) => deleteKeys(account, publicKeys, options),
    call: (contractId, methodName, args, options) =>
      call(account, contractId, methodName, args, options),
    send: (receiverId, actions, options) => send(account, receiverId, actions, options),
    sendAll: (items) => sendAll(account, items),
    prepare: (receiverId, actions, options) => prepare(account, receiverId, actions, options),
    delegate: (receiverId, actions, options) => delegate(account, receiverId, actions, options),
    relay: (delegated, options) => relay(account, delegated, options),
    stake: (amount, publicKey, options) => stake(account, amount, publicKey, options),
    transferToGasKey: (publicKey, amount, options) =>
      transferToGasKey(account, publicKey, amount, options),
    withdrawFromGasKey: (publicKey, amount, options) =>
      withdrawFromGasKey(account, publicKey, amount, options),
    stateInit: (accountId, options) => stateInit(account, accountId, options),
  } satisfies SigningAccount);
}
