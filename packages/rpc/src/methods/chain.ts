/**
 * Blocks, chunks, receipts and the price of gas.
 * @module
 */
import { ask } from "../ask.ts";
import { amount, anything, type Check, each, fields, integer, text, variant } from "../check.ts";
import {
  integersOfRpcBlockResponse,
  integersOfRpcChunkResponse,
  integersOfRpcCongestionLevelResponse,
  integersOfRpcGasPriceResponse,
  integersOfRpcReceiptResponse,
  integersOfRpcReceiptToTxResponse,
} from "../generated/integers.ts";
import type {
  RpcBlockResponse,
  RpcChunkResponse,
  RpcCongestionLevelResponse,
  RpcGasPriceResponse,
  RpcReceiptResponse,
  RpcReceiptToTxResponse,
} from "../generated/types.ts";
import { refuse } from "../refuse.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { toWire } from "../wire.ts";
import type { AtBlock } from "./query.ts";

/** Which chunk: by its hash, or by block and shard. */
export type ChunkParams =
  | { readonly chunkId: string }
  | { readonly blockId: number | bigint | string; readonly shardId: number | bigint };

/** Whose price: of a block by height or hash, of the newest unless told. */
export interface GasPriceParams {
  readonly blockId?: number | bigint | string | undefined;
}

/** Which receipt, and where to look if the node's index has a gap. */
export interface ReceiptToTxParams extends ReceiptParams {
  /** A height near that at which the receipt was made. */
  readonly blockHeight?: number | bigint | undefined;
  /** The shard on which it was made; only with a height. */
  readonly shardId?: number | bigint | undefined;
  /** So many heights before and after are looked through; only with a height. */
  readonly window?: number | bigint | undefined;
}

/** Which receipt. */
export interface ReceiptParams {
  /** Its id in base58. */
  readonly receiptId: string;
}

/**
 * Reads a block: its header and the headers of its chunks.
 * @throws {RpcError} `UNKNOWN_BLOCK` when the node has none, or no longer
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { block } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const newest = await block(transport);
 * const same = await block(transport, { block: { blockId: newest.header.hash } });
 * same.header.height === newest.header.height; // true
 * ```
 */
export function block(
  transport: Transport,
  params: AtBlock = {},
  options?: CallOptions,
): Promise<RpcBlockResponse> {
  const check = fields({
    header: fields({ hash: text, height: integer, gas_price: amount }),
    chunks: each(anything),
  });
  const reading = { integers: integersOfRpcBlockResponse, check };
  return ask(
    transport,
    "block",
    toWire(params.block ?? { finality: "optimistic" }),
    reading,
    options,
  );
}

/**
 * Reads a chunk: its header, transactions and receipts.
 * @throws {RpcError} `UNKNOWN_CHUNK`, `UNKNOWN_BLOCK`, `INVALID_SHARD_ID`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { block, chunk } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const { header, chunks } = await block(transport);
 * const first = await chunk(transport, { blockId: header.hash, shardId: 0 });
 * first.header.chunk_hash === chunks[0]?.chunk_hash; // true
 * ```
 */
export function chunk(
  transport: Transport,
  params: ChunkParams,
  options?: CallOptions,
): Promise<RpcChunkResponse> {
  const check = fields({ header: fields({ chunk_hash: text }) });
  return ask(
    transport,
    "chunk",
    toWire(params),
    { integers: integersOfRpcChunkResponse, check },
    options,
  );
}

/**
 * Reads how congested the shard of a chunk is, from 0 (not at all) to 1 (it takes no transactions).
 * @throws {RpcError} `UNKNOWN_CHUNK`, `UNKNOWN_BLOCK`, `INVALID_SHARD_ID`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { block, experimentalCongestionLevel } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const { header } = await block(transport);
 * const params = { blockId: header.hash, shardId: 0 };
 * (await experimentalCongestionLevel(transport, params)).congestion_level; // 0
 * ```
 */
export function experimentalCongestionLevel(
  transport: Transport,
  params: ChunkParams,
  options?: CallOptions,
): Promise<RpcCongestionLevelResponse> {
  const check = fields({ congestion_level: level });
  const reading = { integers: integersOfRpcCongestionLevelResponse, check };
  const method = "EXPERIMENTAL_congestion_level";
  return ask(transport, method, toWire(params), reading, options);
}

/**
 * Reads the price of gas at a block, in yoctoNEAR per gas.
 * @throws {RpcError} `UNKNOWN_BLOCK`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { gasPrice } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * (await gasPrice(transport)).gas_price; // "100000000"
 * ```
 */
export function gasPrice(
  transport: Transport,
  params: GasPriceParams = {},
  options?: CallOptions,
): Promise<RpcGasPriceResponse> {
  const id = params.blockId ?? null;
  const reading = {
    integers: integersOfRpcGasPriceResponse,
    check: fields({ gas_price: amount }),
  };
  return ask(transport, "gas_price", [id], reading, options);
}

/**
 * Reads a receipt.
 * @throws {RpcError} `UNKNOWN_RECEIPT`
 * @example
 * ```ts
 * import { signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalReceipt } from "@yoctonear/rpc";
 * const { transport, signer } = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * const { response } = await transfer(alice, "bob.near", "1 NEAR");
 * const receiptId = response.receipts_outcome?.[0]?.id ?? "";
 * (await experimentalReceipt(transport, { receiptId })).receiver_id; // "bob.near"
 * ```
 */
export function experimentalReceipt(
  transport: Transport,
  params: ReceiptParams,
  options?: CallOptions,
): Promise<RpcReceiptResponse> {
  const check = fields({ receipt_id: text, receiver_id: text, receipt: variant });
  return ask(
    transport,
    "EXPERIMENTAL_receipt",
    toWire(params),
    { integers: integersOfRpcReceiptResponse, check },
    options,
  );
}

/**
 * Tells which transaction a receipt comes from in the end, through however many receipts.
 * @throws {RpcError} `UNKNOWN_RECEIPT`; `UNSUPPORTED` by a node that keeps no such index
 * @example
 * ```ts
 * import { signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalReceiptToTx } from "@yoctonear/rpc";
 * const { transport, signer } = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * const { hash, response } = await transfer(alice, "bob.near", "1 NEAR");
 * const receiptId = response.receipts_outcome?.[0]?.id ?? "";
 * (await experimentalReceiptToTx(transport, { receiptId })).transaction_hash === hash; // true
 * ```
 */
export function experimentalReceiptToTx(
  transport: Transport,
  params: ReceiptToTxParams,
  options?: CallOptions,
): Promise<RpcReceiptToTxResponse> {
  const check = fields({ transaction_hash: text, sender_account_id: text });
  return ask(
    transport,
    "EXPERIMENTAL_receipt_to_tx",
    toWire(params),
    { integers: integersOfRpcReceiptToTxResponse, check },
    options,
  );
}

const level: Check = (value, path) => {
  if (typeof value !== "number") refuse(path, "a number", value);
};
