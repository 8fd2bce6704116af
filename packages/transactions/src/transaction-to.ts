/**
 * Actions for one receiver, built step by step. The receiver is fixed at the start, so actions for two
 * receivers cannot meet in one transaction.
 * @module
 */
import { assertAccountId, type NearInput } from "@yoctonear/primitives";
import type { AccessKeyPermission } from "./access-key.ts";
import {
  addKey,
  createAccount,
  deleteAccount,
  deleteKey,
  stake,
  transfer,
  transferToGasKey,
  withdrawFromGasKey,
} from "./account-actions.ts";
import type { Action } from "./action.ts";
import type { FunctionArguments } from "./arguments.ts";
import {
  deployContract,
  deployGlobalContract,
  deterministicStateInit,
  functionCall,
  type FunctionCallOptions,
  useGlobalContract,
} from "./contract-actions.ts";

/** A receiver and the actions so far; every step returns a new one. Each step is the builder of its name. */
export interface TransactionPlan {
  readonly receiverId: string;
  readonly actions: readonly Action[];
  /** Adds an action that is already made. */
  action(action: Action): TransactionPlan;
  createAccount(): TransactionPlan;
  transfer(amount: NearInput): TransactionPlan;
  functionCall(
    methodName: string,
    args?: FunctionArguments,
    options?: FunctionCallOptions,
  ): TransactionPlan;
  deployContract(code: Uint8Array): TransactionPlan;
  stake(amount: NearInput, publicKey: string): TransactionPlan;
  addKey(publicKey: string, permission: AccessKeyPermission): TransactionPlan;
  deleteKey(publicKey: string): TransactionPlan;
  deleteAccount(beneficiaryId: string): TransactionPlan;
  deployGlobalContract(...parts: Parameters<typeof deployGlobalContract>): TransactionPlan;
  useGlobalContract(...parts: Parameters<typeof useGlobalContract>): TransactionPlan;
  deterministicStateInit(...parts: Parameters<typeof deterministicStateInit>): TransactionPlan;
  transferToGasKey(publicKey: string, amount: NearInput): TransactionPlan;
  withdrawFromGasKey(publicKey: string, amount: NearInput): TransactionPlan;
}

/**
 * Begins a plan of actions for one receiver. Its `receiverId` and `actions` are what `send` and
 * {@link createTransaction} take.
 * @param receiverId - on whom all the actions act
 * @throws {ParseError} `invalid_account_id`
 * @example
 * ```ts
 * import { fullAccess, transactionTo } from "@yoctonear/transactions";
 * const plan = transactionTo("app.alice.near")
 *   .createAccount()
 *   .transfer("1 NEAR")
 *   .addKey("ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp", fullAccess());
 * plan.actions.length; // 3
 * ```
 */
export function transactionTo(receiverId: string): TransactionPlan {
  assertAccountId(receiverId, "receiver id");
  return toPlan(receiverId, []);
}

function toPlan(receiverId: string, actions: readonly Action[]): TransactionPlan {
  const step =
    <Parts extends readonly unknown[]>(build: (...parts: Parts) => Action) =>
    (...parts: Parts): TransactionPlan =>
      toPlan(receiverId, [...actions, build(...parts)]);
  return {
    receiverId,
    actions,
    action: step((action: Action) => action),
    createAccount: step(createAccount),
    transfer: step(transfer),
    functionCall: step(functionCall),
    deployContract: step(deployContract),
    stake: step(stake),
    addKey: step(addKey),
    deleteKey: step(deleteKey),
    deleteAccount: step(deleteAccount),
    deployGlobalContract: step(deployGlobalContract),
    useGlobalContract: step(useGlobalContract),
    deterministicStateInit: step(deterministicStateInit),
    transferToGasKey: step(transferToGasKey),
    withdrawFromGasKey: step(withdrawFromGasKey),
  };
}
