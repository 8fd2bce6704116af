/**
 * The node, its network and its settings.
 * @module
 */
import { ask } from "../ask.ts";
import { amount, fields, integer, text } from "../check.ts";
import {
  integersOfGenesisConfig,
  integersOfRpcProtocolConfigResponse,
  integersOfRpcStatusResponse,
} from "../generated/integers.ts";
import type {
  GenesisConfig,
  RpcProtocolConfigResponse,
  RpcStatusResponse,
} from "../generated/types.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { toWire } from "../wire.ts";
import type { AtBlock } from "./query.ts";

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
 * @throws {RpcError} `METHOD_NOT_FOUND` by nodes before 2.13, see {@link experimentalGenesisConfig}
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { genesisConfig } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * (await genesisConfig(transport)).genesis_height; // 0n
 * ```
 */
export function genesisConfig(transport: Transport, options?: CallOptions): Promise<GenesisConfig> {
  return askGenesis(transport, "genesis_config", options);
}

/**
 * Reads the configuration that the chain started with, as {@link genesisConfig} does, by the name that older nodes know too.
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalGenesisConfig } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet();
 * (await experimentalGenesisConfig(transport)).chain_id; // "localnet"
 * ```
 */
export function experimentalGenesisConfig(
  transport: Transport,
  options?: CallOptions,
): Promise<GenesisConfig> {
  return askGenesis(transport, "EXPERIMENTAL_genesis_config", options);
}

function askGenesis(
  transport: Transport,
  method: string,
  options?: CallOptions,
): Promise<GenesisConfig> {
  const check = fields({ chain_id: text, genesis_height: integer, total_supply: amount });
  const reading = { integers: integersOfGenesisConfig, check };
  return ask(transport, method, [], reading, options);
}
