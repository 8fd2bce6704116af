/**
 * Proofs of nodes that are built with SPICE, where chunks are executed after the block that has them: a certifying block holds
 * the roots. Only nodes of nearcore's master branch (2026-08) answer these; others say `METHOD_NOT_FOUND`.
 * @module
 */
import { ask } from "../ask.ts";
import { type Check, each, fields, text, variant } from "../check.ts";
import {
  integersOfRpcLightClientChunkExecutionProofResponse,
  integersOfRpcLightClientExecutionOutcomeProofResponse,
  integersOfRpcLightClientStateProofResponse,
} from "../generated/integers.ts";
import type {
  RpcLightClientChunkExecutionProofResponse,
  RpcLightClientExecutionOutcomeProofResponse,
  RpcLightClientStateProofResponse,
} from "../generated/types.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { toWire } from "../wire.ts";
import type { LightClientProofParams } from "./light-client.ts";

/** Which chunk, by the block that it stands in. */
export interface SpiceChunkParams {
  readonly chunkId: {
    /** In base58. */
    readonly blockHash: string;
    readonly shardId: number | bigint;
  };
  /** Hash of a block that is trusted and newer, in base58. */
  readonly lightClientHead: string;
}

/** Which row of the state after a chunk. */
export interface LightClientStateProofParams extends SpiceChunkParams {
  readonly target:
    | { readonly targetType: "account" | "local_contract_code"; readonly accountId: string }
    | {
        readonly targetType: "contract_data";
        readonly accountId: string;
        /** In base64. */
        readonly key: string;
      }
    | {
        readonly targetType: "access_key";
        readonly accountId: string;
        readonly publicKey: string;
      };
}

/**
 * Reads the outcome of a transaction or a receipt, with the proof of the chunk that executed it.
 * @throws {RpcError} `CHUNK_NOT_CERTIFIED`, `LIGHT_CLIENT_HEAD_TOO_OLD`, `UNKNOWN_TRANSACTION_OR_RECEIPT`; `METHOD_NOT_FOUND` by
 * nodes without SPICE
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalLightClientExecutionOutcomeProof, isRpcError } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet();
 * const hash = "11111111111111111111111111111111";
 * const params = { type: "transaction", transactionHash: hash, senderId: "alice.near", lightClientHead: hash } as const;
 * const error = await experimentalLightClientExecutionOutcomeProof(transport, params).catch((e) => e);
 * isRpcError(error, "METHOD_NOT_FOUND"); // true
 * ```
 */
export function experimentalLightClientExecutionOutcomeProof(
  transport: Transport,
  params: LightClientProofParams,
  options?: CallOptions,
): Promise<RpcLightClientExecutionOutcomeProofResponse> {
  const check = fields({
    chunk_execution_proof: executionProof,
    outcome_proof: fields({ id: text, outcome: variant }),
  });
  const reading = { integers: integersOfRpcLightClientExecutionOutcomeProofResponse, check };
  const method = "EXPERIMENTAL_light_client_execution_outcome_proof";
  return ask(transport, method, toWire(params), reading, options);
}

/**
 * Reads the roots that a chunk's execution gave, with their proof.
 * @throws {RpcError} `CHUNK_NOT_CERTIFIED`, `LIGHT_CLIENT_HEAD_TOO_OLD`; `METHOD_NOT_FOUND` by nodes without SPICE
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalLightClientChunkExecutionProof, isRpcError } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet();
 * const blockHash = "11111111111111111111111111111111";
 * const params = { chunkId: { blockHash, shardId: 0 }, lightClientHead: blockHash };
 * const error = await experimentalLightClientChunkExecutionProof(transport, params).catch((e) => e);
 * isRpcError(error, "METHOD_NOT_FOUND"); // true
 * ```
 */
export function experimentalLightClientChunkExecutionProof(
  transport: Transport,
  params: SpiceChunkParams,
  options?: CallOptions,
): Promise<RpcLightClientChunkExecutionProofResponse> {
  const check = fields({ chunk_execution_proof: executionProof });
  const reading = { integers: integersOfRpcLightClientChunkExecutionProofResponse, check };
  const method = "EXPERIMENTAL_light_client_chunk_execution_proof";
  return ask(transport, method, spelled(params), reading, options);
}

/**
 * Reads a row of the state after a chunk, or that there is none, with its proof.
 * @throws {RpcError} `STATE_NOT_AVAILABLE`, `SHARD_NOT_TRACKED`, `TARGET_SHARD_MISMATCH`, `CHUNK_NOT_CERTIFIED`,
 * `LIGHT_CLIENT_HEAD_TOO_OLD`; `METHOD_NOT_FOUND` by nodes without SPICE
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalLightClientStateProof, isRpcError } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet();
 * const blockHash = "11111111111111111111111111111111";
 * const target = { targetType: "account", accountId: "alice.near" } as const;
 * const params = { chunkId: { blockHash, shardId: 0 }, lightClientHead: blockHash, target };
 * const error = await experimentalLightClientStateProof(transport, params).catch((e) => e);
 * isRpcError(error, "METHOD_NOT_FOUND"); // true
 * ```
 */
export function experimentalLightClientStateProof(
  transport: Transport,
  params: LightClientStateProofParams,
  options?: CallOptions,
): Promise<RpcLightClientStateProofResponse> {
  const check = fields({
    chunk_execution_proof: executionProof,
    state_proof: fields({ nodes: each(text) }),
  });
  const reading = { integers: integersOfRpcLightClientStateProofResponse, check };
  const wire = { ...spelled(params), target: toWire(params.target) };
  return ask(transport, "EXPERIMENTAL_light_client_state_proof", wire, reading, options);
}

const executionProof: Check = (value, path) =>
  fields({ roots: variant, certifying_block_header_lite: variant })(value, path);

function spelled(params: SpiceChunkParams): object {
  return toWire({ ...params, chunkId: toWire(params.chunkId) });
}
