/**
 * Methods that ask one thing of the state each, where `query` asks all: the same answers, but every failure is an error with
 * nearcore's own cause and data, also a failed call and a missing key.
 * @module
 */
import { read } from "../ask.ts";
import { amount, type Check, each, fields, integer, text, variant } from "../check.ts";
import {
  integersOfRpcViewGasKeyListResponse,
  integersOfRpcViewGasKeyResponse,
} from "../generated/integers.ts";
import type {
  RpcCallFunctionResponse,
  RpcViewAccessKeyListResponse,
  RpcViewAccessKeyResponse,
  RpcViewAccountResponse,
  RpcViewCodeResponse,
  RpcViewGasKeyListResponse,
  RpcViewGasKeyNoncesResponse,
  RpcViewGasKeyResponse,
  RpcViewStateResponse,
} from "../generated/types.ts";
import { refuse } from "../refuse.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { wireAt } from "../wire.ts";
import {
  type AccessKeyListParams,
  type AccessKeyParams,
  type AccountParams,
  readAccessKey,
  readAccessKeyList,
  readAccount,
  readGasKeyNonces,
} from "./account.ts";
import type { CallFunctionParams } from "./call-function.ts";
import { readCode, readState, type ViewStateParams } from "./contract.ts";
import type { AtBlock } from "./query.ts";

/**
 * Reads an account, as `viewAccount` does.
 * @throws {RpcError} `UNKNOWN_ACCOUNT`; `METHOD_NOT_FOUND` by older nodes
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalViewAccount } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * (await experimentalViewAccount(transport, { accountId: "alice.near" })).amount; // "10000000000000000000000000"
 * ```
 */
export function experimentalViewAccount(
  transport: Transport,
  params: AccountParams,
  options?: CallOptions,
): Promise<RpcViewAccountResponse> {
  return view(transport, "EXPERIMENTAL_view_account", params, readAccount, options);
}

/**
 * Reads the code of an account's contract, as `viewCode` does.
 * @throws {RpcError} `NO_CONTRACT_CODE`, `UNKNOWN_ACCOUNT`; `METHOD_NOT_FOUND` by older nodes
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalViewCode, isRpcError } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const error = await experimentalViewCode(transport, { accountId: "alice.near" }).catch((e) => e);
 * isRpcError(error, "NO_CONTRACT_CODE"); // true
 * ```
 */
export function experimentalViewCode(
  transport: Transport,
  params: AccountParams,
  options?: CallOptions,
): Promise<RpcViewCodeResponse> {
  return view(transport, "EXPERIMENTAL_view_code", params, readCode, options);
}

/**
 * Reads the storage of a contract, as `viewState` does.
 * @throws {RpcError} `TOO_LARGE_CONTRACT_STATE` without paging, `UNKNOWN_ACCOUNT`; `METHOD_NOT_FOUND` by older nodes
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalViewState } from "@yoctonear/rpc";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await chain.patchState([{ Data: { account_id: "alice.near", data_key: "a2V5", value: "dmFsdWU=" } }]);
 * (await experimentalViewState(chain.transport, { accountId: "alice.near" })).values[0]?.key; // "a2V5"
 * ```
 */
export function experimentalViewState(
  transport: Transport,
  params: ViewStateParams,
  options?: CallOptions,
): Promise<RpcViewStateResponse> {
  const asked = { ...params, prefixBase64: params.prefixBase64 ?? "" };
  return view(transport, "EXPERIMENTAL_view_state", asked, readState, options);
}

/**
 * Reads a key of an account, as `viewAccessKey` does.
 * @throws {RpcError} `UNKNOWN_ACCESS_KEY` when the account has no such key, or does not exist; `METHOD_NOT_FOUND` by older nodes
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalViewAccessKey } from "@yoctonear/rpc";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const { publicKey } = chain.signer("alice.near");
 * (await experimentalViewAccessKey(chain.transport, { accountId: "alice.near", publicKey })).nonce; // 0n
 * ```
 */
export function experimentalViewAccessKey(
  transport: Transport,
  params: AccessKeyParams,
  options?: CallOptions,
): Promise<RpcViewAccessKeyResponse> {
  return view(transport, "EXPERIMENTAL_view_access_key", params, readAccessKey, options);
}

/**
 * Reads all keys of an account, as `viewAccessKeyList` does.
 * @throws {RpcError} `METHOD_NOT_FOUND` by older nodes
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalViewAccessKeyList } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * (await experimentalViewAccessKeyList(transport, { accountId: "alice.near" })).keys.length; // 1
 * ```
 */
export function experimentalViewAccessKeyList(
  transport: Transport,
  params: AccessKeyListParams,
  options?: CallOptions,
): Promise<RpcViewAccessKeyListResponse> {
  return view(transport, "EXPERIMENTAL_view_access_key_list", params, readAccessKeyList, options);
}

/**
 * Reads the nonces of a gas key, as `viewGasKeyNonces` does.
 * @throws {RpcError} `UNKNOWN_GAS_KEY` when the account has no such gas key; `METHOD_NOT_FOUND` by older nodes
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalViewGasKeyNonces, isRpcError } from "@yoctonear/rpc";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const { publicKey } = chain.signer("alice.near");
 * const error = await experimentalViewGasKeyNonces(chain.transport, { accountId: "alice.near", publicKey }).catch((e) => e);
 * isRpcError(error, "UNKNOWN_GAS_KEY"); // true
 * ```
 */
export function experimentalViewGasKeyNonces(
  transport: Transport,
  params: AccessKeyParams,
  options?: CallOptions,
): Promise<RpcViewGasKeyNoncesResponse> {
  return view(transport, "EXPERIMENTAL_view_gas_key_nonces", params, readGasKeyNonces, options);
}

/**
 * Reads a gas key with its nonces, from a node before 2.13; newer ones have {@link experimentalViewGasKeyNonces}.
 * @throws {RpcError} `UNKNOWN_GAS_KEY`; `METHOD_NOT_FOUND` by newer nodes
 * @example
 * ```ts
 * import { experimentalViewGasKey, type Transport } from "@yoctonear/rpc";
 * const transport: Transport = async () => ({
 *   balance: "5", num_nonces: 2, nonces: [7, 8], permission: "FullAccess", block_height: 9, block_hash: "1",
 * });
 * const params = { accountId: "alice.near", publicKey: "ed25519:11111111111111111111111111111111" };
 * (await experimentalViewGasKey(transport, params)).nonces; // [7n, 8n]
 * ```
 */
export function experimentalViewGasKey(
  transport: Transport,
  params: AccessKeyParams,
  options?: CallOptions,
): Promise<RpcViewGasKeyResponse> {
  return view(transport, "EXPERIMENTAL_view_gas_key", params, readGasKey, options);
}

/**
 * Reads all gas keys of an account, from a node before 2.13; newer ones list them among the access keys.
 * @throws {RpcError} `METHOD_NOT_FOUND` by newer nodes
 * @example
 * ```ts
 * import { experimentalViewGasKeyList, type Transport } from "@yoctonear/rpc";
 * const transport: Transport = async () => ({ keys: [], block_height: 9, block_hash: "1" });
 * (await experimentalViewGasKeyList(transport, { accountId: "alice.near" })).keys; // []
 * ```
 */
export function experimentalViewGasKeyList(
  transport: Transport,
  params: AccountParams,
  options?: CallOptions,
): Promise<RpcViewGasKeyListResponse> {
  return view(transport, "EXPERIMENTAL_view_gas_key_list", params, readGasKeyList, options);
}

/**
 * Calls a method of a contract that only reads, as `callFunction` does.
 * @throws {RpcError} `CONTRACT_EXECUTION_ERROR` with nearcore's `FunctionCallError` as `data.vm_error`, `UNKNOWN_ACCOUNT`;
 * `METHOD_NOT_FOUND` by older nodes
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalCallFunction, isRpcError } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const params = { accountId: "alice.near", methodName: "get" };
 * const error = await experimentalCallFunction(transport, params).catch((e) => e);
 * isRpcError(error, "CONTRACT_EXECUTION_ERROR") && error.data.vm_error; // { CompilationError: { CodeDoesNotExist: { account_id: "alice.near" } } }
 * ```
 */
export function experimentalCallFunction(
  transport: Transport,
  params: CallFunctionParams,
  options?: CallOptions,
): Promise<RpcCallFunctionResponse> {
  const asked = { ...params, argsBase64: params.argsBase64 ?? "" };
  return view(transport, "EXPERIMENTAL_call_function", asked, readCall, options);
}

const gasKey: Check = (value, path) =>
  fields({ balance: amount, nonces: each(integer), permission: variant })(value, path);

function readGasKey(method: string, result: unknown): RpcViewGasKeyResponse {
  return read(method, result, { integers: integersOfRpcViewGasKeyResponse, check: gasKey });
}

function readGasKeyList(method: string, result: unknown): RpcViewGasKeyListResponse {
  const check = fields({ keys: each(fields({ public_key: text, gas_key: gasKey })) });
  return read(method, result, { integers: integersOfRpcViewGasKeyListResponse, check });
}

function readCall(method: string, result: unknown): RpcCallFunctionResponse {
  const check = fields({ result: bytes, block_height: integer });
  return read(method, result, { integers: "block_height", check });
}

const bytes: Check = (value, path) => {
  const isByte = (byte: unknown): boolean => byte === (Number(byte) & 255);
  if (!Array.isArray(value) || !value.every(isByte)) refuse(path, "bytes", value);
};

async function view<T>(
  transport: Transport,
  method: string,
  params: AtBlock,
  reading: (method: string, result: unknown) => T,
  options?: CallOptions,
): Promise<T> {
  return reading(method, await transport({ method, params: wireAt(params) }, options));
}
