/**
 * DeterministicStateInit: brings an account to life whose id says what it holds (NEP-616), by anybody
 * (`runtime/runtime/src/deterministic_account_id.rs`).
 * @module
 */
import { createAccount, NO_CONTRACT } from "../../state/account.ts";
import { ACCOUNT_STORAGE, dataStorage } from "../../state/storage-usage.ts";
import { useGlobalContract } from "../account-contract.ts";
import type { ApplyAction } from "../action-scope.ts";
import { settleStateInit } from "../state-init-deposit.ts";

export const applyDeterministicStateInit: ApplyAction<"deterministicStateInit"> = (
  scope,
  { stateInit, deposit },
) => {
  const { state, receipt } = scope;
  // The actor stays the predecessor, so that it cannot add a key to the account it makes.
  let account = scope.account ?? createAccount(0n, ACCOUNT_STORAGE, NO_CONTRACT);
  if (account.contract.type === "none") {
    const used = useGlobalContract(scope, account, stateInit.code);
    if (used.error !== null) return used.error;
    account = used.account;
    for (const [key, value] of stateInit.data) {
      state.data.set({ accountId: receipt.receiverId, key }, value);
      account = { ...account, storageUsage: account.storageUsage + dataStorage(key, value) };
    }
  }
  scope.account = settleStateInit(scope, account, deposit);
  return null;
};
