/**
 * Changing the key of an account, and finding the one that fits.
 * @module
 */
import { NearError } from "@yoctonear/base";
import type { Signer } from "@yoctonear/keys";
import type { AccessKeyPermissionView } from "@yoctonear/rpc";
import { fullAccess } from "@yoctonear/transactions";
import { addKey, deleteKey } from "./access-keys.ts";
import { type AccountRef, signingAccount, type SigningAccountRef } from "./account.ts";
import { assertSendOptions, WAIT_OPTIONS, type WaitOptions } from "./sender/options.ts";
import { key, type ReadOptions } from "./reads.ts";

/**
 * Replaces the key that signs for an account by another one, with full access like itself. The new key
 * signs the transaction that deletes the old one, so the old one goes only if the new one works: after
 * any error but `unknown_outcome` the old key is still there. Called again it goes on where it stopped.
 * @param account - with the old key, a full-access key
 * @param signer - of the new key
 * @param options - those of each of the two transactions
 * @returns the account with the new key, and the journal that it had
 * @throws {NearError} `no_signer` for the account of a wallet, `not_full_access` where the old key, or
 *   the new one if it is there already, may not do everything
 * @throws {TransactionError} `rejected` with `InvalidSignature` where the new key's signer does not
 *   have its secret
 * @example
 * ```ts
 * import { keys, rotateKey, signingAccount, transfer } from "@yoctonear/account";
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const old = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const alice = await rotateKey(old, randomEd25519KeyPair());
 * await transfer(alice, "bob.near", "1 NEAR");
 * (await keys(alice)).length; // 1
 * ```
 */
export async function rotateKey(
  account: SigningAccountRef,
  signer: Signer,
  options: WaitOptions = {},
): Promise<SigningAccountRef> {
  assertSendOptions(options, WAIT_OPTIONS);
  const { transport, accountId, publicKey: oldKey, journal } = account;
  const { publicKey: newKey } = signer;
  if (oldKey === undefined) {
    throw new NearError("no_signer", `expected a key of ${accountId} to replace, got a wallet`);
  }
  if (newKey === oldKey) throw new RangeError(`expected another key than ${oldKey}`);
  const [before, present] = await Promise.all([key(account, oldKey), key(account, newKey)]);
  if (present !== null) assertFullAccess(newKey, present.permission);
  const renewed = signingAccount(transport, accountId, signer, { journal });
  // By an earlier call
  if (before === null && present !== null) return renewed;
  assertFullAccess(oldKey, before?.permission);
  if (present === null) await addKey(account, newKey, fullAccess(), options);
  await deleteKey(renewed, oldKey, options);
  return renewed;
}

function assertFullAccess(
  publicKey: string,
  permission: AccessKeyPermissionView | undefined,
): void {
  if (permission === "FullAccess") return;
  const got = permission === undefined ? "none" : Object.keys(permission).join();
  throw new NearError("not_full_access", `expected full access of ${publicKey}, got ${got}`);
}

/** A signer whose key an account has. */
export interface WorkingKey<S extends { readonly publicKey: string } = Signer> {
  readonly signer: S;
  readonly permission: AccessKeyPermissionView;
}

/**
 * Finds which of several keys an account has, in the order given. Asks for each key by itself, so that
 * post-quantum keys, which the list of keys names by their hash, are found too.
 * @param account - whose keys
 * @param signers - signers, or anything with a public key
 * @param options - `block` to read at; the newest by default
 * @throws {RpcError} for anything but a missing key
 * @example
 * ```ts
 * import { workingKeys } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const alice = { transport: chain.transport, accountId: "alice.near" };
 * const mine = [chain.signer("bob.near"), chain.signer("alice.near")];
 * const [found] = await workingKeys(alice, mine);
 * found?.signer === mine[1] && found?.permission; // "FullAccess"
 * ```
 */
export async function workingKeys<S extends { readonly publicKey: string }>(
  account: AccountRef,
  signers: readonly S[],
  options?: ReadOptions,
): Promise<readonly WorkingKey<S>[]> {
  const found = await Promise.all(
    signers.map(async (signer) => {
      const view = await key(account, signer.publicKey, options);
      return view === null ? [] : [{ signer, permission: view.permission }];
    }),
  );
  return found.flat();
}
