/**
 * WithdrawFromGasKey: moves from the balance of a gas key to that of the account
 * (`runtime/runtime/src/access_keys.rs` `action_withdraw_from_gas_key`).
 * @module
 */
import { gasKeyOf } from "../../state/access-key.ts";
import { gasKeyDoesNotExist } from "../action-errors.ts";
import { accountOf, type ApplyAction } from "../action-scope.ts";

export const applyWithdrawFromGasKey: ApplyAction<"withdrawFromGasKey"> = (
  scope,
  { publicKey, amount },
) => {
  const account = accountOf(scope);
  const { state, receipt } = scope;
  const id = { accountId: receipt.receiverId, publicKey };
  const accessKey = state.accessKeys.get(id);
  const gasKey = accessKey === null ? null : gasKeyOf(accessKey.permission);
  if (accessKey === null || gasKey === null) return gasKeyDoesNotExist(id.accountId, publicKey);
  if (gasKey.balance < amount) {
    return {
      InsufficientGasKeyBalance: {
        account_id: id.accountId,
        public_key: publicKey,
        balance: gasKey.balance.toString(),
        required: amount.toString(),
      },
    };
  }
  const balance = gasKey.balance - amount;
  state.accessKeys.set(id, { ...accessKey, permission: { ...gasKey, balance } });
  scope.account = { ...account, amount: account.amount + amount };
  return null;
};
