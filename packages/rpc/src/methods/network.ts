/**
 * The node, its network and who validates.
 * @module
 */
import { ask } from "../ask.ts";
import { amount, anything, each, fields, integer, text } from "../check.ts";
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
import { toWire } from "../wire.ts";
import type { AtBlock } from "./query.ts";

/** Whose validators: of the epoch by its id or by a block that starts or ends it, of the present one unless told. */
export type ValidatorsParams =
  | { readonly epochId: string; readonly blockId?: undefined }
  | { readonly blockId: number | bigint | string; readonly epochId?: undefined }
  | { readonly epochId?: undefined; readonly blockId?: undefined };

/**
 * Reads what a node says of itself: chain id, version, newest block.
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { status } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * (await status(transport)).chain_id; // "localnet"
 * ```
 */
export function status(transport: Transport, options?: CallOptions): Promise<RpcStatusResponse> {
  const check = fields({
    chain_id: text,
    genesis_hash: text,
    sync_info: fields({ latest_block_hash: text, latest_block_height: integer }),
  });
  const reading = { integers: integersOfRpcStatusResponse, check };
  return ask(transport, "status", [], reading, options);
}

/**
 * Resolves with null when the node is healthy.
 * @throws {RpcError} `NODE_IS_SYNCING`, `NO_NEW_BLOCKS`, `EPOCH_OUT_OF_BOUNDS` when it is not
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { health } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await health(transport); // null
 * ```
 */
export async function health(transport: Transport, options?: CallOptions): Promise<null> {
  await transport({ method: "health", params: [] }, options);
  return null;
}

/**
 * Reads the validators of an epoch, of the next one, and who was kicked out.
 * @throws {RpcError} `UNKNOWN_EPOCH`, `VALIDATOR_INFO_UNAVAILABLE`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { block, validators } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * (await validators(transport)).current_validators[0]?.account_id; // "test.near"
 * const { header } = await block(transport);
 * (await validators(transport, { epochId: header.epoch_id })).epoch_height; // 1n
 * ```
 */
export function validators(
  transport: Transport,
  params: ValidatorsParams = {},
  options?: CallOptions,
): Promise<RpcValidatorResponse> {
  const named = params.epochId !== undefined || params.blockId !== undefined;
  const wire = named ? toWire(params) : [null];
  const check = fields({
    current_validators: each(anything),
    next_validators: each(anything),
    epoch_height: integer,
  });
  const reading = { integers: integersOfRpcValidatorResponse, check };
  return ask(transport, "validators", wire, reading, options);
}

/**
 * Reads the configuration of the protocol at a block: fees, limits, storage price.
 * @throws {RpcError} `UNKNOWN_BLOCK`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalProtocolConfig } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const { runtime_config } = await experimentalProtocolConfig(transport);
 * runtime_config?.storage_amount_per_byte; // "10000000000000000000"
 * ```
 */
export function experimentalProtocolConfig(
  transport: Transport,
  params: AtBlock = {},
  options?: CallOptions,
): Promise<RpcProtocolConfigResponse> {
  const check = fields({
    chain_id: text,
    runtime_config: fields({ storage_amount_per_byte: amount }),
  });
  const reading = { integers: integersOfRpcProtocolConfigResponse, check };
  return ask(
    transport,
    "EXPERIMENTAL_protocol_config",
    toWire(params.block ?? { finality: "optimistic" }),
    reading,
    options,
  );
}

/**
 * Reads the configuration that the chain started with.
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { genesisConfig } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * (await genesisConfig(transport)).genesis_height; // 0n
 * ```
 */
export function genesisConfig(transport: Transport, options?: CallOptions): Promise<GenesisConfig> {
  const check = fields({ chain_id: text, genesis_height: integer, total_supply: amount });
  const reading = { integers: integersOfGenesisConfig, check };
  return ask(transport, "genesis_config", [], reading, options);
}
