/**
 * The receipts that give money back (`core/primitives/src/receipt.rs` `new_balance_refund`,
 * `new_gas_refund`): from `system`, without gas.
 * @module
 */
import type { ActionReceipt, Receipt } from "../chain/receipt.ts";
import { SYSTEM_ID } from "./action-permission.ts";
import type { NewReceipt } from "./action-scope.ts";

/** An ed25519 key of zeros. */
const NO_KEY = "ed25519:11111111111111111111111111111111";

/** A deposit that goes to an account. */
export function depositRefund(receiverId: string, amount: bigint): NewReceipt {
  return refund(receiverId, SYSTEM_ID, NO_KEY, amount);
}

/** Gas that was not burnt; it tops up the key that paid, if that still exists. */
export function gasRefund(signerId: string, publicKey: string, amount: bigint): NewReceipt {
  return refund(signerId, signerId, publicKey, amount);
}

/** Who gets the deposits of a receipt back. */
export function depositRefundReceiver(receipt: Receipt, action: ActionReceipt): string {
  return action.refundTo ?? receipt.predecessorId;
}

function refund(
  receiverId: string,
  signerId: string,
  signerPublicKey: string,
  deposit: bigint,
): NewReceipt {
  return {
    predecessorId: SYSTEM_ID,
    receiverId,
    body: {
      type: "action",
      signerId,
      signerPublicKey,
      gasPrice: 0n,
      outputDataReceivers: [],
      inputDataIds: [],
      actions: [{ type: "transfer", deposit }],
      refundTo: null,
    },
  };
}
