/**
 * DeleteKey: a gas key's balance is burnt with it, if it is small
 * (`runtime/runtime/src/access_keys.rs` `action_delete_key`).
 * @module
 */
import { gasKeyOf } from "../../state/access-key.ts";
import { accessKeyStorage } from "../../state/storage-usage.ts";
import { gasKeyBalanceTooHigh } from "../action-errors.ts";
import { accountOf, type ApplyAction } from "../action-scope.ts";
import { nonceRemovalCompute } from "../nonce-removal.ts";
import { MAX_BURNABLE_GAS_KEY_BALANCE } from "../parameters.ts";

export const applyDeleteKey: ApplyAction<"deleteKey"> = (scope, { publicKey }) => {
  const account = accountOf(scope);
  const { state, receipt, result } = scope;
  const id = { accountId: receipt.receiverId, publicKey };
  const accessKey = state.accessKeys.get(id);
  if (accessKey === null) {
    return { DeleteKeyDoesNotExist: { account_id: id.accountId, public_key: publicKey } };
  }
  const gasKey = gasKeyOf(accessKey.permission);
  if (gasKey !== null) {
    if (gasKey.balance > MAX_BURNABLE_GAS_KEY_BALANCE) {
      return gasKeyBalanceTooHigh(id.accountId, publicKey, gasKey.balance);
    }
    for (let index = 0; index < gasKey.numNonces; index++) {
      state.gasKeyNonces.remove({ ...id, index });
    }
    result.tokensBurnt += gasKey.balance;
    result.compute += nonceRemovalCompute(id.accountId, publicKey, gasKey.numNonces);
  }
  state.accessKeys.remove(id);
  const freed = accessKeyStorage(publicKey, accessKey);
  // nearcore saturates: genesis may have stated too little.
  const storageUsage = account.storageUsage > freed ? account.storageUsage - freed : 0n;
  scope.account = { ...account, storageUsage };
  return null;
};
