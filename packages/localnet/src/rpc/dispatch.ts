/**
 * From the name of a method to its answer.
 * Source: nearcore chain/jsonrpc/src/lib.rs (`process_request`).
 * @module
 */
import type { Json } from "../runtime/json.ts";
import { type Answer, answerError } from "./answer.ts";
import { answerBlock, answerChunk, answerGasPrice } from "./blocks.ts";
import { answerBlockEffects, answerChanges } from "./changes.ts";
import { answerGenesisConfig, answerProtocolConfig } from "./configs.ts";
import { answerNetworkInfo, answerStatus } from "./network.ts";
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
import { answerValidators } from "./validators.ts";

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
  gas_price: answerGasPrice,
  genesis_config: answerGenesisConfig,
  health: () => null,
  network_info: answerNetworkInfo,
  query: answerUntypedQuery,
  send_tx: answerSend,
  status: answerStatus,
  tx: answerTx,
  validators: answerValidators,
  EXPERIMENTAL_changes: answerChanges,
  EXPERIMENTAL_changes_in_block: answerBlockEffects,
  EXPERIMENTAL_genesis_config: answerGenesisConfig,
  EXPERIMENTAL_protocol_config: answerProtocolConfig,
  EXPERIMENTAL_receipt: answerReceipt,
  EXPERIMENTAL_receipt_to_tx: answerReceiptToTx,
  EXPERIMENTAL_tx_status: answerTxStatus,
  sandbox_fast_forward: answerFastForward,
  sandbox_patch_state: answerPatchState,
};

/**
 * Methods of nearcore 2.13 that are not here yet; they answer METHOD_NOT_FOUND, as an older node
 * would.
 */
export const LATER_METHODS: readonly string[] = [
  "EXPERIMENTAL_congestion_level",
  "EXPERIMENTAL_light_client_block_proof",
  "EXPERIMENTAL_light_client_proof",
  "EXPERIMENTAL_maintenance_windows",
  "EXPERIMENTAL_split_storage_info",
  "EXPERIMENTAL_validators_ordered",
  "client_config",
  "light_client_proof",
  "maintenance_windows",
  "next_light_client_block",
];

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
