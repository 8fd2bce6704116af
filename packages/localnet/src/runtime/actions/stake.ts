/**
 * Stake: proposes a stake for the epoch after next; what is missing is locked at once
 * (`runtime/runtime/src/actions.rs` `action_stake`).
 * @module
 */
import { accountOf, type ApplyAction } from "../action-scope.ts";

export const applyStake: ApplyAction<"stake"> = (scope, { stake, publicKey }) => {
  const account = accountOf(scope);
  const { receiverId: accountId } = scope.receipt;
  const { minimumStake } = scope.context;
  const increment = stake > account.locked ? stake - account.locked : 0n;
  if (account.amount < increment) {
    return {
      TriesToStake: {
        account_id: accountId,
        stake: stake.toString(),
        locked: account.locked.toString(),
        balance: account.amount.toString(),
      },
    };
  }
  if (account.locked === 0n && stake === 0n) return { TriesToUnstake: { account_id: accountId } };
  if (stake > 0n && stake < minimumStake) {
    return {
      InsufficientStake: {
        account_id: accountId,
        stake: stake.toString(),
        minimum_stake: minimumStake.toString(),
      },
    };
  }
  scope.result.validatorProposals.push({ accountId, publicKey, stake });
  if (stake > account.locked) {
    scope.account = { ...account, amount: account.amount - increment, locked: stake };
  }
  return null;
};
