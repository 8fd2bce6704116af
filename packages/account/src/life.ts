/**
 * Creating and deleting accounts.
 * @module
 */
import { NearError, ParseError, showValue } from "@yoctonear/base";
import {
  isAccountId,
  isSubAccountOf,
  isTopLevelAccountId,
  type NearInput,
  parentAccountId,
  parseNear,
} from "@yoctonear/primitives";
import * as actions from "@yoctonear/transactions";
import type { SigningAccountRef } from "./account.ts";
import { assertOptions, type SendOptions } from "./sender/options.ts";
import { type Outcome, readFailure } from "./outcome/outcome.ts";
import { exists } from "./reads.ts";
import { send } from "./sender/send.ts";
import { TransactionError } from "./errors/transaction-error.ts";

/** What a new account starts with. */
export interface NewAccount {
  /** Key that gets full access. */
  readonly publicKey: string;
  /** Its first balance; none by default, which is enough for a few keys (NEP-448). */
  readonly balance?: NearInput | undefined;
}

/** The registrar creates, adds a key, and calls itself back: of some 45 Tgas what is not used returns. */
const REGISTRAR_GAS = 100_000_000_000_000n;

/**
 * Creates a named account: under the account itself, or under a top-level account as `near` and
 * `testnet` are, whose contract creates accounts for everybody (`create_account`).
 * @param account - who pays; for a sub-account its direct parent
 * @param accountId - `app.alice.near` under `alice.near`, or e.g. `bob.near`
 * @param newAccount - its key and balance
 * @throws {ParseError} `invalid_account_id` when it is neither
 * @throws {TransactionError} `failed` also when the registrar answers that it did not create the
 *   account, and has returned the balance; `kind` is then why not, e.g. `AccountAlreadyExists`
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
export async function createAccount<O extends Outcome>(
  account: SigningAccountRef<O>,
  accountId: string,
  newAccount: NewAccount,
  options?: SendOptions,
): Promise<O> {
  assertOptions(newAccount, ["publicKey", "balance"], "a new account");
  const { publicKey } = newAccount;
  const balance = parseNear(newAccount.balance ?? 0n);
  // Checked also where it becomes an argument of the registrar: it may be a secret key (P23).
  const keyAction = actions.addKey(publicKey, actions.fullAccess());
  if (isSubAccountOf(accountId, account.accountId)) {
    const funds = balance > 0n ? [actions.transfer(balance)] : [];
    return send(account, accountId, [actions.createAccount(), ...funds, keyAction], options);
  }
  const registrarId = isAccountId(accountId) ? parentAccountId(accountId) : null;
  if (registrarId === null || !isTopLevelAccountId(registrarId)) {
    throw new ParseError(
      "invalid_account_id",
      `expected a direct sub-account of ${account.accountId} or a name under a top-level account, got ${showValue(accountId)}`,
    );
  }
  const call = actions.functionCall(
    "create_account",
    { new_account_id: accountId, new_public_key: keyAction.publicKey },
    { gas: REGISTRAR_GAS, deposit: balance },
  );
  const outcome = await send(account, registrarId, [call], options);
  if (outcome.value !== false) return outcome;
  // The receipt that was to create it says why.
  const reason = (outcome.response.receipts_outcome ?? [])
    .map((receipt) => readFailure(receipt.outcome.status))
    .find((failure) => failure !== undefined);
  const { hash } = outcome;
  throw new TransactionError(
    "failed",
    `transaction ${hash} failed: ${registrarId} did not create ${accountId}: ${reason?.description ?? "it answered false"}`,
    {
      hash,
      signerId: account.accountId,
      kind: reason?.kind,
      data: reason?.fields,
      outcome,
    },
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
export async function deleteAccount<O extends Outcome>(
  account: SigningAccountRef<O>,
  { beneficiaryId, ...options }: DeleteAccountOptions,
): Promise<O> {
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
