/**
 * Accounts as nearcore's RPC shows them (`AccountView`).
 * @module
 */
import { ZERO_HASH } from "../chain/hash.ts";
import { type Json, u128Json, u64Json } from "../runtime/json.ts";
import type { Account } from "../state/account.ts";

/** Shows an account; a global contract has a field of its own. */
export function accountView(account: Account): { readonly [key: string]: Json } {
  const { contract } = account;
  const view: { [key: string]: Json } = {
    amount: u128Json(account.amount),
    locked: u128Json(account.locked),
    code_hash: contract.type === "local" ? contract.hash : ZERO_HASH,
    storage_usage: u64Json(account.storageUsage),
    storage_paid_at: 0,
  };
  if (contract.type === "global") view["global_contract_hash"] = contract.hash;
  if (contract.type === "globalByAccount") view["global_contract_account_id"] = contract.accountId;
  if (account.bootstrapNonce !== undefined) {
    view["state"] = "uninitialized";
    view["bootstrap_nonce"] = u64Json(account.bootstrapNonce);
  }
  return view;
}
