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
import type { SendOptions } from "./sender/options.ts";
import type { Outcome } from "./outcome/outcome.ts";
import { send } from "./sender/send.ts";

/**
 * Adds a key.
 * @param account - the key's account
 * @param publicKey - the key
 * @param permission - `fullAccess()`, `functionCallAccess(…)` or a gas key's
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { addKey, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { functionCallAccess } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const permission = functionCallAccess("app.near", { methods: ["vote"], allowance: "0.25 NEAR" });
 * await addKey(alice, chain.signer("other").publicKey, permission);
 * ```
 */
export function addKey<O extends Outcome>(
  account: SigningAccountRef<O>,
  publicKey: string,
  permission: AccessKeyPermission,
  options?: SendOptions,
): Promise<O> {
  return send(account, account.accountId, [addKeyAction(publicKey, permission)], options);
}

/**
 * Deletes a key. Deleting the last full-access key locks the account for good.
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { addKey, deleteKey, keys, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { fullAccess } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { publicKey } = chain.signer("other");
 * await addKey(alice, publicKey, fullAccess());
 * await deleteKey(alice, publicKey);
 * (await keys(alice)).length; // 1
 * ```
 */
export function deleteKey<O extends Outcome>(
  account: SigningAccountRef<O>,
  publicKey: string,
  options?: SendOptions,
): Promise<O> {
  return deleteKeys(account, [publicKey], options);
}

/**
 * Deletes several keys in one transaction: all or none.
 * @param publicKeys - 1 to 100 keys
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { addKey, deleteKeys, keys, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { fullAccess } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const publicKeys = ["one", "two"].map((name) => chain.signer(name).publicKey);
 * for (const publicKey of publicKeys) await addKey(alice, publicKey, fullAccess());
 * await deleteKeys(alice, publicKeys);
 * (await keys(alice)).length; // 1
 * ```
 */
export function deleteKeys<O extends Outcome>(
  account: SigningAccountRef<O>,
  publicKeys: readonly string[],
  options?: SendOptions,
): Promise<O> {
  return send(account, account.accountId, publicKeys.map(deleteKeyAction), options);
}
