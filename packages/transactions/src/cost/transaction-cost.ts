/**
 * What a transaction costs and what its receipt has prepaid (`runtime/runtime/src/config.rs`
 * `calculate_tx_cost`): gas is bought at no less than the purchase price, burnt at the block's.
 * @module
 */
import type { Action } from "../action.ts";
import {
  ACTION_FEES,
  DEFAULT_PROTOCOL_VERSION,
  MIN_GAS_PURCHASE_PRICE,
  ML_DSA_VERIFICATION_COST,
} from "./action-fees.ts";
import { execFee, sendFees, sendStep } from "./fees.ts";

const MAX_GAS = 2n ** 64n - 1n;
const MAX_BALANCE = 2n ** 128n - 1n;
const ML_DSA_PREFIX = "ml-dsa-65";

/** What a transaction costs; amounts in yoctoNEAR. */
export interface TransactionCost {
  /** Gas burnt at once. */
  readonly burntGas: bigint;
  /** Gas that the receipt has prepaid. */
  readonly remainingGas: bigint;
  /** Price at which the gas of the receipt is bought. */
  readonly receiptGasPrice: bigint;
  /** Price of the gas burnt at once. */
  readonly burntAmount: bigint;
  /** Price of all gas, that for the receipt included. */
  readonly gasCost: bigint;
  readonly deposit: bigint;
  readonly totalCost: bigint;
}

/** Returns the cost of a transaction, or `null` where a sum passes its type: `CostOverflow`. */
export function transactionCost(
  signerId: string,
  publicKey: string,
  receiverId: string,
  actions: readonly Action[],
  blockGasPrice: bigint,
  protocolVersion: number = DEFAULT_PROTOCOL_VERSION,
): TransactionCost | null {
  const step = sendStep(signerId, receiverId);
  const burntGas =
    ACTION_FEES.newActionReceipt[step] +
    sendFees(actions, step, receiverId, protocolVersion) +
    signatureCost(publicKey, actions);
  const remainingGas = prepaidTotal(actions, receiverId, protocolVersion);
  const receiptGasPrice =
    blockGasPrice > MIN_GAS_PURCHASE_PRICE ? blockGasPrice : MIN_GAS_PURCHASE_PRICE;
  const burntAmount = blockGasPrice * burntGas;
  const gasCost = burntAmount + receiptGasPrice * remainingGas;
  const deposit = totalDeposit(actions);
  const totalCost = gasCost + deposit;
  // Every part is at most its sum, so the sums tell of any overflow.
  if (burntGas > MAX_GAS || remainingGas > MAX_GAS || totalCost > MAX_BALANCE) return null;
  return { burntGas, remainingGas, receiptGasPrice, burntAmount, gasCost, deposit, totalCost };
}

/** Gas that a receipt with these actions has prepaid: its own, and what its calls and delegates may use. */
export function prepaidTotal(
  actions: readonly Action[],
  receiverId: string,
  protocolVersion: number = DEFAULT_PROTOCOL_VERSION,
): bigint {
  return (
    ACTION_FEES.newActionReceipt.exec +
    prepaidGas(actions) +
    prepaidSend(actions, protocolVersion) +
    prepaidExec(actions, receiverId, protocolVersion)
  );
}

/** Gas attached to function calls, those in delegates included. */
export function prepaidGas(actions: readonly Action[]): bigint {
  let gas = 0n;
  for (const action of actions) {
    if (action.type === "functionCall") gas += action.gas;
    else if (isDelegate(action)) gas += prepaidGas(action.delegateAction.actions);
  }
  return gas;
}

/** Gas for sending what is inside of delegates. */
export function prepaidSend(
  actions: readonly Action[],
  protocolVersion: number = DEFAULT_PROTOCOL_VERSION,
): bigint {
  let gas = 0n;
  for (const action of actions) {
    if (!isDelegate(action)) continue;
    const { senderId, receiverId, actions: inner } = action.delegateAction;
    gas += sendFees(inner, sendStep(senderId, receiverId), receiverId, protocolVersion);
  }
  return gas;
}

/** Gas for executing the actions; for a delegate also the receipt that it makes. */
function prepaidExec(
  actions: readonly Action[],
  receiverId: string,
  protocolVersion: number,
): bigint {
  let gas = 0n;
  for (const action of actions) {
    gas += execFee(action, receiverId, protocolVersion);
    if (!isDelegate(action)) continue;
    const inner = action.delegateAction;
    gas +=
      prepaidExec(inner.actions, inner.receiverId, protocolVersion) +
      ACTION_FEES.newActionReceipt.exec;
  }
  return gas;
}

/** yoctoNEAR that the actions carry, those in delegates included. */
export function totalDeposit(actions: readonly Action[]): bigint {
  let deposit = 0n;
  for (const action of actions) {
    if ("deposit" in action) deposit += action.deposit;
    else if (isDelegate(action)) deposit += totalDeposit(action.delegateAction.actions);
  }
  return deposit;
}

/** Tells the actions apart that carry others. */
export function isDelegate(
  action: Action,
): action is Extract<Action, { readonly delegateAction: unknown }> {
  return action.type === "delegate" || action.type === "delegateV2";
}

function signatureCost(publicKey: string, actions: readonly Action[]): bigint {
  let gas = publicKey.startsWith(ML_DSA_PREFIX) ? ML_DSA_VERIFICATION_COST : 0n;
  for (const action of actions) gas += delegateSignatureCost(action);
  return gas;
}

function delegateSignatureCost(action: Action): bigint {
  const isMlDsa = isDelegate(action) && action.delegateAction.publicKey.startsWith(ML_DSA_PREFIX);
  return isMlDsa ? ML_DSA_VERIFICATION_COST : 0n;
}
