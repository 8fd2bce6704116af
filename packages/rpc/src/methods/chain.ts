/**
 * Blocks, chunks, receipts and the price of gas.
 * @module
 */
import { ask } from "../ask.ts";
import { amount, anything, each, fields, integer, text, variant } from "../check.ts";
import {
  integersOfRpcBlockResponse,
  integersOfRpcChunkResponse,
  integersOfRpcGasPriceResponse,
  integersOfRpcReceiptResponse,
} from "../generated/integers.ts";
import type {
  RpcBlockResponse,
  RpcChunkResponse,
  RpcGasPriceResponse,
  RpcReceiptResponse,
} from "../generated/types.ts";
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

/** Which receipt. */
export interface ReceiptParams {
  /** Its id in base58. */
  readonly receiptId: string;
}

/**
 * Reads a block: its header and the headers of its chunks.
 * @throws {RpcError} `UNKNOWN_BLOCK` when the node has none, or no longer
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
 * Reads the price of gas at a block, in yoctoNEAR per gas.
 * @throws {RpcError} `UNKNOWN_BLOCK`
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
