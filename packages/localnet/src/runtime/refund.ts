/**
 * What goes back after a receipt, and what making an account costs (`runtime/runtime/src/lib.rs`
 * `refund_unspent_gas_and_deposits`): gas was bought at the receipt's price and burnt at the block's.
 * @module
 */
import { ACTION_FEES } from "@yoctonear/transactions/cost";
import type { ActionReceipt, Receipt } from "../chain/receipt.ts";
import type { NewReceipt } from "./action-scope.ts";
import { internalError } from "./invariant.ts";
import { ACCOUNT_CREATION_CHARGE } from "./parameters.ts";
import { depositRefund, depositRefundReceiver, gasRefund } from "./refund-receipt.ts";
import { prepaidTotal, totalDeposit } from "@yoctonear/transactions/cost";

/** How a receipt ended. */
export interface Settlement {
  readonly receipt: Receipt;
  readonly action: ActionReceipt;
  /** yoctoNEAR a gas unit. */
  readonly burnPrice: bigint;
  readonly hasFailed: boolean;
  /** The receiver did not exist before and exists now. */
  readonly hasCreated: boolean;
  readonly gasBurnt: bigint;
  readonly gasUsed: bigint;
  readonly protocolVersion: number;
}

/** The refunds of a receipt that is no refund itself, and the charge for an account it made. */
export function settleRefunds(settlement: Settlement): {
  readonly receipts: readonly NewReceipt[];
  /** yoctoNEAR */
  readonly creationCharge: bigint;
} {
  const { receipt, action, burnPrice, hasFailed, gasBurnt, gasUsed } = settlement;
  const unusedGas =
    prepaidTotal(action.actions, receipt.receiverId, settlement.protocolVersion) -
    (hasFailed ? gasBurnt : gasUsed);
  if (unusedGas < 0n) throw internalError(`receipt ${receipt.receiptId} used more gas than it had`);
  const surplus = (action.gasPrice - burnPrice) * gasBurnt;
  const creationCharge = chargeForCreation(settlement, surplus);
  const gasAmount = action.gasPrice * unusedGas + surplus - creationCharge;
  const receipts: NewReceipt[] = [];
  const deposit = hasFailed ? totalDeposit(action.actions) : 0n;
  if (deposit > 0n) receipts.push(depositRefund(depositRefundReceiver(receipt, action), deposit));
  if (gasAmount > 0n) {
    receipts.push(gasRefund(action.signerId, action.signerPublicKey, gasAmount));
  }
  return { receipts, creationCharge };
}

/** The charge is what the gas for it costs less than 0.007 NEAR, but never more than the surplus. */
function chargeForCreation(
  { hasFailed, hasCreated, burnPrice }: Settlement,
  surplus: bigint,
): bigint {
  if (hasFailed || !hasCreated) return 0n;
  const charge = ACCOUNT_CREATION_CHARGE - burnPrice * ACTION_FEES.createAccount.exec;
  if (charge <= 0n) return 0n;
  return charge < surplus ? charge : surplus;
}
