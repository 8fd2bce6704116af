/**
 * What the state inits of a transaction hold, which fees and limits go by.
 * @module
 */
import type { Action } from "../action.ts";
import type { StateInitCounts } from "../check-actions.ts";
import { universalStateInitCounts } from "./fees.ts";
import { isDelegate } from "./transaction-cost.ts";

/** Keys and storage entries of all state inits, those in delegates included. */
export function stateInitCounts(actions: readonly Action[]): StateInitCounts {
  let [keys, entries] = [0, 0];
  for (const action of actions) {
    if (action.type === "deterministicStateInit") entries += action.stateInit.data.size;
    if (!isDelegate(action) && action.type !== "universalStateInit") continue;
    const counts = isDelegate(action)
      ? stateInitCounts(action.delegateAction.actions)
      : universalStateInitCounts(action.stateInit);
    keys += counts.keys;
    entries += counts.entries;
  }
  return { keys, entries };
}
