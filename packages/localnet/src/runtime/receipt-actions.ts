/**
 * Runs the actions of a receipt one after another: all of them, or none (`runtime/runtime/src/lib.rs`
 * `apply_action_receipt`, its first half).
 * @module
 */
import type { ContractReference } from "../chain/outcome.ts";
import type { Action } from "@yoctonear/transactions";
import { execFee } from "@yoctonear/transactions/cost";
import type { Account } from "../state/account.ts";
import { lackBalanceForState } from "./action-errors.ts";
import { checkPermission } from "./action-permission.ts";
import { createActionResult, mergeFailure, mergeSuccess } from "./action-result.ts";
import type { ActionErrorKind, ActionResult, ActionScope } from "./action-scope.ts";
import { runAction } from "./actions/index.ts";
import { DEPLOY_COMPUTE_BASE, DEPLOY_COMPUTE_PER_BYTE } from "./parameters.ts";
import { validateNewReceipt } from "./receipt-validation.ts";
import { missingStorageStake } from "./storage-stake.ts";

/** Why a receipt failed; the place is null where the account lacks storage stake in the end. */
export interface ActionFailure {
  readonly index: number | null;
  readonly kind: ActionErrorKind;
}

/** How the actions ended, and which contract the receiver had before each. */
interface ActionsEnding {
  readonly failure: ActionFailure | null;
  readonly contracts: readonly ContractReference[];
}

/** Compute of the exec fee: that of gas, but for deploying, which compiles the code. */
function execCompute(action: Action, gas: bigint): bigint {
  if (action.type !== "deployContract") return gas;
  return DEPLOY_COMPUTE_BASE + BigInt(action.code.length) * DEPLOY_COMPUTE_PER_BYTE;
}

/** Runs the actions and writes the receiver's account; the state is to be rolled back on failure. */
export function runActions(scope: ActionScope, total: ActionResult): ActionsEnding {
  const { actions } = scope.actionReceipt;
  const { protocolVersion } = scope.context;
  const contracts: ContractReference[] = actions.map(() => null);
  for (const [index, action] of actions.entries()) {
    contracts[index] = contractReference(scope.account);
    const fee = execFee(action, scope.receipt.receiverId, protocolVersion);
    const result = createActionResult(fee, execCompute(action, fee));
    scope.result = result;
    scope.actionIndex = index;
    const kind = runOne(scope, action, result);
    if (kind !== null) {
      mergeFailure(total, result);
      return { failure: { index, kind }, contracts };
    }
    mergeSuccess(total, result);
  }
  const { account, receipt } = scope;
  if (account === null) return { failure: null, contracts };
  const missing = missingStorageStake(account);
  if (missing > 0n) {
    mergeFailure(total, null);
    const kind = lackBalanceForState(receipt.receiverId, missing);
    return { failure: { index: null, kind }, contracts };
  }
  scope.state.accounts.set(receipt.receiverId, account);
  return { failure: null, contracts };
}

function runOne(scope: ActionScope, action: Action, result: ActionResult): ActionErrorKind | null {
  const kind = checkPermission(scope, action) ?? runAction(scope, action);
  if (kind !== null) return kind;
  for (const receipt of result.newReceipts) {
    const error = validateNewReceipt(receipt, scope.context.protocolVersion);
    if (error !== null) return { NewReceiptValidationError: error };
  }
  return null;
}

function contractReference(account: Account | null): ContractReference {
  const contract = account?.contract;
  switch (contract?.type) {
    case "local":
      return { type: "local", hash: contract.hash };
    case "global":
      return { type: "globalHash", hash: contract.hash };
    case "globalByAccount":
      return { type: "globalAccountId", accountId: contract.accountId };
    default:
      return null;
  }
}
