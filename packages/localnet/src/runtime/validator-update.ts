/**
 * Validators' accounts in the first block of an epoch (`runtime/runtime/src/lib.rs`
 * `update_validator_accounts`): rewards are locked, stake that is no longer needed comes back.
 * @module
 */
import type { StateUpdate } from "../state/state-update.ts";
import type { ValidatorUpdate } from "./context.ts";
import { internalError } from "./invariant.ts";

/** Writes the accounts of validators and of the treasury. */
export function updateValidators(state: StateUpdate, update: ValidatorUpdate): void {
  const { maxStakes, rewards, lastProposals, treasuryAccountId } = update;
  for (const [accountId, maxStake] of maxStakes) {
    const account = state.accounts.get(accountId);
    if (account === null) {
      if (maxStake > 0n) throw internalError(`the staking account ${accountId} is missing`);
      continue;
    }
    const locked = account.locked + (rewards.get(accountId) ?? 0n);
    if (locked < maxStake) throw internalError(`${accountId} has less locked than it staked`);
    const kept = max(maxStake, lastProposals.get(accountId) ?? 0n);
    // A proposal never exceeds what is locked: the rest was locked with it.
    const returned = locked - kept;
    if (returned < 0n) throw internalError(`${accountId} has less locked than it proposed`);
    state.accounts.set(accountId, {
      ...account,
      locked: locked - returned,
      amount: account.amount + returned,
    });
  }
  payTreasury(state, treasuryAccountId, update);
  state.commit({ type: "validatorAccountsUpdate" });
}

/** A treasury that is a validator has its reward among the validators'. */
function payTreasury(
  state: StateUpdate,
  accountId: string | null,
  { maxStakes, rewards }: ValidatorUpdate,
): void {
  if (accountId === null || maxStakes.has(accountId)) return;
  const account = state.accounts.get(accountId);
  const reward = rewards.get(accountId) ?? 0n;
  if (account !== null) {
    state.accounts.set(accountId, { ...account, amount: account.amount + reward });
  } else if (reward > 0n) {
    throw internalError(`the treasury ${accountId} is missing`);
  }
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
