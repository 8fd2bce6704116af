/**
 * Checks of every receipt that an action makes (`runtime/runtime/src/verifier.rs` `validate_receipt`).
 * @module
 */
import { encode } from "@yoctonear/borsh";
import { isAccountId } from "@yoctonear/primitives";
import { ZERO_HASH } from "../chain/hash.ts";
import { isActionReceipt, receiptCodec } from "../chain/receipt.ts";
import type { NewReceipt } from "./action-scope.ts";
import { validateActions } from "./actions-validation.ts";
import type { Json } from "./json.ts";
import { MAX_INPUT_DATA, MAX_RECEIPT_SIZE, MAX_RETURNED_DATA_LENGTH } from "./parameters.ts";

/** nearcore's `ReceiptValidationError` of the first thing that is wrong, or `null`. */
export function validateNewReceipt(receipt: NewReceipt, protocolVersion: number): Json | null {
  const { predecessorId, receiverId, body } = receipt;
  const size = encode(receiptCodec, { ...receipt, receiptId: ZERO_HASH }).length;
  if (size > MAX_RECEIPT_SIZE) return { ReceiptSizeExceeded: { size, limit: MAX_RECEIPT_SIZE } };
  if (!isAccountId(predecessorId)) {
    return { InvalidPredecessorId: { account_id: predecessorId } };
  }
  if (!isAccountId(receiverId)) return { InvalidReceiverId: { account_id: receiverId } };
  if (isActionReceipt(body)) {
    const { inputDataIds, refundTo, actions } = body;
    if (inputDataIds.length > MAX_INPUT_DATA) {
      return {
        NumberInputDataDependenciesExceeded: {
          number_of_input_data_dependencies: inputDataIds.length,
          limit: MAX_INPUT_DATA,
        },
      };
    }
    if (refundTo !== null && !isAccountId(refundTo)) {
      return { InvalidRefundTo: { account_id: refundTo } };
    }
    const error = validateActions(actions, receiverId, protocolVersion);
    return error === null ? null : { ActionsValidation: error };
  }
  if (body.type === "globalContractDistribution") return null;
  const length = body.data?.length ?? 0;
  return length > MAX_RETURNED_DATA_LENGTH
    ? { ReturnedValueLengthExceeded: { length, limit: MAX_RETURNED_DATA_LENGTH } }
    : null;
}
