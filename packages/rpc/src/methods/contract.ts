/**
 * Contracts: their code and storage, and calls that only read.
 * @module
 */
import {
  integersOfRpcCallFunctionResponse,
  integersOfRpcViewCodeResponse,
  integersOfRpcViewStateResponse,
} from "../generated/integers.ts";
import type {
  RpcCallFunctionResponse,
  RpcViewCodeResponse,
  RpcViewStateResponse,
} from "../generated/types.ts";
import type { CallOptions, Transport } from "../transport.ts";
import type { AccountParams } from "./account.ts";
import { type AtBlock, query } from "./query.ts";

/** Which method of which contract. */
export interface CallFunctionParams extends AccountParams {
  readonly methodName: string;
  /** Its arguments in base64; none unless told. */
  readonly argsBase64?: string | undefined;
}

/** Which part of a contract's storage. */
export interface ViewStateParams extends AccountParams {
  /** What keys start with, in base64; all keys unless told. */
  readonly prefixBase64?: string | undefined;
  /** Asks for the trie nodes that prove the answer; not together with paging. */
  readonly includeProof?: boolean | undefined;
  /** Starts after this key, in base64. */
  readonly afterKeyBase64?: string | undefined;
  /** How many, 1 or more. */
  readonly limit?: number | undefined;
}

/** Which global contract, by hash. */
export interface GlobalContractParams extends AtBlock {
  /** SHA-256 of its code, in base58. */
  readonly codeHash: string;
}

/**
 * Calls a method of a contract that only reads: it costs nothing and changes nothing.
 * @returns the returned bytes (`result`) and the logs
 * @throws {RpcError} `CONTRACT_EXECUTION_ERROR` when the call failed, `UNKNOWN_ACCOUNT`
 * @example
 * ```ts
 * import { callFunction, type Transport } from "@yoctonear/rpc";
 * const transport: Transport = async () => ({ result: [34, 104, 105, 34], logs: [], block_height: 7, block_hash: "1" });
 * const { result } = await callFunction(transport, { accountId: "guestbook.near", methodName: "greeting" });
 * String.fromCharCode(...result); // '"hi"'
 * ```
 */
export function callFunction(
  transport: Transport,
  params: CallFunctionParams,
  options?: CallOptions,
): Promise<RpcCallFunctionResponse> {
  return query(
    transport,
    {
      requestType: "call_function",
      integers: integersOfRpcCallFunctionResponse,
      checks: { result: "bytes", logs: "list", block_height: "integer" },
      failure: "CONTRACT_EXECUTION_ERROR",
    },
    {
      account_id: params.accountId,
      method_name: params.methodName,
      args_base64: params.argsBase64 ?? "",
    },
    params,
    options,
  );
}

/**
 * Reads the code of an account's own contract.
 * @throws {RpcError} `NO_CONTRACT_CODE` when it has none, `UNKNOWN_ACCOUNT`
 */
export function viewCode(
  transport: Transport,
  params: AccountParams,
  options?: CallOptions,
): Promise<RpcViewCodeResponse> {
  return queryCode(transport, "view_code", { account_id: params.accountId }, params, options);
}

/**
 * Reads the code of a global contract that is named by its hash.
 * @throws {RpcError} `NO_GLOBAL_CONTRACT_CODE` when there is none
 */
export function viewGlobalContractCode(
  transport: Transport,
  params: GlobalContractParams,
  options?: CallOptions,
): Promise<RpcViewCodeResponse> {
  const type = "view_global_contract_code";
  return queryCode(transport, type, { code_hash: params.codeHash }, params, options);
}

/**
 * Reads the code of a global contract that is named by the account that deployed it.
 * @throws {RpcError} `NO_GLOBAL_CONTRACT_CODE` when there is none
 */
export function viewGlobalContractCodeByAccountId(
  transport: Transport,
  params: AccountParams,
  options?: CallOptions,
): Promise<RpcViewCodeResponse> {
  const type = "view_global_contract_code_by_account_id";
  return queryCode(transport, type, { account_id: params.accountId }, params, options);
}

/**
 * Reads the storage of a contract, keys and values in base64.
 * @throws {RpcError} `TOO_LARGE_CONTRACT_STATE` without paging, `UNKNOWN_ACCOUNT`
 */
export function viewState(
  transport: Transport,
  params: ViewStateParams,
  options?: CallOptions,
): Promise<RpcViewStateResponse> {
  return query(
    transport,
    {
      requestType: "view_state",
      integers: integersOfRpcViewStateResponse,
      checks: {
        values: "list",
        "values.key": "text",
        "values.value": "text",
        block_height: "integer",
      },
    },
    {
      account_id: params.accountId,
      prefix_base64: params.prefixBase64 ?? "",
      include_proof: params.includeProof,
      after_key_base64: params.afterKeyBase64,
      limit: params.limit,
    },
    params,
    options,
  );
}

function queryCode(
  transport: Transport,
  requestType: string,
  fields: Readonly<Record<string, string>>,
  at: AtBlock,
  options?: CallOptions,
): Promise<RpcViewCodeResponse> {
  const checks = { code_base64: "text", hash: "text", block_height: "integer" } as const;
  const integers = integersOfRpcViewCodeResponse;
  return query(transport, { requestType, integers, checks }, fields, at, options);
}
