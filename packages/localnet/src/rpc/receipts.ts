/**
 * `EXPERIMENTAL_receipt` and `EXPERIMENTAL_receipt_to_tx`.
 * Source: nearcore chain/jsonrpc-primitives/src/types/receipts.rs, chain/client/src/view_client_actor.rs.
 * @module
 */
import type { Json } from "../runtime/json.ts";
import { u64Json } from "../runtime/json.ts";
import type { Node } from "./node.ts";
import { receiptView } from "./receipt-view.ts";
import { handlerFailure, type RpcFailure } from "./rpc-failure.ts";
import { fieldsOf, needFields, readHash, readU64, required } from "./serde.ts";

/** nearcore's default for `receipt_to_tx_max_hint_window`. */
const MAX_WINDOW = 20n;
const MAX_DEPTH = 1000;

/** Answers `EXPERIMENTAL_receipt`. */
export function answerReceipt(node: Node, params: unknown): Json {
  const fields = fieldsOf(params, "ReceiptReference", ["receipt_id"]);
  const receiptId = readHash(required(fields, "receipt_id"));
  const receipt = node.receipt(receiptId);
  if (receipt === undefined) throw failure("UNKNOWN_RECEIPT", { receipt_id: receiptId });
  return receiptView(receipt);
}

/**
 * Answers `EXPERIMENTAL_receipt_to_tx`: the transaction that a receipt comes from in the end. A node uses the
 * hints only where its index has a gap, which this one has not.
 */
export function answerReceiptToTx(node: Node, params: unknown): Json {
  const fields = needFields(params, "RpcReceiptToTxRequest");
  const receiptId = readHash(required(fields, "receipt_id"));
  const height = optionalU64(fields["block_height"]);
  const shardId = optionalU64(fields["shard_id"]);
  const window = optionalU64(fields["window"]);
  if (height === null && shardId !== null) throw malformedHint("shard_id requires block_height");
  if (height === null && window !== null) throw malformedHint("window requires block_height");
  if (window !== null && window > MAX_WINDOW) {
    throw failure("WINDOW_TOO_LARGE", { requested: u64Json(window), maximum: Number(MAX_WINDOW) });
  }
  let id = receiptId;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const parentId = node.receiptParent(id);
    if (parentId === undefined) throw failure("UNKNOWN_RECEIPT", { receipt_id: id });
    const signed = node.transaction(parentId);
    if (signed !== undefined) {
      return { transaction_hash: parentId, sender_account_id: signed.transaction.signerId };
    }
    id = parentId;
  }
  throw failure("DEPTH_EXCEEDED", { receipt_id: receiptId, limit: MAX_DEPTH });
}

function malformedHint(message: string): RpcFailure {
  return failure("MALFORMED_HINT", { error_message: message });
}

/** These errors carry themselves as legacy data. */
function failure(name: string, info: { readonly [key: string]: Json }): RpcFailure {
  return handlerFailure(name, info, { name, info });
}

function optionalU64(value: unknown): bigint | null {
  return value === undefined || value === null ? null : readU64(value);
}
