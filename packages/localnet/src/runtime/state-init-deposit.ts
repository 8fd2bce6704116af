/**
 * The deposit of a state init (`runtime/runtime/src/deterministic_account_id.rs` `settle_state_init_deposit`).
 * @module
 */
import type { Account } from "../state/account.ts";
import type { ActionScope } from "./action-scope.ts";
import { depositRefund, depositRefundReceiver } from "./refund-receipt.ts";
import { missingStorageStake } from "./storage-stake.ts";

/**
 * Gives the account what its storage lacks and sends back the rest. A deposit below that is taken whole, and the
 * receipt fails in the end, unless a later action brings the rest.
 */
export function settleStateInit(scope: ActionScope, account: Account, deposit: bigint): Account {
  const { receipt, actionReceipt, result } = scope;
  const missing = missingStorageStake(account);
  const taken = missing < deposit ? missing : deposit;
  if (deposit > taken) {
    const refundTo = depositRefundReceiver(receipt, actionReceipt);
    result.newReceipts.push(depositRefund(refundTo, deposit - taken));
  }
  return { ...account, amount: account.amount + taken };
}
