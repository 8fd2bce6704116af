/**
 * Deterministic accounts (NEP-616): their id follows from their contract and first state.
 * @module
 */
import type { NearInput } from "@yoctonear/primitives";
import { deterministicStateInit, type GlobalContractReference } from "@yoctonear/transactions";
import type { SigningAccountRef } from "./account.ts";
import type { SendOptions } from "./sender/options.ts";
import type { Outcome } from "./outcome/outcome.ts";
import { send } from "./sender/send.ts";

/** What a deterministic account is made of. */
export interface StateInitOptions extends SendOptions {
  /** The global contract it uses. */
  readonly code: GlobalContractReference;
  /** First entries of its storage; none by default. */
  readonly data?: ReadonlyMap<Uint8Array, Uint8Array> | undefined;
  /** NEAR for its storage; what it does not need comes back. None by default. */
  readonly deposit?: NearInput | undefined;
}

/**
 * Brings the deterministic account of a contract and a first state to life; anybody may.
 * @param account - who pays
 * @param accountId - the id that follows from the same code and data, by `stateInitAccountId` of
 *   `@yoctonear/transactions`; given and not derived here, since deriving it weighs 1.3 kB (Keccak).
 *   A node refuses any other
 * @param options - code, data, deposit, and those of sending
 * @throws {LimitError} `InvalidDeterministicStateInitReceiver` for an id that is not of that kind
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { signingAccount, stateInit, TransactionError } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { deterministicStateInit, stateInitAccountId } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const code = { account: "ft.near" };
 * const accountId = stateInitAccountId(deterministicStateInit({ code }).stateInit);
 * // No such global contract on a fresh chain
 * const error = await stateInit(alice, accountId, { code, deposit: "0.1 NEAR" }).catch((e) => e);
 * error instanceof TransactionError && error.kind; // "GlobalContractDoesNotExist"
 * ```
 */
export async function stateInit<O extends Outcome>(
  account: SigningAccountRef<O>,
  accountId: string,
  { code, data, deposit, ...options }: StateInitOptions,
): Promise<O> {
  return send(account, accountId, [deterministicStateInit({ code, data }, { deposit })], options);
}
