/**
 * A node alone: its peers, its settings, its storage.
 * @module
 */
import { ask } from "../ask.ts";
import { anything, each, fields, integer, optional, text } from "../check.ts";
import {
  integersOfRpcClientConfigResponse,
  integersOfRpcNetworkInfoResponse,
  integersOfRpcSplitStorageInfoResponse,
} from "../generated/integers.ts";
import type {
  RpcClientConfigResponse,
  RpcNetworkInfoResponse,
  RpcSplitStorageInfoResponse,
} from "../generated/types.ts";
import type { CallOptions, Transport } from "../transport.ts";

/**
 * Reads which peers a node is connected to, and how much it sends and receives.
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { networkInfo } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet();
 * (await networkInfo(transport)).num_active_peers; // 0n
 * ```
 */
export function networkInfo(
  transport: Transport,
  options?: CallOptions,
): Promise<RpcNetworkInfoResponse> {
  const check = fields({ active_peers: each(anything), num_active_peers: integer });
  const reading = { integers: integersOfRpcNetworkInfoResponse, check };
  return ask(transport, "network_info", [], reading, options);
}

/**
 * Reads how a node is set up.
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { clientConfig } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet();
 * (await clientConfig(transport)).archive; // false
 * ```
 */
export function clientConfig(
  transport: Transport,
  options?: CallOptions,
): Promise<RpcClientConfigResponse> {
  const reading = {
    integers: integersOfRpcClientConfigResponse,
    check: fields({ chain_id: optional(text) }),
  };
  return ask(transport, "client_config", [], reading, options);
}

/**
 * Reads how far an archival node has moved its blocks to cold storage.
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalSplitStorageInfo } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet();
 * (await experimentalSplitStorageInfo(transport)).cold_head_height; // null
 * ```
 */
export function experimentalSplitStorageInfo(
  transport: Transport,
  options?: CallOptions,
): Promise<RpcSplitStorageInfoResponse> {
  const check = fields({ head_height: optional(integer), cold_head_height: optional(integer) });
  const reading = { integers: integersOfRpcSplitStorageInfoResponse, check };
  return ask(transport, "EXPERIMENTAL_split_storage_info", {}, reading, options);
}
