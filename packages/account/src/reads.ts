/**
 * What the chain says of an account: its state, its keys, whether it is there.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import {
  type AccessKeyInfoView,
  type AccessKeyView,
  type BlockReference,
  type CallOptions,
  type RpcViewAccountResponse,
  viewAccessKey,
  viewAccessKeyList,
  viewAccount,
} from "@yoctonear/rpc";
import type { AccountRef } from "./account.ts";

/** What every reading call takes. */
export interface ReadOptions extends CallOptions {
  /** Block to read at; the newest by default, so that one's own write shows. */
  readonly block?: BlockReference | undefined;
}

/**
 * Reads the state of an account: balances, storage, which contract it has.
 * @throws {RpcError} `UNKNOWN_ACCOUNT`
 * @example
 * ```ts
 * import { state } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * (await state({ transport, accountId: "alice.near" })).storage_usage; // 182n
 * ```
 */
export function state(
  { transport, accountId }: AccountRef,
  { block, ...options }: ReadOptions = {},
): Promise<RpcViewAccountResponse> {
  return viewAccount(transport, { accountId, block }, options);
}

/**
 * Tells whether an account is there. Anything but the node's own "unknown account" is thrown.
 * @example
 * ```ts
 * import { exists } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await exists({ transport, accountId: "nobody.near" }); // false
 * ```
 */
export async function exists(account: AccountRef, options: ReadOptions = {}): Promise<boolean> {
  try {
    await state(account, options);
    return true;
  } catch (error) {
    if (isNearError(error, "UNKNOWN_ACCOUNT")) return false;
    throw error;
  }
}

/**
 * Lists the access keys of an account; one that is not there has none, as nodes answer.
 * @example
 * ```ts
 * import { keys } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * (await keys({ transport, accountId: "alice.near" })).length; // 1
 * ```
 */
export async function keys(
  { transport, accountId }: AccountRef,
  { block, ...options }: ReadOptions = {},
): Promise<readonly AccessKeyInfoView[]> {
  return (await viewAccessKeyList(transport, { accountId, block }, options)).keys;
}

/**
 * Reads one access key; null where the account does not have it.
 * @throws {RpcError} for anything but a missing key
 * @example
 * ```ts
 * import { key } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const alice = { transport: chain.transport, accountId: "alice.near" };
 * (await key(alice, chain.signer("alice.near").publicKey))?.permission; // "FullAccess"
 * await key(alice, chain.signer("bob.near").publicKey); // null
 * ```
 */
export async function key(
  { transport, accountId }: AccountRef,
  publicKey: string,
  { block, ...options }: ReadOptions = {},
): Promise<AccessKeyView | null> {
  try {
    return await viewAccessKey(transport, { accountId, publicKey, block }, options);
  } catch (error) {
    if (isNearError(error, "UNKNOWN_ACCESS_KEY")) return null;
    throw error;
  }
}

const NO_CODE = "11111111111111111111111111111111";

/** The contract of an account: its code's hash, or the global contract it uses; null for none. */
export type ContractRef =
  | { readonly type: "local"; readonly hash: string }
  | { readonly type: "globalHash"; readonly hash: string }
  | { readonly type: "globalAccountId"; readonly accountId: string };

/**
 * Tells which contract an account has, or null for none.
 * @throws {RpcError} `UNKNOWN_ACCOUNT`
 * @example
 * ```ts
 * import { contractOf } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await contractOf({ transport, accountId: "alice.near" }); // null
 * ```
 */
export async function contractOf(
  account: AccountRef,
  options: ReadOptions = {},
): Promise<ContractRef | null> {
  const view = await state(account, options);
  if (typeof view.global_contract_account_id === "string") {
    return { type: "globalAccountId", accountId: view.global_contract_account_id };
  }
  if (typeof view.global_contract_hash === "string") {
    return { type: "globalHash", hash: view.global_contract_hash };
  }
  return view.code_hash === NO_CODE ? null : { type: "local", hash: view.code_hash };
}
