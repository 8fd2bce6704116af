/**
 * The node, its network and who validates.
 * @module
 */
import { amount, ask, integer, list, text } from "../ask.ts";
import { blockParams } from "../block-reference.ts";
import {
  integersOfGenesisConfig,
  integersOfRpcProtocolConfigResponse,
  integersOfRpcStatusResponse,
  integersOfRpcValidatorResponse,
} from "../generated/integers.ts";
import type {
  GenesisConfig,
  RpcProtocolConfigResponse,
  RpcStatusResponse,
  RpcValidatorResponse,
} from "../generated/types.ts";
import type { CallOptions, Transport } from "../transport.ts";
import type { AtBlock } from "./query.ts";

/** Whose validators: of the epoch by its id or by a block that starts or ends it, of the present one unless told. */
export type ValidatorsParams =
  | { readonly epochId: string; readonly blockId?: undefined }
  | { readonly blockId: number | bigint | string; readonly epochId?: undefined }
  | { readonly epochId?: undefined; readonly blockId?: undefined };

/** Reads what a node says of itself: chain id, version, newest block. */
export function status(transport: Transport, options?: CallOptions): Promise<RpcStatusResponse> {
  const checks = {
    chain_id: text,
    genesis_hash: text,
    sync_info: { latest_block_hash: text, latest_block_height: integer },
  };
  const reading = { integers: integersOfRpcStatusResponse, checks };
  return ask(transport, "status", [], reading, options);
}

/**
 * Resolves with null when the node is healthy.
 * @throws {RpcError} `NODE_IS_SYNCING`, `NO_NEW_BLOCKS`, `EPOCH_OUT_OF_BOUNDS` when it is not
 */
export async function health(transport: Transport, options?: CallOptions): Promise<null> {
  await transport({ method: "health", params: [] }, options);
  return null;
}

/**
 * Reads the validators of an epoch, of the next one, and who was kicked out.
 * @throws {RpcError} `UNKNOWN_EPOCH`, `VALIDATOR_INFO_UNAVAILABLE`
 */
export function validators(
  transport: Transport,
  params: ValidatorsParams = {},
  options?: CallOptions,
): Promise<RpcValidatorResponse> {
  const wire =
    params.epochId !== undefined
      ? { epoch_id: params.epochId }
      : params.blockId !== undefined
        ? { block_id: params.blockId }
        : [null];
  const checks = {
    current_validators: list,
    next_validators: list,
    epoch_height: integer,
  };
  const reading = { integers: integersOfRpcValidatorResponse, checks };
  return ask(transport, "validators", wire, reading, options);
}

/**
 * Reads the configuration of the protocol at a block: fees, limits, storage price.
 * @throws {RpcError} `UNKNOWN_BLOCK`
 */
export function experimentalProtocolConfig(
  transport: Transport,
  params: AtBlock = {},
  options?: CallOptions,
): Promise<RpcProtocolConfigResponse> {
  const checks = { chain_id: text, runtime_config: { storage_amount_per_byte: amount } };
  const reading = { integers: integersOfRpcProtocolConfigResponse, checks };
  return ask(
    transport,
    "EXPERIMENTAL_protocol_config",
    blockParams(params.block),
    reading,
    options,
  );
}

/** Reads the configuration that the chain started with. */
export function genesisConfig(transport: Transport, options?: CallOptions): Promise<GenesisConfig> {
  const checks = { chain_id: text, genesis_height: integer, total_supply: amount };
  const reading = { integers: integersOfGenesisConfig, checks };
  return ask(transport, "genesis_config", [], reading, options);
}
