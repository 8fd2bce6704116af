/**
 * Contracts: their code and storage.
 * @module
 */
import { read } from "../ask.ts";
import { each, fields, integer, text } from "../check.ts";
import {
  integersOfRpcViewCodeResponse,
  integersOfRpcViewStateResponse,
} from "../generated/integers.ts";
import type { RpcViewCodeResponse, RpcViewStateResponse } from "../generated/types.ts";
import type { CallOptions, Transport } from "../transport.ts";
import type { AccountParams } from "./account.ts";
import { type AtBlock, query } from "./query.ts";

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
 * Reads the code of an account's own contract.
 * @throws {RpcError} `NO_CONTRACT_CODE` when it has none, `UNKNOWN_ACCOUNT`
 * @example
 * ```ts
 * import { send, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { viewCode } from "@yoctonear/rpc";
 * import { deployContract } from "@yoctonear/transactions";
 * const { transport, signer } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * await send(alice, "alice.near", [deployContract(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))]);
 * (await viewCode(transport, { accountId: "alice.near" })).code_base64; // "AGFzbQEAAAA="
 * ```
 */
export function viewCode(
  transport: Transport,
  params: AccountParams,
  options?: CallOptions,
): Promise<RpcViewCodeResponse> {
  return queryCode(transport, "view_code", params, options);
}

/**
 * Reads the code of a global contract that is named by its hash.
 * @throws {RpcError} `NO_GLOBAL_CONTRACT_CODE` when there is none
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { isRpcError, viewGlobalContractCode } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const codeHash = "5KaBzMRbNgXwdhTyVjW8iqM5XuQzvhSqDJPYsvGrPMdS";
 * const error = await viewGlobalContractCode(transport, { codeHash }).catch((e) => e);
 * isRpcError(error, "NO_GLOBAL_CONTRACT_CODE"); // true
 * ```
 */
export function viewGlobalContractCode(
  transport: Transport,
  params: GlobalContractParams,
  options?: CallOptions,
): Promise<RpcViewCodeResponse> {
  return queryCode(transport, "view_global_contract_code", params, options);
}

/**
 * Reads the code of a global contract that is named by the account that deployed it.
 * @throws {RpcError} `NO_GLOBAL_CONTRACT_CODE` when there is none
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { isRpcError, viewGlobalContractCodeByAccountId } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const params = { accountId: "alice.near" };
 * const error = await viewGlobalContractCodeByAccountId(transport, params).catch((e) => e);
 * isRpcError(error, "NO_GLOBAL_CONTRACT_CODE"); // true
 * ```
 */
export function viewGlobalContractCodeByAccountId(
  transport: Transport,
  params: AccountParams,
  options?: CallOptions,
): Promise<RpcViewCodeResponse> {
  return queryCode(transport, "view_global_contract_code_by_account_id", params, options);
}

/**
 * Reads the storage of a contract, keys and values in base64.
 * @throws {RpcError} `TOO_LARGE_CONTRACT_STATE` without paging, `UNKNOWN_ACCOUNT`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { viewState } from "@yoctonear/rpc";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const Data = { account_id: "alice.near", data_key: "a2V5", value: "dmFsdWU=" };
 * await chain.patchState([{ Data }]);
 * (await viewState(chain.transport, { accountId: "alice.near" })).values[0]?.value; // "dmFsdWU="
 * ```
 */
export async function viewState(
  transport: Transport,
  params: ViewStateParams,
  options?: CallOptions,
): Promise<RpcViewStateResponse> {
  const asked = { ...params, prefixBase64: params.prefixBase64 ?? "" };
  return readState("query", await query(transport, "view_state", asked, options));
}

/** Reads what a method says of code. */
export function readCode(method: string, result: unknown): RpcViewCodeResponse {
  const check = fields({ code_base64: text, hash: text, block_height: integer });
  return read(method, result, { integers: integersOfRpcViewCodeResponse, check });
}

/** Reads what a method says of storage. */
export function readState(method: string, result: unknown): RpcViewStateResponse {
  const check = fields({
    values: each(fields({ key: text, value: text })),
    block_height: integer,
  });
  return read(method, result, { integers: integersOfRpcViewStateResponse, check });
}

async function queryCode(
  transport: Transport,
  requestType: string,
  params: AtBlock,
  options?: CallOptions,
): Promise<RpcViewCodeResponse> {
  return readCode("query", await query(transport, requestType, params, options));
}
