/**
 * The actions by type.
 * @module
 */
import type { Action } from "@yoctonear/transactions";
import type { ActionErrorKind, ActionScope } from "../action-scope.ts";
import { applyAddKey } from "./add-key.ts";
import { applyCreateAccount } from "./create-account.ts";
import { applyDelegate } from "./delegate.ts";
import { applyDeleteAccount } from "./delete-account.ts";
import { applyDeleteKey } from "./delete-key.ts";
import { applyDeployContract } from "./deploy-contract.ts";
import { applyDeployGlobalContract } from "./deploy-global-contract.ts";
import { applyDeterministicStateInit } from "./deterministic-state-init.ts";
import { applyFunctionCall } from "./function-call.ts";
import { applyStake } from "./stake.ts";
import { applyTransfer } from "./transfer.ts";
import { applyTransferToGasKey } from "./transfer-to-gas-key.ts";
import { applyUniversalStateInit } from "./universal-state-init.ts";
import { applyUseGlobalContract } from "./use-global-contract.ts";
import { applyWithdrawFromGasKey } from "./withdraw-from-gas-key.ts";

/** Applies an action of any type; the checks that come before it are the caller's. */
export function runAction(scope: ActionScope, action: Action): ActionErrorKind | null {
  switch (action.type) {
    case "createAccount":
      return applyCreateAccount(scope, action);
    case "deployContract":
      return applyDeployContract(scope, action);
    case "functionCall":
      return applyFunctionCall(scope, action);
    case "transfer":
      return applyTransfer(scope, action);
    case "stake":
      return applyStake(scope, action);
    case "addKey":
      return applyAddKey(scope, action);
    case "deleteKey":
      return applyDeleteKey(scope, action);
    case "deleteAccount":
      return applyDeleteAccount(scope, action);
    case "delegate":
    case "delegateV2":
      return applyDelegate(scope, action);
    case "deployGlobalContract":
      return applyDeployGlobalContract(scope, action);
    case "useGlobalContract":
      return applyUseGlobalContract(scope, action);
    case "deterministicStateInit":
      return applyDeterministicStateInit(scope, action);
    case "universalStateInit":
      return applyUniversalStateInit(scope, action);
    case "transferToGasKey":
      return applyTransferToGasKey(scope, action);
    case "withdrawFromGasKey":
      return applyWithdrawFromGasKey(scope, action);
  }
}
