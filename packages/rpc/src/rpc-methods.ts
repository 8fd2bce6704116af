/**
 * The methods that this package knows, with parameters and results in nearcore's own form.
 * @module
 */
import type {
  Finality,
  GenesisConfig,
  RpcBlockResponse,
  RpcCallFunctionResponse,
  RpcChunkResponse,
  RpcGasPriceResponse,
  RpcProtocolConfigResponse,
  RpcReceiptResponse,
  RpcStatusResponse,
  RpcTransactionResponse,
  RpcValidatorResponse,
  RpcViewAccessKeyListResponse,
  RpcViewAccessKeyResponse,
  RpcViewAccountResponse,
  RpcViewCodeResponse,
  RpcViewGasKeyNoncesResponse,
  RpcViewStateResponse,
  SyncCheckpoint,
  TxExecutionStatus,
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
  readonly EXPERIMENTAL_protocol_config: RpcMethod<WireBlockReference, RpcProtocolConfigResponse>;
  readonly EXPERIMENTAL_receipt: RpcMethod<{ readonly receipt_id: string }, RpcReceiptResponse>;
  readonly EXPERIMENTAL_tx_status: RpcMethod<WireTransaction, RpcTransactionResponse>;
  readonly block: RpcMethod<WireBlockReference, RpcBlockResponse>;
  readonly broadcast_tx_async: RpcMethod<WireBroadcast, string>;
  readonly broadcast_tx_commit: RpcMethod<WireBroadcast, RpcTransactionResponse>;
  readonly chunk: RpcMethod<
    | { readonly chunk_id: string }
    | { readonly block_id: WireBlockId; readonly shard_id: number | bigint },
    RpcChunkResponse
  >;
  readonly gas_price: RpcMethod<
    readonly [WireBlockId | null] | { readonly block_id: WireBlockId | null },
    RpcGasPriceResponse
  >;
  readonly genesis_config: RpcMethod<WireNothing, GenesisConfig>;
  readonly health: RpcMethod<WireNothing, null>;
  readonly query: RpcMethod<WireQuery, WireQueryResponse>;
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
