/**
 * A whole block as an indexer takes it.
 * @module
 */
import { ask } from "../ask.ts";
import { each, fields, integer, text, variant } from "../check.ts";
import { integersOfRpcIndexerBlockResponse } from "../generated/integers.ts";
import type { RpcIndexerBlockResponse } from "../generated/types.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { toWire } from "../wire.ts";

/** Which block. */
export interface IndexerBlockParams {
  /** In base58. */
  readonly blockHash: string;
}

/**
 * Reads a block with everything that happened in it: chunks, transactions and receipts with their outcomes, changes of the state,
 * for the shards that the node tracks.
 * @throws {RpcError} `DATA_UNAVAILABLE`, `INCOMPLETE_DATA`, `UNSUPPORTED`, `LIMIT_EXCEEDED`, `BUSY`; `METHOD_NOT_FOUND` by nodes
 * before master of 2026-08
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalIndexerBlock, isRpcError } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet();
 * const params = { blockHash: "11111111111111111111111111111111" };
 * const error = await experimentalIndexerBlock(transport, params).catch((e) => e);
 * isRpcError(error, "METHOD_NOT_FOUND"); // true
 * ```
 */
export function experimentalIndexerBlock(
  transport: Transport,
  params: IndexerBlockParams,
  options?: CallOptions,
): Promise<RpcIndexerBlockResponse> {
  const check = fields({
    block: fields({ header: fields({ hash: text, height: integer }) }),
    shards: each(fields({ shard_id: integer, receipt_execution_outcomes: each(variant) })),
  });
  const reading = { integers: integersOfRpcIndexerBlockResponse, check };
  return ask(transport, "EXPERIMENTAL_indexer_block", toWire(params), reading, options);
}
