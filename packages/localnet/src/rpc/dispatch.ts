/**
 * From the name of a method to its answer.
 * Source: nearcore chain/jsonrpc/src/lib.rs (`process_request`).
 * @module
 */
import type { Json } from "../runtime/json.ts";
import { type Answer, answerError } from "./answer.ts";
import { answerBlock, answerChunk, answerGasPrice } from "./blocks.ts";
import { answerBlockEffects, answerChanges } from "./changes.ts";
import { answerClientConfig } from "./client-config.ts";
import { answerGenesisConfig, answerProtocolConfig } from "./configs.ts";
import { answerCongestionLevel } from "./congestion.ts";
import {
  answerBlockProof,
  answerLightClientProof,
  answerNextLightClientBlock,
} from "./light-client.ts";
import { answerNetworkInfo, answerSplitStorageInfo, answerStatus } from "./network.ts";
import type { Node } from "./node.ts";
import { answerTypedQuery, answerUntypedQuery, TYPED_QUERIES } from "./queries.ts";
import { answerReceipt, answerReceiptToTx } from "./receipts.ts";
import { methodNotFound } from "./rpc-failure.ts";
import { answerFastForward, answerPatchState } from "./sandbox.ts";
import { isFields, u64Or } from "./serde.ts";
import {
  answerBroadcastAsync,
  answerBroadcastCommit,
  answerSend,
  answerTx,
  answerTxStatus,
} from "./transactions.ts";
import {
  answerMaintenanceWindows,
  answerValidators,
  answerValidatorsOrdered,
} from "./validators.ts";

type Handler = (
  node: Node,
  params: unknown,
  signal: AbortSignal | undefined,
) => Json | Promise<Json>;

const HANDLERS: { readonly [method: string]: Handler } = {
  block: answerBlock,
  block_effects: answerBlockEffects,
  broadcast_tx_async: answerBroadcastAsync,
  broadcast_tx_commit: answerBroadcastCommit,
  changes: answerChanges,
  chunk: answerChunk,
  client_config: answerClientConfig,
  gas_price: answerGasPrice,
  genesis_config: answerGenesisConfig,
  health: () => null,
  light_client_proof: answerLightClientProof,
  maintenance_windows: answerMaintenanceWindows,
  network_info: answerNetworkInfo,
  next_light_client_block: answerNextLightClientBlock,
  query: answerUntypedQuery,
  send_tx: answerSend,
  status: answerStatus,
  tx: answerTx,
  validators: answerValidators,
  EXPERIMENTAL_changes: answerChanges,
  EXPERIMENTAL_changes_in_block: answerBlockEffects,
  EXPERIMENTAL_congestion_level: answerCongestionLevel,
  EXPERIMENTAL_genesis_config: answerGenesisConfig,
  EXPERIMENTAL_light_client_block_proof: answerBlockProof,
  EXPERIMENTAL_light_client_proof: answerLightClientProof,
  EXPERIMENTAL_maintenance_windows: answerMaintenanceWindows,
  EXPERIMENTAL_protocol_config: answerProtocolConfig,
  EXPERIMENTAL_receipt: answerReceipt,
  EXPERIMENTAL_receipt_to_tx: answerReceiptToTx,
  EXPERIMENTAL_split_storage_info: answerSplitStorageInfo,
  EXPERIMENTAL_tx_status: answerTxStatus,
  EXPERIMENTAL_validators_ordered: answerValidatorsOrdered,
  sandbox_fast_forward: answerFastForward,
  sandbox_patch_state: answerPatchState,
};

const UNPROCESSABLE = 422;

/**
 * Answers a request. Every answer is made of fresh objects.
 * @throws the reason of the signal, when the caller gave up
 */
export async function answer(
  node: Node,
  method: string,
  params: unknown,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  try {
    return { result: await dispatch(node, method, params, signal) };
  } catch (error) {
    return skippedHeight(node, params, answerError(error));
  }
}

function dispatch(
  node: Node,
  method: string,
  params: unknown,
  signal: AbortSignal | undefined,
): Json | Promise<Json> {
  const handler = Object.hasOwn(HANDLERS, method) ? HANDLERS[method] : undefined;
  if (handler !== undefined) return handler(node, params, signal);
  const typed = Object.hasOwn(TYPED_QUERIES, method) ? TYPED_QUERIES[method] : undefined;
  if (typed === undefined) throw methodNotFound(method);
  return answerTypedQuery(node, typed, params);
}

/** A height below the head that has no block never will have one: HTTP says so. */
function skippedHeight(node: Node, params: unknown, answered: Answer): Answer {
  if (answered.error === undefined || !isFields(params)) return answered;
  const { cause } = answered.error;
  const isUnknown = isFields(cause) && cause["name"] === "UNKNOWN_BLOCK";
  const height = u64Or(params["block_id"]);
  if (!isUnknown || height === null || height >= node.head().header.height) return answered;
  return { ...answered, status: UNPROCESSABLE };
}
