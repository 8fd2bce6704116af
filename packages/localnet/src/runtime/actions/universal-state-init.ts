/**
 * UniversalStateInit: brings an account to life whose id is the hash of what it holds (NEP-655), by anybody
 * (`runtime/runtime/src/universal_account_id.rs`). That the bytes decode and that the receiver is theirs has been
 * checked.
 * @module
 */
import { decode } from "@yoctonear/borsh";
import { type UniversalAccountStateInit, universalStateInitCodec } from "@yoctonear/transactions";
import type { AccessKey } from "../../state/access-key.ts";
import { type Account, createUninitialized, initialized } from "../../state/account.ts";
import { accessKeyStorage, ACCOUNT_STORAGE, dataStorage } from "../../state/storage-usage.ts";
import { useGlobalContract } from "../account-contract.ts";
import type { ActionErrorKind, ActionScope, ApplyAction } from "../action-scope.ts";
import { firstNonce } from "../first-nonce.ts";
import { settleStateInit } from "../state-init-deposit.ts";

export const applyUniversalStateInit: ApplyAction<"universalStateInit"> = (
  scope,
  { stateInit, deposit },
) => {
  const first = firstNonce(scope.context.height);
  // The actor stays the predecessor, so that it cannot add a key to the account it makes.
  let account = scope.account ?? createUninitialized(0n, ACCOUNT_STORAGE, first);
  if (account.bootstrapNonce !== undefined) {
    // Above the nonce that a transaction of the account's own has used, or it could be sent again.
    const nonce = account.bootstrapNonce > first ? account.bootstrapNonce : first;
    const init = decode(universalStateInitCodec, stateInit);
    const installed = install(scope, initialized(account), init, nonce);
    if (installed.error !== null) return installed.error;
    account = installed.account;
  }
  scope.account = settleStateInit(scope, account, deposit);
  return null;
};

function install(
  scope: ActionScope,
  bare: Account,
  { code, data, accessKeys }: UniversalAccountStateInit,
  nonce: bigint,
): { readonly account: Account; readonly error: ActionErrorKind | null } {
  const { state, receipt } = scope;
  const { receiverId: accountId } = receipt;
  const used =
    code === null ? { account: bare, error: null } : useGlobalContract(scope, bare, code);
  if (used.error !== null) return used;
  let { storageUsage } = used.account;
  for (const [key, value] of data) {
    state.data.set({ accountId, key }, value);
    storageUsage += dataStorage(key, value);
  }
  const accessKey: AccessKey = { nonce, permission: { type: "fullAccess" } };
  for (const publicKey of accessKeys) {
    state.accessKeys.set({ accountId, publicKey }, accessKey);
    storageUsage += accessKeyStorage(publicKey, accessKey);
  }
  return { account: { ...used.account, storageUsage }, error: null };
}
