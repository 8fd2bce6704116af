/**
 * A contract VM that knows what happened: it gives the calls of a recorded receipt the gas, profile and
 * error that the node recorded. For calls that neither wrote to the state nor made receipts.
 * @module
 */
import { field, has, integer, type Json, list, text } from "@yoctonear/vectors";
import { ACTION_FEES } from "@yoctonear/vm";
import type { ActionScope } from "#localnet/runtime/action-scope";
import type { ContractVm } from "#localnet/runtime/contract-vm";
import { execFee } from "#localnet/runtime/fees";

/** Makes the VM of recorded outcomes, by receipt id. */
export function recordedVm(outcomes: ReadonlyMap<string, Json>): ContractVm {
  return {
    call: (scope, { deposit }) => {
      const { account, actionReceipt, actionIndex, receipt } = scope;
      const outcome = outcomes.get(receipt.receiptId);
      if (outcome === undefined) throw new Error(`no recorded outcome of ${receipt.receiptId}`);
      // The recording has sums only: the first call of the receipt gets them all.
      const first = actionReceipt.actions.findIndex(({ type }) => type === "functionCall");
      if (actionIndex === first) addCosts(scope, outcome);
      const failure = failureOf(outcome);
      if (failure !== null && integer(failure, "index") === BigInt(actionIndex)) {
        return field(failure, "kind");
      }
      if (account !== null) scope.account = { ...account, amount: account.amount + deposit };
      return null;
    },
  };
}

function addCosts({ actionReceipt, receipt, result }: ActionScope, outcome: Json): void {
  const failure = failureOf(outcome);
  const executed =
    failure === null ? actionReceipt.actions.length : Number(integer(failure, "index")) + 1;
  let burnt = integer(outcome, "gas_burnt") - ACTION_FEES.newActionReceipt.exec;
  for (const one of actionReceipt.actions.slice(0, executed))
    burnt -= execFee(one, receipt.receiverId);
  result.gasBurnt += burnt;
  result.gasUsed += burnt;
  result.gasBurntForFunctionCall += burnt;
  result.compute += burnt;
  for (const entry of list(outcome, "metadata", "gas_profile")) {
    result.profile.push({
      costCategory: text(entry, "cost_category"),
      cost: text(entry, "cost"),
      gasUsed: integer(entry, "gas_used"),
    });
  }
}

function failureOf(outcome: Json): Json | null {
  const status = field(outcome, "status");
  return has(status, "Failure") ? field(status, "Failure", "ActionError") : null;
}
