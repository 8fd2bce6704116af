/**
 * Results of actions, and how they add up to that of a receipt (nearcore `ActionResult::merge`).
 * @module
 */
import type { GasProfileEntry } from "../chain/outcome.ts";
import type { ActionResult, ReturnData } from "./action-scope.ts";

/** The result of something that has only cost its fee so far. */
export function createActionResult(gas: bigint, compute: bigint): ActionResult {
  return {
    gasBurnt: gas,
    gasBurntForFunctionCall: 0n,
    gasUsed: gas,
    compute,
    logs: [],
    newReceipts: [],
    validatorProposals: [],
    tokensBurnt: 0n,
    subsidized: 0n,
    profile: [],
    returned: { type: "none" },
  };
}

/** Adds an action's result: gas, logs and compute count in any case, the last return value stands. */
export function mergeSuccess(total: ActionResult, result: ActionResult): void {
  total.returned = shifted(result.returned, total.newReceipts.length);
  mergeCosts(total, result);
  total.newReceipts.push(...result.newReceipts);
  total.validatorProposals.push(...result.validatorProposals);
  total.tokensBurnt += result.tokensBurnt;
  total.subsidized += result.subsidized;
}

/** Adds a failed action's result: what the receipt would have made is dropped, gas and logs count. */
export function mergeFailure(total: ActionResult, result: ActionResult | null): void {
  if (result !== null) mergeCosts(total, result);
  total.newReceipts = [];
  total.validatorProposals = [];
  total.tokensBurnt = 0n;
  total.subsidized = 0n;
}

function mergeCosts(total: ActionResult, result: ActionResult): void {
  total.gasBurnt += result.gasBurnt;
  total.gasBurntForFunctionCall += result.gasBurntForFunctionCall;
  total.gasUsed += result.gasUsed;
  total.compute += result.compute;
  total.logs.push(...result.logs);
  if (total.profile.length === 0) {
    total.profile.push(...result.profile);
    return;
  }
  for (const entry of result.profile) addToProfile(total.profile, entry);
  total.profile.sort(byName);
}

/** Adds to the profile's line of the same cost, or a line. */
function addToProfile(profile: GasProfileEntry[], entry: GasProfileEntry): void {
  const place = profile.findIndex(
    ({ costCategory, cost }) => costCategory === entry.costCategory && cost === entry.cost,
  );
  const old = profile[place];
  if (old === undefined) profile.push(entry);
  else profile[place] = { ...old, gasUsed: old.gasUsed + entry.gasUsed };
}

/** By category, then by cost, as a node shows it. */
function byName(a: GasProfileEntry, b: GasProfileEntry): number {
  const [one, other] = [a, b].map(({ costCategory, cost }) => `${costCategory} ${cost}`);
  if (one === undefined || other === undefined || one === other) return 0;
  return one < other ? -1 : 1;
}

function shifted(returned: ReturnData, by: number): ReturnData {
  return returned.type === "receiptIndex" ? { ...returned, index: returned.index + by } : returned;
}
