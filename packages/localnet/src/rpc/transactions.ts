/**
 * `send_tx`, the broadcasts, `tx`, `EXPERIMENTAL_tx_status`.
 * Source: nearcore chain/jsonrpc/src/lib.rs.
 * @module
 */
import type { Json } from "../runtime/json.ts";
import type { Node } from "./node.ts";
import { handlerFailure, type RpcFailure } from "./rpc-failure.ts";
import {
  readSendRequest,
  type ReceivedTransaction,
  readStatusRequest,
  type SendRequest,
  type StatusRequest,
  WAIT_LEVELS,
  type WaitLevel,
} from "./transaction-params.ts";
import {
  findTransaction,
  type TransactionStatus,
  transactionStatusView,
  transactionStatusWithReceipts,
} from "./transaction-status.ts";

/** Answers `send_tx`. */
export async function answerSend(
  node: Node,
  params: unknown,
  signal: AbortSignal | undefined,
): Promise<Json> {
  const request = readSendRequest(params);
  if (request.waitUntil !== "NONE") return send(node, request, signal);
  submitUnseen(node, request.transaction);
  return { final_execution_status: "NONE" };
}

/** Answers `broadcast_tx_async`: the transaction is not looked at. */
export function answerBroadcastAsync(node: Node, params: unknown): Json {
  const { transaction } = readSendRequest(params);
  submitUnseen(node, transaction);
  return transaction.hash;
}

/** Answers `broadcast_tx_commit`. */
export async function answerBroadcastCommit(
  node: Node,
  params: unknown,
  signal: AbortSignal | undefined,
): Promise<Json> {
  const { transaction } = readSendRequest(params);
  return send(node, { transaction, waitUntil: "EXECUTED_OPTIMISTIC" }, signal);
}

/** Answers `tx`. */
export async function answerTx(
  node: Node,
  params: unknown,
  signal: AbortSignal | undefined,
): Promise<Json> {
  return waitFor(node, readStatusRequest(params), signal, transactionStatusView);
}

/** Answers `EXPERIMENTAL_tx_status`. */
export async function answerTxStatus(
  node: Node,
  params: unknown,
  signal: AbortSignal | undefined,
): Promise<Json> {
  return waitFor(node, readStatusRequest(params), signal, (status) =>
    transactionStatusWithReceipts(node, status),
  );
}

/** Nobody waits for what comes of it. */
function submitUnseen(node: Node, transaction: ReceivedTransaction): void {
  node.submit(transaction).catch(() => undefined);
}

async function send(
  node: Node,
  { transaction, waitUntil }: SendRequest,
  signal: AbortSignal | undefined,
): Promise<Json> {
  const error = await node.submit(transaction);
  if (error !== null) throw invalidTransaction(error);
  const { hash } = transaction;
  return waitFor(node, { hash, transaction, waitUntil }, signal, (status) =>
    // A node is asked while it still applies the block, and then has nothing more to say.
    waitUntil === "INCLUDED" && status.level === "INCLUDED"
      ? { final_execution_status: "INCLUDED" }
      : transactionStatusView(status),
  );
}

function invalidTransaction(error: Json): RpcFailure {
  const data = { TxExecutionError: { InvalidTxError: error } };
  return handlerFailure("INVALID_TRANSACTION", {}, data);
}

/** Shows it when the wait is over, not when it is known to be: many wait until then. */
async function waitFor(
  node: Node,
  { hash, transaction, waitUntil }: StatusRequest,
  signal: AbortSignal | undefined,
  show: (status: TransactionStatus) => Json,
): Promise<Json> {
  const status = await node.wait((): TransactionStatus | null => {
    const found = findTransaction(node, hash);
    if (found !== null) return reaches(found.level, waitUntil) ? found : null;
    const error = transaction === null ? null : node.recheck(transaction);
    if (error !== null) throw invalidTransaction(error);
    if (waitUntil !== "NONE") return null;
    throw handlerFailure(
      "UNKNOWN_TRANSACTION",
      { requested_transaction_hash: hash },
      `Transaction ${hash} doesn't exist`,
    );
  }, signal);
  return show(status);
}

function reaches(level: WaitLevel, wanted: WaitLevel): boolean {
  return WAIT_LEVELS.indexOf(level) >= WAIT_LEVELS.indexOf(wanted);
}
