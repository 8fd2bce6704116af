/**
 * AddKey: the runtime chooses the nonce, so that a key added again cannot be replayed
 * (`runtime/runtime/src/access_keys.rs` `action_add_key`).
 * @module
 */
import { type AccessKey, gasKeyOf } from "../../state/access-key.ts";
import { accessKeyStorage } from "../../state/storage-usage.ts";
import { accountOf, type ApplyAction } from "../action-scope.ts";
import { firstNonce } from "../first-nonce.ts";

export const applyAddKey: ApplyAction<"addKey"> = (scope, { publicKey, accessKey }) => {
  const account = accountOf(scope);
  const { state, context, receipt } = scope;
  const id = { accountId: receipt.receiverId, publicKey };
  if (state.accessKeys.get(id) !== null) {
    return { AddKeyAlreadyExists: { account_id: id.accountId, public_key: publicKey } };
  }
  const { permission } = accessKey;
  const gasKey = gasKeyOf(permission);
  const nonce = firstNonce(context.height);
  // A gas key counts on its lanes only.
  const added: AccessKey = { nonce: gasKey === null ? nonce : 0n, permission };
  state.accessKeys.set(id, added);
  for (let index = 0; index < (gasKey?.numNonces ?? 0); index++) {
    state.gasKeyNonces.set({ ...id, index }, nonce);
  }
  const storageUsage = account.storageUsage + accessKeyStorage(publicKey, added);
  scope.account = { ...account, storageUsage };
  return null;
};
