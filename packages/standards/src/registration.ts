/**
 * Registration (NEP-145): an account has to be registered with most tokens before it can receive them, at the price that the
 * contract itself tells.
 * @module
 */
import {
  type Outcome,
  type ReadOptions,
  send,
  type SendOptions,
  type SigningAccountRef,
} from "@yoctonear/account";
import { formatNear, type NearInput, parseNear } from "@yoctonear/primitives";
import { type FunctionCall, functionCall } from "@yoctonear/transactions";
import { isMethodMissing, type Network } from "./answer.ts";
import { type StorageBalance, storageBalance, storageBounds } from "./storage.ts";
import { TokenError } from "./token-error.ts";
import { assertOptions } from "./transfer-options.ts";

/** How much a registration may cost. */
export interface RegistrationOptions {
  /**
   * At most so much is paid to register an account; `"0.1 NEAR"` unless told. Most tokens ask 0.00125 NEAR; what is paid is what
   * the contract asks, never more.
   */
  readonly maxRegistration?: NearInput | undefined;
}

/** How an account is unregistered. */
export interface UnregisterOptions extends SendOptions {
  /** Burns the tokens that are left; without it the contract refuses while there are any. */
  readonly force?: boolean | undefined;
}

const MAX_REGISTRATION = "0.1 NEAR";

/**
 * Tells whether an account can receive tokens as it is: it is registered, or the contract knows no registration.
 * @param near - what `connect` returned, or anything with a transport
 * @param contractId - account of the contract
 * @param accountId - who would receive
 * @throws {TokenError} `unexpected_answer`
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { isRegistered } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "usdt.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals: 6 };
 * const init = { owner_id: "alice.near", total_supply: "1000000000", metadata };
 * const contract = near.account("usdt.near", chain.signer("usdt.near"));
 * await contract.deploy(await loadContract("fungible-token"), { init: functionCall("new", init) });
 * await isRegistered(near, "usdt.near", "alice.near"); // true
 * await isRegistered(near, "usdt.near", "bob.near"); // false
 * ```
 */
export async function isRegistered(
  near: Network,
  contractId: string,
  accountId: string,
  options?: ReadOptions,
): Promise<boolean> {
  return (await registrationPrice(near, contractId, accountId, options)) === null;
}

/**
 * Registers an account with a contract, for the least that the contract asks.
 * @param account - who pays
 * @param contractId - account of the contract
 * @param accountId - who is registered
 * @param options - `maxRegistration`, and those of sending
 * @returns null where there is nothing to do, and nothing was sent
 * @throws {TokenError} `registration_too_expensive`, `unexpected_answer`
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { storageRegister } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "usdt.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals: 6 };
 * const init = { owner_id: "alice.near", total_supply: "1000000000", metadata };
 * const contract = near.account("usdt.near", chain.signer("usdt.near"));
 * await contract.deploy(await loadContract("fungible-token"), { init: functionCall("new", init) });
 * await storageRegister(alice, "usdt.near", "bob.near", { maxRegistration: "0.01 NEAR" });
 * await storageRegister(alice, "usdt.near", "bob.near"); // null
 * ```
 */
export async function storageRegister<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
  accountId: string,
  options: SendOptions & RegistrationOptions = {},
): Promise<O | null> {
  assertOptions(options, "a registration");
  const { maxRegistration, ...sending } = options;
  const reading = { maxRegistration, signal: sending.signal };
  const { actions } = await registrationOf(account, contractId, accountId, reading);
  return actions.length === 0 ? null : send(account, contractId, actions, sending);
}

/**
 * Gives up the registration of the account itself; what it has paid comes back.
 * @param account - whose registration
 * @param contractId - account of the contract
 * @param options - `force`, and those of sending
 * @returns an outcome whose `value` is false where the account was not registered
 * @throws {TransactionError} `failed` also where tokens are left and `force` is not set
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { storageUnregister } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "usdt.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals: 6 };
 * const init = { owner_id: "alice.near", total_supply: "1000000000", metadata };
 * const contract = near.account("usdt.near", chain.signer("usdt.near"));
 * await contract.deploy(await loadContract("fungible-token"), { init: functionCall("new", init) });
 * (await storageUnregister(alice, "usdt.near", { force: true })).value; // true
 * ```
 */
export async function storageUnregister<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
  options: UnregisterOptions = {},
): Promise<O> {
  assertOptions(options, "unregistering");
  const { force, ...sending } = options;
  // Tokens are burnt for true alone, not for what a contract may take for it.
  if (force !== undefined && typeof force !== "boolean") {
    throw new TypeError(`expected force as a boolean, got ${typeof force}`);
  }
  const action = functionCall("storage_unregister", { force }, { deposit: 1n });
  return send(account, contractId, [action], sending);
}

/** What has to be done before an account can receive tokens. */
export interface Registration {
  /** None, or one. */
  readonly actions: readonly FunctionCall[];
  /** yoctoNEAR attached to it. */
  readonly price: bigint;
}

/** Finds out what has to be done before an account can receive tokens. */
export async function registrationOf(
  near: Network,
  contractId: string,
  accountId: string,
  { maxRegistration = MAX_REGISTRATION, signal }: RegistrationOptions & ReadOptions,
): Promise<Registration> {
  const limit = parseNear(maxRegistration);
  const price = await registrationPrice(near, contractId, accountId, { signal });
  if (price === null) return { actions: [], price: 0n };
  if (price > limit) {
    throw new TokenError(
      "registration_too_expensive",
      contractId,
      `expected a registration of ${accountId} for at most ${formatNear(limit)} (maxRegistration), got a price of ${formatNear(price)}`,
    );
  }
  const args = { account_id: accountId, registration_only: true };
  return { actions: [functionCall("storage_deposit", args, { deposit: price })], price };
}

/** Null where the account can receive tokens as it is. */
async function registrationPrice(
  near: Network,
  contractId: string,
  accountId: string,
  options?: ReadOptions,
): Promise<bigint | null> {
  let balance: StorageBalance | null;
  try {
    balance = await storageBalance(near, contractId, accountId, options);
  } catch (cause) {
    if (isMethodMissing(cause)) return null;
    throw cause;
  }
  if (balance !== null && balance.total > 0n) return null;
  const { min } = await storageBounds(near, contractId, options).catch((cause: unknown) => {
    if (!isMethodMissing(cause)) throw cause;
    const message = `expected a price of the registration of ${accountId}, got no storage_balance_bounds`;
    throw new TokenError("unexpected_answer", contractId, message, { cause });
  });
  // Some contracts answer zeros for whoever is not registered.
  return balance !== null && min === 0n ? null : min;
}
