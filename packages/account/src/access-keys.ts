/**
 * Adding and deleting the keys of an account. What a key may do is always said.
 * @module
 */
import {
  type AccessKeyPermission,
  addKey as addKeyAction,
  deleteKey as deleteKeyAction,
} from "@yoctonear/transactions";
import type { SigningAccountRef } from "./account.ts";
import type { SendOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { send } from "./send.ts";

/**
 * Adds a key.
 * @param account - the key's account
 * @param publicKey - the key
 * @param permission - `fullAccess()`, `functionCallAccess(…)` or a gas key's
 * @throws {TransactionError}
 */
export function addKey(
  account: SigningAccountRef,
  publicKey: string,
  permission: AccessKeyPermission,
  options?: SendOptions,
): Promise<Outcome> {
  return send(account, account.accountId, [addKeyAction(publicKey, permission)], options);
}

/**
 * Deletes a key. Deleting the last full-access key locks the account for good.
 * @throws {TransactionError}
 */
export function deleteKey(
  account: SigningAccountRef,
  publicKey: string,
  options?: SendOptions,
): Promise<Outcome> {
  return deleteKeys(account, [publicKey], options);
}

/**
 * Deletes several keys in one transaction: all or none.
 * @param publicKeys - 1 to 100 keys
 * @throws {TransactionError}
 */
export function deleteKeys(
  account: SigningAccountRef,
  publicKeys: readonly string[],
  options?: SendOptions,
): Promise<Outcome> {
  return send(account, account.accountId, publicKeys.map(deleteKeyAction), options);
}
