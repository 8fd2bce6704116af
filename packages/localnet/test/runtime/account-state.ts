/**
 * Accounts of a chain as the recordings show them, and back.
 * @module
 */
import { type Json, has, integer, list, record, text } from "@yoctonear/vectors";
import { accessKeyView } from "#localnet/rpc/access-key-view";
import { type Account, localCodeHash, localContract } from "#localnet/state/account";
import { accessKeyIds, gasKeyNonceIds } from "#localnet/state/account-rows";
import { readStateRecord } from "#localnet/state/state-record-json";
import { StateUpdate } from "#localnet/state/state-update";
import type { MiniChain } from "./mini-chain.ts";

/** Shows accounts with their keys, `null` where there is none. */
export function accountViews(
  chain: MiniChain,
  accountIds: readonly string[],
): { readonly [accountId: string]: Json } {
  const state = new StateUpdate(chain.state);
  return Object.fromEntries(accountIds.map((id) => [id, accountView(state, id)]));
}

function accountView(state: StateUpdate, accountId: string): Json {
  const account = state.accounts.get(accountId);
  if (account === null) return null;
  const { contract } = account;
  const keys = accessKeyIds(state, accountId).flatMap((id) => {
    const accessKey = state.accessKeys.get(id);
    return accessKey === null
      ? []
      : [{ public_key: id.publicKey, access_key: accessKeyView(accessKey) }];
  });
  const view: { [key: string]: Json } = {
    amount: account.amount.toString(),
    locked: account.locked.toString(),
    code_hash: localCodeHash(contract),
    storage_usage: Number(account.storageUsage),
    storage_paid_at: 0,
    keys,
  };
  if (contract.type === "global") view["global_contract_hash"] = contract.hash;
  if (contract.type === "globalByAccount") {
    view["global_contract_account_id"] = contract.accountId;
  }
  return view;
}

/** Makes accounts what the recording says they were: contract data and nonce lanes stay as they are. */
export function patchTo(chain: MiniChain, accounts: { readonly [accountId: string]: Json }): void {
  const state = new StateUpdate(chain.state);
  for (const [accountId, view] of Object.entries(accounts)) {
    const wanted = new Set(
      view === null ? [] : list(view, "keys").map((k) => text(k, "public_key")),
    );
    for (const id of accessKeyIds(state, accountId)) {
      if (wanted.has(id.publicKey)) continue;
      state.accessKeys.remove(id);
      for (const lane of gasKeyNonceIds(state, accountId)) {
        if (lane.publicKey === id.publicKey) state.gasKeyNonces.remove(lane);
      }
    }
    if (view === null) {
      state.accounts.remove(accountId);
      continue;
    }
    state.accounts.set(accountId, readAccount(view, state.accounts.get(accountId)));
    for (const key of list(view, "keys")) {
      const parsed = readStateRecord({ AccessKey: { account_id: accountId, ...record(key) } });
      if (parsed.type !== "accessKey") throw new TypeError("expected an access key");
      state.accessKeys.set(parsed, parsed.accessKey);
    }
  }
  state.commit({ type: "statePatch" });
  chain.state = state.finish();
}

function readAccount(view: Json, old: Account | null): Account {
  const isGlobal = has(view, "global_contract_hash") || has(view, "global_contract_account_id");
  return {
    amount: integer(view, "amount"),
    locked: integer(view, "locked"),
    storageUsage: integer(view, "storage_usage"),
    contract: has(view, "global_contract_hash")
      ? { type: "global", hash: text(view, "global_contract_hash") }
      : has(view, "global_contract_account_id")
        ? { type: "globalByAccount", accountId: text(view, "global_contract_account_id") }
        : localContract(text(view, "code_hash")),
    version: isGlobal ? 2 : (old?.version ?? 1),
  };
}
