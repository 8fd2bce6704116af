/**
 * Moving NEAR: to an account, into a stake, to and from a gas key.
 * @module
 */
import type { NearInput } from "@yoctonear/primitives";
import * as actions from "@yoctonear/transactions";
import type { SigningAccountRef } from "./account.ts";
import type { SendOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { send } from "./send.ts";

/**
 * Sends NEAR.
 * @param account - who sends
 * @param receiverId - who receives; an implicit account is created by it, any other must exist
 * @param amount - e.g. `"0.1 NEAR"`
 * @throws {TransactionError}
 */
export function transfer(
  account: SigningAccountRef,
  receiverId: string,
  amount: NearInput,
  options?: SendOptions,
): Promise<Outcome> {
  return send(account, receiverId, [actions.transfer(amount)], options);
}

/**
 * Stakes as a validator; 0 unstakes.
 * @param account - the validator
 * @param amount - the whole stake that is wanted, e.g. `"30,000 NEAR"` without the comma
 * @param publicKey - the validator's ed25519 key
 * @throws {TransactionError}
 */
export function stake(
  account: SigningAccountRef,
  amount: NearInput,
  publicKey: string,
  options?: SendOptions,
): Promise<Outcome> {
  return send(account, account.accountId, [actions.stake(amount, publicKey)], options);
}

/**
 * Moves NEAR from the account to the balance of one of its gas keys (NEP-611).
 * @throws {TransactionError}
 */
export function transferToGasKey(
  account: SigningAccountRef,
  publicKey: string,
  amount: NearInput,
  options?: SendOptions,
): Promise<Outcome> {
  return send(account, account.accountId, [actions.transferToGasKey(publicKey, amount)], options);
}

/**
 * Moves NEAR from the balance of a gas key back to its account (NEP-611).
 * @throws {TransactionError}
 */
export function withdrawFromGasKey(
  account: SigningAccountRef,
  publicKey: string,
  amount: NearInput,
  options?: SendOptions,
): Promise<Outcome> {
  return send(account, account.accountId, [actions.withdrawFromGasKey(publicKey, amount)], options);
}
