/**
 * Changes of rows as nearcore's RPC shows them (`core/primitives/src/views.rs`
 * `StateChangeWithCauseView`).
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import { decode } from "@yoctonear/borsh";
import { publicKeyHandleCodec } from "@yoctonear/keys";
import { type Json, u64Json } from "../runtime/json.ts";
import type { StateChange, StateChangeCause } from "../state/state-change.ts";
import { publicKeyHandle } from "../state/trie-key.ts";
import { accessKeyView } from "./access-key-view.ts";
import { accountView } from "./account-view.ts";

type JsonObject = { readonly [key: string]: Json };

/** Shows a change; nothing for what no method shows. */
export function changeView(change: StateChange): readonly Json[] {
  const shown = valueView(change);
  if (shown === null) return [];
  const [type, value] = shown;
  return [{ cause: causeView(change.cause), type, change: value }];
}

function valueView(change: StateChange): readonly [type: string, value: JsonObject] | null {
  if (change.type === "other") return null;
  const id = { account_id: change.accountId };
  switch (change.type) {
    case "account":
      return change.account === null
        ? ["account_deletion", id]
        : ["account_update", { ...id, ...accountView(change.account) }];
    case "accessKey": {
      const key = { ...id, public_key: handleOf(change.publicKey) };
      return change.accessKey === null
        ? ["access_key_deletion", key]
        : ["access_key_update", { ...key, access_key: accessKeyView(change.accessKey) }];
    }
    // That nonces go with their key is not told of each.
    case "gasKeyNonce": {
      const { publicKey, index, nonce } = change;
      if (nonce === null) return null;
      const lane = { ...id, public_key: handleOf(publicKey), index };
      return ["gas_key_nonce_update", { ...lane, nonce: u64Json(nonce) }];
    }
    case "contractCode":
      return change.code === null
        ? ["contract_code_deletion", id]
        : ["contract_code_update", { ...id, code_base64: encodeBase64(change.code) }];
    case "data": {
      const row = { ...id, key_base64: encodeBase64(change.key) };
      return change.value === null
        ? ["data_deletion", row]
        : ["data_update", { ...row, value_base64: encodeBase64(change.value) }];
    }
  }
}

/** A key as the state names it: ML-DSA-65 by its hash. */
function handleOf(publicKey: string): string {
  return decode(publicKeyHandleCodec, publicKeyHandle(publicKey));
}

function causeView(cause: StateChangeCause): Json {
  switch (cause.type) {
    case "transactionProcessing":
      return { type: "transaction_processing", tx_hash: cause.txHash };
    case "actionReceiptProcessingStarted":
      return { type: "action_receipt_processing_started", receipt_hash: cause.receiptHash };
    case "actionReceiptGasReward":
      return { type: "action_receipt_gas_reward", receipt_hash: cause.receiptHash };
    case "receiptProcessing":
      return { type: "receipt_processing", receipt_hash: cause.receiptHash };
    case "postponedReceipt":
      return { type: "postponed_receipt", receipt_hash: cause.receiptHash };
    case "updatedDelayedReceipts":
      return { type: "updated_delayed_receipts" };
    case "validatorAccountsUpdate":
      return { type: "validator_accounts_update" };
    case "bandwidthSchedulerStateUpdate":
      return { type: "bandwidth_scheduler_state_update" };
    // nearcore has no cause for its sandbox.
    case "statePatch":
      return { type: "migration" };
  }
}
