/**
 * Receipts as nearcore's RPC shows them (`ReceiptView`).
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import { sha256 } from "@yoctonear/primitives";
import type {
  ActionReceipt,
  DataReceipt,
  GlobalContractDistribution,
  Receipt,
} from "../chain/receipt.ts";
import { type Json, u128Json, u64Json } from "../runtime/json.ts";
import { actionView, contractIdentifierView } from "./action-view.ts";

/** Shows a receipt as RPC does. */
export function receiptView(receipt: Receipt): { readonly [key: string]: Json } {
  return {
    predecessor_id: receipt.predecessorId,
    receiver_id: receipt.receiverId,
    receipt_id: receipt.receiptId,
    receipt: bodyView(receipt.body),
    priority: 0,
  };
}

function bodyView(body: Receipt["body"]): Json {
  switch (body.type) {
    case "data":
    case "promiseResume":
      return { Data: dataView(body) };
    case "globalContractDistribution":
      return { GlobalContractDistribution: distributionView(body) };
    default:
      return { Action: actionReceiptView(body) };
  }
}

function actionReceiptView(body: ActionReceipt): Json {
  const view: { [key: string]: Json } = {
    signer_id: body.signerId,
    signer_public_key: body.signerPublicKey,
    gas_price: u128Json(body.gasPrice),
    output_data_receivers: body.outputDataReceivers.map((receiver) => ({
      data_id: receiver.dataId,
      receiver_id: receiver.receiverId,
    })),
    input_data_ids: [...body.inputDataIds],
    actions: body.actions.map(actionView),
    is_promise_yield: body.type === "promiseYieldV2",
  };
  if (body.refundTo !== null) view["refund_to"] = body.refundTo;
  return view;
}

function dataView(body: DataReceipt): Json {
  return {
    data_id: body.dataId,
    data: body.data === null ? null : encodeBase64(body.data),
    is_promise_resume: body.type === "promiseResume",
  };
}

function distributionView(body: GlobalContractDistribution): Json {
  return {
    id: contractIdentifierView(body.id),
    target_shard: u64Json(body.targetShard),
    already_delivered_shards: body.deliveredShards.map(u64Json),
    code: encodeBase64(sha256(body.code)),
    nonce: u64Json(body.nonce),
  };
}
