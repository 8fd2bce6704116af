/**
 * Calls a method in nearcore's own form. It brings the lists of all methods along; the single functions do not.
 * @module
 */
import { ask } from "./ask.ts";
import { anything } from "./check.ts";
import {
  integersOfGenesisConfig,
  integersOfRangeOfUint64,
  integersOfRpcBlockResponse,
  integersOfRpcChunkResponse,
  integersOfRpcCongestionLevelResponse,
  integersOfRpcClientConfigResponse,
  integersOfRpcIndexerBlockResponse,
  integersOfRpcLightClientBlockProofResponse,
  integersOfRpcLightClientChunkExecutionProofResponse,
  integersOfRpcLightClientExecutionOutcomeProofResponse,
  integersOfRpcLightClientExecutionProofResponse,
  integersOfRpcLightClientNextBlockResponse,
  integersOfRpcLightClientStateProofResponse,
  integersOfRpcNetworkInfoResponse,
  integersOfRpcProtocolConfigResponse,
  integersOfRpcReceiptResponse,
  integersOfRpcSplitStorageInfoResponse,
  integersOfRpcStateChangesInBlockResponse,
  integersOfRpcStatusResponse,
  integersOfRpcTransactionResponse,
  integersOfRpcValidatorResponse,
  integersOfRpcViewAccessKeyListResponse,
  integersOfRpcViewAccessKeyResponse,
  integersOfRpcViewAccountResponse,
  integersOfRpcViewCodeResponse,
  integersOfRpcViewGasKeyListResponse,
  integersOfRpcViewGasKeyNoncesResponse,
  integersOfRpcViewGasKeyResponse,
  integersOfRpcViewStateResponse,
  integersOfValidatorStakeView,
} from "./generated/integers.ts";
import type { RpcMethods } from "./rpc-methods.ts";
import type { CallOptions, Transport } from "./transport.ts";

/**
 * Calls a method with parameters in nearcore's own form and reads its result: 64-bit integers are
 * bigint, unknown fields stay, nothing is checked. A method that is not listed goes through the
 * transport itself.
 * @param method - its name as nearcore spells it
 * @param params - its parameters as nearcore spells them
 * @example
 * ```ts
 * import { call, type Transport } from "@yoctonear/rpc";
 * const transport: Transport = async () => ({ gas_price: "100000000" });
 * (await call(transport, "gas_price", [null])).gas_price; // "100000000"
 * ```
 */
export function call<M extends keyof RpcMethods>(
  transport: Transport,
  method: M,
  params: RpcMethods[M]["params"],
  options?: CallOptions,
): Promise<RpcMethods[M]["result"]> {
  return ask(transport, method, params, { integers: INTEGERS[method], check: anything }, options);
}

const INTEGERS: { readonly [M in keyof RpcMethods]: string } = {
  EXPERIMENTAL_call_function: "block_height",
  EXPERIMENTAL_changes: integersOfRpcStateChangesInBlockResponse,
  EXPERIMENTAL_changes_in_block: "",
  EXPERIMENTAL_congestion_level: integersOfRpcCongestionLevelResponse,
  EXPERIMENTAL_genesis_config: integersOfGenesisConfig,
  EXPERIMENTAL_indexer_block: integersOfRpcIndexerBlockResponse,
  EXPERIMENTAL_light_client_block_proof: integersOfRpcLightClientBlockProofResponse,
  EXPERIMENTAL_light_client_chunk_execution_proof:
    integersOfRpcLightClientChunkExecutionProofResponse,
  EXPERIMENTAL_light_client_execution_outcome_proof:
    integersOfRpcLightClientExecutionOutcomeProofResponse,
  EXPERIMENTAL_light_client_proof: integersOfRpcLightClientExecutionProofResponse,
  EXPERIMENTAL_light_client_state_proof: integersOfRpcLightClientStateProofResponse,
  EXPERIMENTAL_maintenance_windows: integersOfRangeOfUint64,
  EXPERIMENTAL_protocol_config: integersOfRpcProtocolConfigResponse,
  EXPERIMENTAL_receipt: integersOfRpcReceiptResponse,
  EXPERIMENTAL_receipt_to_tx: "",
  EXPERIMENTAL_split_storage_info: integersOfRpcSplitStorageInfoResponse,
  EXPERIMENTAL_tx_status: integersOfRpcTransactionResponse,
  EXPERIMENTAL_validators_ordered: integersOfValidatorStakeView,
  EXPERIMENTAL_view_access_key: integersOfRpcViewAccessKeyResponse,
  EXPERIMENTAL_view_access_key_list: integersOfRpcViewAccessKeyListResponse,
  EXPERIMENTAL_view_account: integersOfRpcViewAccountResponse,
  EXPERIMENTAL_view_code: integersOfRpcViewCodeResponse,
  EXPERIMENTAL_view_gas_key: integersOfRpcViewGasKeyResponse,
  EXPERIMENTAL_view_gas_key_list: integersOfRpcViewGasKeyListResponse,
  EXPERIMENTAL_view_gas_key_nonces: integersOfRpcViewGasKeyNoncesResponse,
  EXPERIMENTAL_view_state: integersOfRpcViewStateResponse,
  block: integersOfRpcBlockResponse,
  block_effects: "",
  broadcast_tx_async: "",
  broadcast_tx_commit: integersOfRpcTransactionResponse,
  changes: integersOfRpcStateChangesInBlockResponse,
  chunk: integersOfRpcChunkResponse,
  client_config: integersOfRpcClientConfigResponse,
  gas_price: "",
  genesis_config: integersOfGenesisConfig,
  health: "",
  light_client_proof: integersOfRpcLightClientExecutionProofResponse,
  maintenance_windows: integersOfRangeOfUint64,
  network_info: integersOfRpcNetworkInfoResponse,
  next_light_client_block: integersOfRpcLightClientNextBlockResponse,
  // No two of its answers give one field different widths.
  query: "block_height nonce nonces storage_paid_at storage_usage",
  sandbox_fast_forward: "",
  sandbox_patch_state: "",
  send_tx: integersOfRpcTransactionResponse,
  status: integersOfRpcStatusResponse,
  tx: integersOfRpcTransactionResponse,
  validators: integersOfRpcValidatorResponse,
};
