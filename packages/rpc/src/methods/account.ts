/**
 * Accounts and their keys.
 * @module
 */
import { read } from "../ask.ts";
import { amount, each, fields, integer, text, variant } from "../check.ts";
import {
  integersOfRpcViewAccessKeyListResponse,
  integersOfRpcViewAccessKeyResponse,
  integersOfRpcViewAccountResponse,
  integersOfRpcViewGasKeyNoncesResponse,
} from "../generated/integers.ts";
import type {
  RpcViewAccessKeyListResponse,
  RpcViewAccessKeyResponse,
  RpcViewAccountResponse,
  RpcViewGasKeyNoncesResponse,
} from "../generated/types.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { type AtBlock, query } from "./query.ts";

/** Which account. */
export interface AccountParams extends AtBlock {
  readonly accountId: string;
}

/** Which key of an account. */
export interface AccessKeyParams extends AccountParams {
  /** The key in text form, `ed25519:…`. */
  readonly publicKey: string;
}

/** Which account, and which of its keys. */
export interface AccessKeyListParams extends AccountParams {
  /** Starts after this key (protocol 87). */
  readonly afterKey?: string | undefined;
  /** How many, 1 or more (protocol 87). */
  readonly limit?: number | undefined;
}

/**
 * Reads an account: balance, stake, storage, code.
 * @throws {RpcError} `UNKNOWN_ACCOUNT` when there is none
 * @example
 * ```ts
 * import { type Transport, viewAccount } from "@yoctonear/rpc";
 * const transport: Transport = async () => ({
 *   amount: "1000000000000000000000000", locked: "0", storage_usage: 182,
 *   code_hash: "11111111111111111111111111111111", block_height: 7, block_hash: "11111111111111111111111111111111",
 * });
 * (await viewAccount(transport, { accountId: "alice.near" })).amount; // "1000000000000000000000000"
 * ```
 */
export async function viewAccount(
  transport: Transport,
  params: AccountParams,
  options?: CallOptions,
): Promise<RpcViewAccountResponse> {
  return readAccount("query", await query(transport, "view_account", params, options));
}

/**
 * Reads a key of an account: its nonce and what it may do. A gas key has nonce 0 here.
 * @throws {RpcError} `UNKNOWN_ACCESS_KEY` when the account has no such key, or does not exist
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { viewAccessKey } from "@yoctonear/rpc";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const { publicKey } = chain.signer("alice.near");
 * (await viewAccessKey(chain.transport, { accountId: "alice.near", publicKey })).permission; // "FullAccess"
 * ```
 */
export async function viewAccessKey(
  transport: Transport,
  params: AccessKeyParams,
  options?: CallOptions,
): Promise<RpcViewAccessKeyResponse> {
  const result = await query(
    transport,
    "view_access_key",
    params,
    options,
    (text) =>
      text.includes("does not exist") && {
        name: "UNKNOWN_ACCESS_KEY",
        public_key: params.publicKey,
      },
  );
  return readAccessKey("query", result);
}

/**
 * Reads all keys of an account; the list is empty where there is no account.
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { viewAccessKeyList } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * (await viewAccessKeyList(transport, { accountId: "alice.near" })).keys.length; // 1
 * ```
 */
export async function viewAccessKeyList(
  transport: Transport,
  params: AccessKeyListParams,
  options?: CallOptions,
): Promise<RpcViewAccessKeyListResponse> {
  return readAccessKeyList(
    "query",
    await query(transport, "view_access_key_list", params, options),
  );
}

/**
 * Reads the nonces of a gas key, by nonce index.
 * @throws {RpcError} `UNKNOWN_GAS_KEY` when the account has no such gas key
 * @example
 * ```ts
 * import { addKey, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { viewGasKeyNonces } from "@yoctonear/rpc";
 * import { gasKeyFullAccess } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { publicKey } = chain.signer("gas.near");
 * await addKey(alice, publicKey, gasKeyFullAccess({ numNonces: 4 }));
 * (await viewGasKeyNonces(chain.transport, { accountId: "alice.near", publicKey })).nonces.length; // 4
 * ```
 */
export async function viewGasKeyNonces(
  transport: Transport,
  params: AccessKeyParams,
  options?: CallOptions,
): Promise<RpcViewGasKeyNoncesResponse> {
  return readGasKeyNonces("query", await query(transport, "view_gas_key_nonces", params, options));
}

/** Reads what a method says of an account. */
export function readAccount(method: string, result: unknown): RpcViewAccountResponse {
  const check = fields({
    amount,
    locked: amount,
    storage_usage: integer,
    code_hash: text,
    block_hash: text,
    block_height: integer,
  });
  return read(method, result, { integers: integersOfRpcViewAccountResponse, check });
}

/** Reads what a method says of a key. */
export function readAccessKey(method: string, result: unknown): RpcViewAccessKeyResponse {
  const check = fields({
    nonce: integer,
    permission: variant,
    block_hash: text,
    block_height: integer,
  });
  return read(method, result, { integers: integersOfRpcViewAccessKeyResponse, check });
}

/** Reads what a method says of all keys. */
export function readAccessKeyList(method: string, result: unknown): RpcViewAccessKeyListResponse {
  const check = fields({
    keys: each(
      fields({ public_key: text, access_key: fields({ nonce: integer, permission: variant }) }),
    ),
    block_height: integer,
  });
  return read(method, result, { integers: integersOfRpcViewAccessKeyListResponse, check });
}

/** Reads what a method says of the nonces of a gas key. */
export function readGasKeyNonces(method: string, result: unknown): RpcViewGasKeyNoncesResponse {
  const check = fields({ nonces: each(integer), block_height: integer });
  return read(method, result, { integers: integersOfRpcViewGasKeyNoncesResponse, check });
}
