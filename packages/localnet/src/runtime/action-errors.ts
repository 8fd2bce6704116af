/**
 * nearcore's errors that several actions share, in JSON.
 * @module
 */
import type { ActionErrorKind } from "./action-scope.ts";

/** The receiver does not exist. */
export function accountDoesNotExist(accountId: string): ActionErrorKind {
  return { AccountDoesNotExist: { account_id: accountId } };
}

/** The receiver is a universal account that waits for its state init. */
export function accountNotInitialized(accountId: string): ActionErrorKind {
  return { AccountNotInitialized: { account_id: accountId } };
}

/** Who acts may not change this account. */
export function actorNoPermission(accountId: string, actorId: string): ActionErrorKind {
  return { ActorNoPermission: { account_id: accountId, actor_id: actorId } };
}

/** The account's balance does not cover its storage. */
export function lackBalanceForState(accountId: string, missing: bigint): ActionErrorKind {
  return { LackBalanceForState: { account_id: accountId, amount: missing.toString() } };
}

/** There is no such gas key. */
export function gasKeyDoesNotExist(accountId: string, publicKey: string): ActionErrorKind {
  return { GasKeyDoesNotExist: { account_id: accountId, public_key: publicKey } };
}

/** A gas key holds more than may be burnt; without a key it is the sum of all. */
export function gasKeyBalanceTooHigh(
  accountId: string,
  publicKey: string | null,
  balance: bigint,
): ActionErrorKind {
  return {
    GasKeyBalanceTooHigh: {
      account_id: accountId,
      public_key: publicKey,
      balance: balance.toString(),
    },
  };
}
