/**
 * UseGlobalContract (`runtime/runtime/src/global_contracts.rs` `action_use_global_contract`).
 * @module
 */
import { useGlobalContract } from "../account-contract.ts";
import { accountOf, type ApplyAction } from "../action-scope.ts";

export const applyUseGlobalContract: ApplyAction<"useGlobalContract"> = (
  scope,
  { contractIdentifier },
) => {
  const { account, error } = useGlobalContract(scope, accountOf(scope), contractIdentifier);
  scope.account = account;
  return error;
};
