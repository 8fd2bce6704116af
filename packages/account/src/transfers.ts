/**
 * Moving NEAR: to an account, into a stake, to and from a gas key.
 * @module
 */
import type { NearInput } from "@yoctonear/primitives";
import * as actions from "@yoctonear/transactions";
import type { SigningAccountRef } from "./account.ts";
import type { SendOptions } from "./sender/options.ts";
import type { Outcome } from "./outcome/outcome.ts";
import { send } from "./sender/send.ts";

/**
 * Sends NEAR.
 * @param account - who sends
 * @param receiverId - who receives; an implicit account is created by it, any other must exist
 * @param amount - e.g. `"0.1 NEAR"`
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * (await transfer(alice, "bob.near", "0.1 NEAR")).failure; // undefined
 * ```
 */
export function transfer<O extends Outcome>(
  account: SigningAccountRef<O>,
  receiverId: string,
  amount: NearInput,
  options?: SendOptions,
): Promise<O> {
  return send(account, receiverId, [actions.transfer(amount)], options);
}

/**
 * Stakes as a validator; 0 unstakes.
 * @param account - the validator
 * @param amount - the whole stake that is wanted, e.g. `"30,000 NEAR"` without the comma
 * @param publicKey - the validator's ed25519 key
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { signingAccount, stake, TransactionError } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const error = await stake(alice, "1 NEAR", chain.signer("alice.near").publicKey).catch((e) => e);
 * error instanceof TransactionError && error.kind; // "InsufficientStake"
 * ```
 */
export function stake<O extends Outcome>(
  account: SigningAccountRef<O>,
  amount: NearInput,
  publicKey: string,
  options?: SendOptions,
): Promise<O> {
  return send(account, account.accountId, [actions.stake(amount, publicKey)], options);
}

/**
 * Moves NEAR from the account to the balance of one of its gas keys (NEP-611).
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { addKey, signingAccount, transferToGasKey, withdrawFromGasKey } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { gasKeyFullAccess } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { publicKey } = chain.signer("gas.near");
 * await addKey(alice, publicKey, gasKeyFullAccess({ numNonces: 4 }));
 * await transferToGasKey(alice, publicKey, "1 NEAR");
 * ```
 */
export function transferToGasKey<O extends Outcome>(
  account: SigningAccountRef<O>,
  publicKey: string,
  amount: NearInput,
  options?: SendOptions,
): Promise<O> {
  return send(account, account.accountId, [actions.transferToGasKey(publicKey, amount)], options);
}

/**
 * Moves NEAR from the balance of a gas key back to its account (NEP-611).
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { addKey, signingAccount, transferToGasKey, withdrawFromGasKey } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { gasKeyFullAccess } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { publicKey } = chain.signer("gas.near");
 * await addKey(alice, publicKey, gasKeyFullAccess({ numNonces: 4 }));
 * await transferToGasKey(alice, publicKey, "1 NEAR");
 * await withdrawFromGasKey(alice, publicKey, "0.5 NEAR");
 * ```
 */
export function withdrawFromGasKey<O extends Outcome>(
  account: SigningAccountRef<O>,
  publicKey: string,
  amount: NearInput,
  options?: SendOptions,
): Promise<O> {
  return send(account, account.accountId, [actions.withdrawFromGasKey(publicKey, amount)], options);
}
