/**
 * Signed transactions as nearcore's RPC shows them (`SignedTransactionView`).
 * @module
 */
import type { SignedTransaction } from "@yoctonear/transactions";
import { type Json, u64Json } from "../runtime/json.ts";
import { actionView } from "./action-view.ts";

/**
 * Shows a signed transaction as RPC does.
 * @param signed - the transaction
 * @param hash - its hash, base58
 */
export function transactionView(
  signed: SignedTransaction,
  hash: string,
): { readonly [key: string]: Json } {
  const { transaction } = signed;
  const nonce = transaction.version === 0 ? transaction.nonce : transaction.nonce.nonce;
  const view: { [key: string]: Json } = {
    signer_id: transaction.signerId,
    public_key: transaction.publicKey,
    nonce: u64Json(nonce),
    receiver_id: transaction.receiverId,
    actions: transaction.actions.map(actionView),
    priority_fee: 0,
    signature: signed.signature,
    hash,
  };
  if (transaction.version === 1) {
    if (transaction.nonce.type === "gasKeyNonce")
      view["nonce_index"] = transaction.nonce.nonceIndex;
    if (transaction.nonceMode === "strict") view["nonce_mode"] = "strict";
  }
  return view;
}
