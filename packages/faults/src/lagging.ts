/**
 * A node that is some blocks behind the one that answers: it reads older states, does not know newer
 * transactions, judges what is sent by what it has, and passes it on.
 * @module
 */
import {
  type CallOptions,
  RpcError,
  type RpcRequest,
  status as nodeStatus,
  type Transport,
  viewAccessKey,
  viewAccount,
  viewGasKeyNonces,
} from "@yoctonear/rpc";
import type { Transaction } from "@yoctonear/transactions";
import { isSending } from "./fault.ts";
import { hashIn, member, nonceOf, transactionIn } from "./transaction-in.ts";

/** An account of every chain. */
const ANYONE = "near";
/** Blocks from the newest to the final one. */
const FINALITY = 2n;

/**
 * Makes the node.
 * @param transport - the node that is not behind; its chain has a block at every height
 * @param blocks - how far it is behind
 */
export function laggingTransport(transport: Transport, blocks: number): Transport {
  const lagging: Transport = async (request, options) => {
    const head = (await nodeStatus(transport, options)).sync_info.latest_block_height;
    const height = head - BigInt(blocks);
    // The chain has just begun.
    if (height <= FINALITY) return transport(request, options);
    const { method, params } = request;
    if (method === "query" || method === "block") {
      return transport({ method, params: atHeight(params, height) }, options);
    }
    const hash = hashIn(request);
    if (hash === undefined) return transport(request, options);
    return isSending(method)
      ? passOn(transport, request, hash, height, options)
      : status(transport, request, hash, height, options);
  };
  return Object.defineProperty(lagging, "scope", { get: () => transport.scope ?? transport });
}

/** Names a block by its height in place of how final it is. */
function atHeight(params: unknown, height: bigint): unknown {
  const finality = member(params, "finality");
  if (typeof finality !== "string" || typeof params !== "object") return params;
  const isNewest = finality === "optimistic";
  const { finality: _, ...rest } = { finality, ...params };
  return { ...rest, block_id: Number(isNewest ? height : height - FINALITY) };
}

async function status(
  transport: Transport,
  request: RpcRequest,
  hash: string,
  height: bigint,
  options: CallOptions | undefined,
): Promise<unknown> {
  const transaction = transactionIn(request);
  try {
    const answer = await transport(request, options);
    const included = member(answer, "transaction_outcome", "block_hash");
    if (typeof included !== "string") throw unknownTransaction(request.method, hash);
    if ((await heightOf(transport, included, options)) <= height) return answer;
  } catch (error) {
    const isOldNews = await isRefusedAt(transport, transaction, error, height, options);
    if (isOldNews) throw error;
  }
  throw unknownTransaction(request.method, hash);
}

async function passOn(
  transport: Transport,
  request: RpcRequest,
  hash: string,
  height: bigint,
  options: CallOptions | undefined,
): Promise<unknown> {
  const signed = member(request.params, "signed_tx_base64") ?? member(request.params, 0);
  const params = { signed_tx_base64: signed, wait_until: "NONE" };
  try {
    return await status(transport, { method: "tx", params }, hash, height, options);
  } catch (error) {
    if (member(error, "code") !== "UNKNOWN_TRANSACTION") throw error;
  }
  await transport({ method: "broadcast_tx_async", params: [signed] }, options);
  if (request.method === "broadcast_tx_async") return hash;
  throw timedOut(request.method);
}

/** Tells whether the node would have refused the transaction for the same reason by the state it has. */
async function isRefusedAt(
  transport: Transport,
  transaction: Transaction | undefined,
  error: unknown,
  height: bigint,
  options: CallOptions | undefined,
): Promise<boolean> {
  if (member(error, "code") !== "INVALID_TRANSACTION" || transaction === undefined) return true;
  const data = member(error, "data");
  const { signerId: accountId, publicKey, blockHash } = transaction;
  if (member(data, "InvalidNonce") !== undefined) {
    const key = { accountId, publicKey, block: { blockId: height } };
    const { nonce } = transaction;
    if (typeof nonce === "bigint" || nonce.type === "nonce") {
      return (await viewAccessKey(transport, key, options)).nonce >= nonceOf(transaction);
    }
    const { nonces } = await viewGasKeyNonces(transport, key, options);
    return (nonces[nonce.nonceIndex] ?? 0n) >= nonce.nonce;
  }
  if (data === "Expired") {
    const base = await heightOf(transport, blockHash, options);
    const period = await transport({ method: "genesis_config", params: null }, options);
    const length = member(period, "transaction_validity_period");
    return height > base + BigInt(String(length));
  }
  return true;
}

/** Height of a block, without its header: a node in memory signs one when it is first asked for. */
async function heightOf(
  transport: Transport,
  blockId: string,
  options: CallOptions | undefined,
): Promise<bigint> {
  const key = { accountId: ANYONE, block: { blockId } };
  return (await viewAccount(transport, key, options)).block_height;
}

/** What a node says of a transaction that it does not know. */
export function unknownTransaction(method: string, hash: string): RpcError {
  return new RpcError(method, {
    name: "HANDLER_ERROR",
    cause: { name: "UNKNOWN_TRANSACTION", info: { requested_transaction_hash: hash } },
    code: -32_000,
    message: "Server error",
    data: `Transaction ${hash} doesn't exist`,
  });
}

/** What a node says that waited in vain. */
export function timedOut(method: string): RpcError {
  return new RpcError(method, {
    name: "HANDLER_ERROR",
    cause: { name: "TIMEOUT_ERROR" },
    code: -32_000,
    message: "Server error",
    data: "Timeout",
  });
}

/** What a node says that refuses a transaction, with nearcore's `InvalidTxError`. */
export function invalidTransaction(method: string, reason: unknown): RpcError {
  return new RpcError(method, {
    name: "HANDLER_ERROR",
    cause: { name: "INVALID_TRANSACTION", info: {} },
    code: -32_000,
    message: "Server error",
    data: { TxExecutionError: { InvalidTxError: reason } },
  });
}
