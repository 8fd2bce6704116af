/**
 * DeployContract: the code is not looked at before the first call
 * (`runtime/runtime/src/actions.rs` `action_deploy_contract`).
 * @module
 */
import { hashOf } from "../../chain/hash.ts";
import { withContract } from "../../state/account.ts";
import { usageWithoutContract } from "../account-contract.ts";
import { accountOf, type ApplyAction } from "../action-scope.ts";

export const applyDeployContract: ApplyAction<"deployContract"> = (scope, { code }) => {
  const account = accountOf(scope);
  const { state, receipt } = scope;
  const storageUsage =
    usageWithoutContract(state, receipt.receiverId, account) + BigInt(code.length);
  state.code.set(receipt.receiverId, code);
  scope.account = withContract({ ...account, storageUsage }, { type: "local", hash: hashOf(code) });
  return null;
};
