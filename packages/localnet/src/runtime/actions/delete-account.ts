/**
 * DeleteAccount: what is left goes to the beneficiary; balances of gas keys are burnt
 * (`runtime/runtime/src/actions.rs` `action_delete_account`).
 * @module
 */
import { gasKeyOf } from "../../state/access-key.ts";
import { accessKeyIds, dataIds, gasKeyNonceIds } from "../../state/account-rows.ts";
import { usageWithoutContract } from "../account-contract.ts";
import { gasKeyBalanceTooHigh } from "../action-errors.ts";
import { accountOf, type ActionScope, type ApplyAction } from "../action-scope.ts";
import { nonceRemovalCompute } from "../nonce-removal.ts";
import { MAX_BURNABLE_GAS_KEY_BALANCE, MAX_DELETABLE_STORAGE } from "../parameters.ts";
import { depositRefund } from "../refund-receipt.ts";

export const applyDeleteAccount: ApplyAction<"deleteAccount"> = (scope, { beneficiaryId }) => {
  const account = accountOf(scope);
  const { state, receipt, result } = scope;
  const { receiverId: accountId } = receipt;
  if (usageWithoutContract(state, accountId, account) > MAX_DELETABLE_STORAGE) {
    return { DeleteAccountWithLargeState: { account_id: accountId } };
  }
  const burnt = gasKeyBalances(scope);
  if (burnt > MAX_BURNABLE_GAS_KEY_BALANCE) return gasKeyBalanceTooHigh(accountId, null, burnt);
  if (account.amount > 0n) result.newReceipts.push(depositRefund(beneficiaryId, account.amount));
  removeRows(scope);
  result.tokensBurnt += burnt;
  scope.account = null;
  scope.actorId = receipt.predecessorId;
  return null;
};

function gasKeyBalances({ state, receipt }: ActionScope): bigint {
  let sum = 0n;
  for (const id of accessKeyIds(state, receipt.receiverId)) {
    const accessKey = state.accessKeys.get(id);
    if (accessKey !== null) sum += gasKeyOf(accessKey.permission)?.balance ?? 0n;
  }
  return sum;
}

function removeRows({ state, receipt, result }: ActionScope): void {
  const { receiverId: accountId } = receipt;
  state.accounts.remove(accountId);
  state.code.remove(accountId);
  for (const id of gasKeyNonceIds(state, accountId)) {
    state.gasKeyNonces.remove(id);
    result.compute += nonceRemovalCompute(accountId, id.publicKey, 1);
  }
  for (const id of accessKeyIds(state, accountId)) state.accessKeys.remove(id);
  for (const id of dataIds(state, accountId)) state.data.remove(id);
}
