/**
 * The methods that this package knows, with parameters and results in nearcore's own form.
 * @module
 */
import type {
  Finality,
  GenesisConfig,
  RangeOfUint64,
  RpcBlockResponse,
  RpcCallFunctionResponse,
  RpcChunkResponse,
  RpcClientConfigResponse,
  RpcCongestionLevelResponse,
  RpcGasPriceResponse,
  RpcIndexerBlockResponse,
  RpcLightClientBlockProofResponse,
  RpcLightClientChunkExecutionProofResponse,
  RpcLightClientExecutionOutcomeProofResponse,
  RpcLightClientExecutionProofResponse,
  RpcLightClientNextBlockResponse,
  RpcLightClientStateProofResponse,
  RpcNetworkInfoResponse,
  RpcProtocolConfigResponse,
  RpcReceiptResponse,
  RpcReceiptToTxResponse,
  RpcSplitStorageInfoResponse,
  RpcStateChangesInBlockByTypeResponse,
  RpcStateChangesInBlockResponse,
  RpcStatusResponse,
  RpcTransactionResponse,
  RpcValidatorResponse,
  RpcViewAccessKeyListResponse,
  RpcViewAccessKeyResponse,
  RpcViewAccountResponse,
  RpcViewCodeResponse,
  RpcViewGasKeyListResponse,
  RpcViewGasKeyNoncesResponse,
  RpcViewGasKeyResponse,
  RpcViewStateResponse,
  SyncCheckpoint,
  TxExecutionStatus,
  ValidatorStakeView,
} from "./generated/types.ts";

/** A block by height or base58 hash. */
export type WireBlockId = number | bigint | string;

/** A block as nearcore wants it to be named. */
export type WireBlockReference =
  | { readonly finality: Finality }
  | { readonly block_id: WireBlockId }
  | { readonly sync_checkpoint: SyncCheckpoint };

/** A signed transaction, borsh in base64. */
export interface WireBroadcast {
  readonly signed_tx_base64: string;
}

/** How far to wait for a transaction. */
export interface WireWait {
  readonly wait_until?: TxExecutionStatus;
}

/** Which transaction, and how far to wait for it. */
export type WireTransaction = WireWait &
  (WireBroadcast | { readonly tx_hash: string; readonly sender_account_id: string });

/** The parameters of `query`, by `request_type`. */
export type WireQuery = WireBlockReference &
  (
    | {
        readonly request_type:
          | "view_account"
          | "view_code"
          | "view_global_contract_code_by_account_id";
        readonly account_id: string;
      }
    | {
        readonly request_type: "view_access_key" | "view_gas_key_nonces";
        readonly account_id: string;
        readonly public_key: string;
      }
    | {
        readonly request_type: "view_access_key_list";
        readonly account_id: string;
        readonly after_key?: string;
        readonly limit?: number;
      }
    | {
        readonly request_type: "view_state";
        readonly account_id: string;
        readonly prefix_base64: string;
        readonly include_proof?: boolean;
        readonly after_key_base64?: string;
        readonly limit?: number;
      }
    | {
        readonly request_type: "call_function";
        readonly account_id: string;
        readonly method_name: string;
        readonly args_base64: string;
      }
    | { readonly request_type: "view_global_contract_code"; readonly code_hash: string }
  );

/** Which account, and where. */
export type WireAccount = WireBlockReference & { readonly account_id: string };

/** The parameters of `changes`, by `changes_type`. */
export type WireChanges = WireBlockReference &
  (
    | {
        readonly changes_type:
          | "account_changes"
          | "all_access_key_changes"
          | "contract_code_changes";
        readonly account_ids: readonly string[];
      }
    | {
        readonly changes_type: "single_access_key_changes";
        readonly keys: readonly { readonly account_id: string; readonly public_key: string }[];
      }
    | {
        readonly changes_type: "data_changes";
        readonly account_ids: readonly string[];
        readonly key_prefix_base64: string;
      }
  );

/** Which chunk: by its hash, or by block and shard. */
export type WireChunk =
  | { readonly chunk_id: string }
  | { readonly block_id: WireBlockId; readonly shard_id: number | bigint };

/** Which outcome, and the block up to which it shall be proved. */
export type WireLightClientProof = { readonly light_client_head: string } & (
  | {
      readonly type: "transaction";
      readonly transaction_hash: string;
      readonly sender_id: string;
    }
  | { readonly type: "receipt"; readonly receipt_id: string; readonly receiver_id: string }
);

/** Which chunk of SPICE, and the block up to which it shall be proved. */
export interface WireSpiceChunk {
  readonly chunk_id: { readonly block_hash: string; readonly shard_id: number | bigint };
  readonly light_client_head: string;
}

/** What `query` answers, by `request_type`; a failed call or a missing key comes as `error`. */
export type WireQueryResponse =
  | RpcViewAccountResponse
  | RpcViewCodeResponse
  | RpcViewStateResponse
  | RpcViewAccessKeyResponse
  | RpcViewAccessKeyListResponse
  | RpcViewGasKeyNoncesResponse
  | RpcCallFunctionResponse
  | {
      readonly error: string;
      readonly logs: readonly string[];
      readonly block_hash: string;
      readonly block_height: bigint;
    };

/** Parameters and result of a method. */
export interface RpcMethod<Params, Result> {
  readonly params: Params;
  readonly result: Result;
}

/** What a method without parameters takes. */
export type WireNothing = readonly [] | Readonly<Record<string, never>>;

/** The methods by name. */
export interface RpcMethods {
  readonly EXPERIMENTAL_call_function: RpcMethod<
    WireAccount & { readonly method_name: string; readonly args_base64: string },
    RpcCallFunctionResponse
  >;
  readonly EXPERIMENTAL_changes: RpcMethod<WireChanges, RpcStateChangesInBlockResponse>;
  readonly EXPERIMENTAL_changes_in_block: RpcMethod<
    WireBlockReference,
    RpcStateChangesInBlockByTypeResponse
  >;
  readonly EXPERIMENTAL_congestion_level: RpcMethod<WireChunk, RpcCongestionLevelResponse>;
  readonly EXPERIMENTAL_genesis_config: RpcMethod<WireNothing, GenesisConfig>;
  readonly EXPERIMENTAL_indexer_block: RpcMethod<
    { readonly block_hash: string },
    RpcIndexerBlockResponse
  >;
  readonly EXPERIMENTAL_light_client_block_proof: RpcMethod<
    { readonly block_hash: string; readonly light_client_head: string },
    RpcLightClientBlockProofResponse
  >;
  readonly EXPERIMENTAL_light_client_chunk_execution_proof: RpcMethod<
    WireSpiceChunk,
    RpcLightClientChunkExecutionProofResponse
  >;
  readonly EXPERIMENTAL_light_client_execution_outcome_proof: RpcMethod<
    WireLightClientProof,
    RpcLightClientExecutionOutcomeProofResponse
  >;
  readonly EXPERIMENTAL_light_client_proof: RpcMethod<
    WireLightClientProof,
    RpcLightClientExecutionProofResponse
  >;
  readonly EXPERIMENTAL_light_client_state_proof: RpcMethod<
    WireSpiceChunk & {
      readonly target: { readonly target_type: string; readonly account_id: string } & {
        readonly [field: string]: string;
      };
    },
    RpcLightClientStateProofResponse
  >;
  readonly EXPERIMENTAL_maintenance_windows: RpcMethod<
    { readonly account_id: string },
    readonly RangeOfUint64[]
  >;
  readonly EXPERIMENTAL_protocol_config: RpcMethod<WireBlockReference, RpcProtocolConfigResponse>;
  readonly EXPERIMENTAL_receipt: RpcMethod<{ readonly receipt_id: string }, RpcReceiptResponse>;
  readonly EXPERIMENTAL_receipt_to_tx: RpcMethod<
    {
      readonly receipt_id: string;
      readonly block_height?: number | bigint;
      readonly shard_id?: number | bigint;
      readonly window?: number | bigint;
    },
    RpcReceiptToTxResponse
  >;
  readonly EXPERIMENTAL_split_storage_info: RpcMethod<WireNothing, RpcSplitStorageInfoResponse>;
  readonly EXPERIMENTAL_tx_status: RpcMethod<WireTransaction, RpcTransactionResponse>;
  readonly EXPERIMENTAL_validators_ordered: RpcMethod<
    readonly [WireBlockId | null] | { readonly block_id: WireBlockId | null },
    readonly ValidatorStakeView[]
  >;
  readonly EXPERIMENTAL_view_access_key: RpcMethod<
    WireAccount & { readonly public_key: string },
    RpcViewAccessKeyResponse
  >;
  readonly EXPERIMENTAL_view_access_key_list: RpcMethod<
    WireAccount & { readonly after_key?: string; readonly limit?: number },
    RpcViewAccessKeyListResponse
  >;
  readonly EXPERIMENTAL_view_account: RpcMethod<WireAccount, RpcViewAccountResponse>;
  readonly EXPERIMENTAL_view_code: RpcMethod<WireAccount, RpcViewCodeResponse>;
  readonly EXPERIMENTAL_view_gas_key: RpcMethod<
    WireAccount & { readonly public_key: string },
    RpcViewGasKeyResponse
  >;
  readonly EXPERIMENTAL_view_gas_key_list: RpcMethod<WireAccount, RpcViewGasKeyListResponse>;
  readonly EXPERIMENTAL_view_gas_key_nonces: RpcMethod<
    WireAccount & { readonly public_key: string },
    RpcViewGasKeyNoncesResponse
  >;
  readonly EXPERIMENTAL_view_state: RpcMethod<
    WireAccount & {
      readonly prefix_base64: string;
      readonly include_proof?: boolean;
      readonly after_key_base64?: string;
      readonly limit?: number;
    },
    RpcViewStateResponse
  >;
  readonly block: RpcMethod<WireBlockReference, RpcBlockResponse>;
  readonly block_effects: RpcMethod<WireBlockReference, RpcStateChangesInBlockByTypeResponse>;
  readonly broadcast_tx_async: RpcMethod<WireBroadcast, string>;
  readonly broadcast_tx_commit: RpcMethod<WireBroadcast, RpcTransactionResponse>;
  readonly changes: RpcMethod<WireChanges, RpcStateChangesInBlockResponse>;
  readonly chunk: RpcMethod<WireChunk, RpcChunkResponse>;
  readonly client_config: RpcMethod<WireNothing, RpcClientConfigResponse>;
  readonly gas_price: RpcMethod<
    readonly [WireBlockId | null] | { readonly block_id: WireBlockId | null },
    RpcGasPriceResponse
  >;
  readonly genesis_config: RpcMethod<WireNothing, GenesisConfig>;
  readonly health: RpcMethod<WireNothing, null>;
  readonly light_client_proof: RpcMethod<
    WireLightClientProof,
    RpcLightClientExecutionProofResponse
  >;
  readonly maintenance_windows: RpcMethod<
    { readonly account_id: string },
    readonly RangeOfUint64[]
  >;
  readonly network_info: RpcMethod<WireNothing, RpcNetworkInfoResponse>;
  readonly next_light_client_block: RpcMethod<
    { readonly last_block_hash: string } | readonly [string],
    RpcLightClientNextBlockResponse
  >;
  readonly query: RpcMethod<WireQuery, WireQueryResponse>;
  readonly sandbox_fast_forward: RpcMethod<{ readonly delta_height: number | bigint }, object>;
  readonly sandbox_patch_state: RpcMethod<
    { readonly records: readonly { readonly [kind: string]: unknown }[] },
    object
  >;
  readonly send_tx: RpcMethod<WireBroadcast & WireWait, RpcTransactionResponse>;
  readonly status: RpcMethod<WireNothing, RpcStatusResponse>;
  readonly tx: RpcMethod<WireTransaction, RpcTransactionResponse>;
  readonly validators: RpcMethod<
    | readonly [WireBlockId | null]
    | { readonly epoch_id: string }
    | { readonly block_id: WireBlockId }
    | { readonly latest: null },
    RpcValidatorResponse
  >;
}
