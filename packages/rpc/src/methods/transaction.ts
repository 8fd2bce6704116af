/**
 * Sending transactions and following them.
 * @module
 */
import { ask } from "../ask.ts";
import { amount, each, fields, integer, optional, text, variant } from "../check.ts";
import { integersOfRpcTransactionResponse } from "../generated/integers.ts";
import type { RpcTransactionResponse, TxExecutionStatus } from "../generated/types.ts";
import { toBigints } from "../integers.ts";
import { refuse } from "../refuse.ts";
import { isRpcError } from "../rpc-error.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { toWire } from "../wire.ts";

/** A signed transaction to be broadcast. */
export interface BroadcastParams {
  /** Borsh of the signed transaction, in base64. */
  readonly signedTxBase64: string;
}

/** A signed transaction, and how far to wait for it. */
export interface SendTxParams extends BroadcastParams {
  /** nearcore waits for `EXECUTED_OPTIMISTIC` unless told; with `NONE` it does not even check the transaction. */
  readonly waitUntil?: TxExecutionStatus | undefined;
}

/** Which transaction, and how far to wait for it. */
export interface TxParams {
  /** Its hash in base58. */
  readonly txHash: string;
  /** Who signed it; the receiver would ask the wrong shard. */
  readonly senderAccountId: string;
  /** nearcore waits for `EXECUTED_OPTIMISTIC` unless told. */
  readonly waitUntil?: TxExecutionStatus | undefined;
}

/**
 * Broadcasts a transaction and waits for it. The same bytes may be sent any number of times.
 * @throws {RpcError} `INVALID_TRANSACTION` with the `InvalidTxError` as data; `TIMEOUT_ERROR`, which
 * says nothing about inclusion: ask {@link tx}
 * @example
 * ```ts
 * import { prepareTransaction } from "@yoctonear/account";
 * import { encodeBase64 } from "@yoctonear/base";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { sendTx } from "@yoctonear/rpc";
 * import { encodeSignedTransaction, signTransaction, transactionHash, transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const signer = chain.signer("alice.near");
 * const parts = { signerId: "alice.near", publicKey: signer.publicKey, receiverId: "bob.near" };
 * const transaction = await prepareTransaction(chain.transport, { ...parts, actions: [transfer("1 NEAR")] });
 * const signed = await signTransaction(transaction, signer);
 * const signedTxBase64 = encodeBase64(encodeSignedTransaction(signed));
 * const { transaction_outcome } = await sendTx(chain.transport, { signedTxBase64, waitUntil: "FINAL" });
 * transaction_outcome?.id === transactionHash(transaction); // true
 * ```
 */
export function sendTx(
  transport: Transport,
  params: SendTxParams,
  options?: CallOptions,
): Promise<RpcTransactionResponse> {
  return follow(transport, "send_tx", params, options);
}

/**
 * Broadcasts a transaction that is not waited for, nor checked.
 * @returns its hash in base58
 * @example
 * ```ts
 * import { prepareTransaction } from "@yoctonear/account";
 * import { encodeBase64 } from "@yoctonear/base";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { broadcastTxAsync } from "@yoctonear/rpc";
 * import { encodeSignedTransaction, signTransaction, transactionHash, transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const signer = chain.signer("alice.near");
 * const parts = { signerId: "alice.near", publicKey: signer.publicKey, receiverId: "bob.near" };
 * const transaction = await prepareTransaction(chain.transport, { ...parts, actions: [transfer("1 NEAR")] });
 * const signed = await signTransaction(transaction, signer);
 * const signedTxBase64 = encodeBase64(encodeSignedTransaction(signed));
 * (await broadcastTxAsync(chain.transport, { signedTxBase64 })) === transactionHash(transaction); // true
 * ```
 */
export function broadcastTxAsync(
  transport: Transport,
  params: BroadcastParams,
  options?: CallOptions,
): Promise<string> {
  const reading = { integers: "", check: text };
  return ask(transport, "broadcast_tx_async", toWire(params), reading, options);
}

/**
 * Broadcasts a transaction and waits until it is executed: the older form of {@link sendTx}.
 * @throws {RpcError} as {@link sendTx}
 * @example
 * ```ts
 * import { prepareTransaction } from "@yoctonear/account";
 * import { encodeBase64 } from "@yoctonear/base";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { broadcastTxCommit } from "@yoctonear/rpc";
 * import { encodeSignedTransaction, signTransaction, transactionHash, transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const signer = chain.signer("alice.near");
 * const parts = { signerId: "alice.near", publicKey: signer.publicKey, receiverId: "bob.near" };
 * const transaction = await prepareTransaction(chain.transport, { ...parts, actions: [transfer("1 NEAR")] });
 * const signed = await signTransaction(transaction, signer);
 * const signedTxBase64 = encodeBase64(encodeSignedTransaction(signed));
 * const { transaction_outcome } = await broadcastTxCommit(chain.transport, { signedTxBase64 });
 * transaction_outcome?.id === transactionHash(transaction); // true
 * ```
 */
export function broadcastTxCommit(
  transport: Transport,
  params: BroadcastParams,
  options?: CallOptions,
): Promise<RpcTransactionResponse> {
  return follow(transport, "broadcast_tx_commit", params, options);
}

/**
 * Asks how a transaction ended.
 * @throws {RpcError} `UNKNOWN_TRANSACTION`, or `TIMEOUT_ERROR` when the node waited in vain
 * @example
 * ```ts
 * import { signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { tx } from "@yoctonear/rpc";
 * const { transport, signer } = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * const { hash } = await transfer(alice, "bob.near", "1 NEAR");
 * const question = { txHash: hash, senderAccountId: "alice.near", waitUntil: "FINAL" } as const;
 * (await tx(transport, question)).final_execution_status; // "FINAL"
 * ```
 */
export function tx(
  transport: Transport,
  params: TxParams,
  options?: CallOptions,
): Promise<RpcTransactionResponse> {
  return askStatus(transport, "tx", params, options);
}

/**
 * Asks how a transaction ended, with the receipts themselves.
 * @throws {RpcError} as {@link tx}
 * @example
 * ```ts
 * import { signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalTxStatus } from "@yoctonear/rpc";
 * const { transport, signer } = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * const { hash } = await transfer(alice, "bob.near", "1 NEAR");
 * const question = { txHash: hash, senderAccountId: "alice.near", waitUntil: "FINAL" } as const;
 * (await experimentalTxStatus(transport, question)).final_execution_status; // "FINAL"
 * ```
 */
export function experimentalTxStatus(
  transport: Transport,
  params: TxParams,
  options?: CallOptions,
): Promise<RpcTransactionResponse> {
  return askStatus(transport, "EXPERIMENTAL_tx_status", params, options);
}

async function follow(
  transport: Transport,
  method: string,
  params: object,
  options?: CallOptions,
): Promise<RpcTransactionResponse> {
  const outcome = fields({
    outcome: fields({ status: variant, gas_burnt: integer, tokens_burnt: amount }),
  });
  const check = fields({
    final_execution_status: text,
    status: optional(variant),
    transaction: optional(fields({ hash: text })),
    transaction_outcome: optional(outcome),
    receipts_outcome: optional(each(outcome)),
  });
  const reading = { integers: integersOfRpcTransactionResponse, check };
  const result = await ask<RpcTransactionResponse>(
    transport,
    method,
    toWire(params),
    reading,
    options,
  ).catch((error: unknown) => {
    // The `InvalidTxError`, or within a `TIMEOUT_ERROR` how far it has come.
    if (!isRpcError(error)) throw error;
    throw Object.assign(error, { data: toBigints(error.data, integersOfRpcTransactionResponse) });
  });
  // At these levels there is an outcome; without it nobody could say whether money went.
  const executed = /^(EXECUTED|FINAL)/.test(result.final_execution_status);
  if (executed && !(result.status && result.transaction_outcome && result.receipts_outcome)) {
    refuse(method, "an outcome", result.status);
  }
  return result;
}

async function askStatus(
  transport: Transport,
  method: string,
  params: TxParams,
  options?: CallOptions,
): Promise<RpcTransactionResponse> {
  const result = await follow(transport, method, params, options);
  const hash = result.transaction?.hash ?? result.transaction_outcome?.id;
  if (hash === undefined || hash === params.txHash) return result;
  return refuse(method, `the transaction ${params.txHash}`, hash);
}
