/**
 * Creating and deleting accounts.
 * @module
 */
import { NearError, ParseError, showValue } from "@yoctonear/base";
import { isSubAccountOf, type NearInput, parseNear } from "@yoctonear/primitives";
import * as actions from "@yoctonear/transactions";
import type { SigningAccountRef } from "./account.ts";
import { assertOptions, type SendOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { exists } from "./reads.ts";
import { send } from "./send.ts";

/** What a new account starts with. */
export interface NewAccount {
  /** Key that gets full access. */
  readonly publicKey: string;
  /** Its first balance; none by default, which is enough for a few keys (NEP-448). */
  readonly balance?: NearInput | undefined;
}

/**
 * Creates a sub-account: only the direct parent can.
 * @param account - the parent, who pays
 * @param accountId - e.g. `app.alice.near` under `alice.near`
 * @param newAccount - its key and balance
 * @throws {ParseError} `invalid_account_id` when it is no direct sub-account
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { createAccount, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { publicKey } = chain.signer("app.alice.near");
 * await createAccount(alice, "app.alice.near", { publicKey, balance: "1 NEAR" });
 * ```
 */
export async function createAccount(
  account: SigningAccountRef,
  accountId: string,
  newAccount: NewAccount,
  options?: SendOptions,
): Promise<Outcome> {
  assertOptions(newAccount, ["publicKey", "balance"], "a new account");
  if (!isSubAccountOf(accountId, account.accountId)) {
    throw new ParseError(
      "invalid_account_id",
      `expected a direct sub-account of ${account.accountId}, got ${showValue(accountId)}`,
    );
  }
  const balance = parseNear(newAccount.balance ?? 0n);
  return send(
    account,
    accountId,
    [
      actions.createAccount(),
      ...(balance > 0n ? [actions.transfer(balance)] : []),
      actions.addKey(newAccount.publicKey, actions.fullAccess()),
    ],
    options,
  );
}

/** Where the money of a deleted account goes. */
export interface DeleteAccountOptions extends SendOptions {
  /** Gets the remaining balance; must exist, or the balance is burnt. */
  readonly beneficiaryId: string;
}

/**
 * Deletes the account; its balance goes to the beneficiary. The beneficiary is looked up first, since
 * the chain burns the balance where there is none.
 * @param account - the account, of at most 10,000 bytes of state and without a stake
 * @throws {NearError} `unknown_beneficiary`
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { deleteAccount, exists, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * await deleteAccount(alice, { beneficiaryId: "bob.near" });
 * await exists(alice); // false
 * ```
 */
export async function deleteAccount(
  account: SigningAccountRef,
  { beneficiaryId, ...options }: DeleteAccountOptions,
): Promise<Outcome> {
  const { transport, accountId } = account;
  const action = actions.deleteAccount(beneficiaryId);
  if (beneficiaryId === accountId) {
    throw new NearError(
      "unknown_beneficiary",
      "expected another account as beneficiary, got itself",
    );
  }
  if (!(await exists({ transport, accountId: beneficiaryId }, { signal: options.signal }))) {
    throw new NearError(
      "unknown_beneficiary",
      `expected a beneficiary that exists, got ${beneficiaryId}: the balance would be burnt`,
    );
  }
  return send(account, accountId, [action], options);
}
