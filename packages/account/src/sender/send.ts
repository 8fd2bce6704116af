/**
 * Sending: actions as one transaction, many transactions at once, and what was signed elsewhere.
 * @module
 */
import { NearError } from "@yoctonear/base";
import { assertAccountId } from "@yoctonear/primitives";
import { type Transport, tx } from "@yoctonear/rpc";
import type { Action, SignedTransaction, Transaction } from "@yoctonear/transactions";
import type { AccountRef, SigningAccountRef } from "../account.ts";
import { within } from "./deadline.ts";
import {
  assertSendOptions,
  DEFAULT_WAIT,
  type PrepareOptions,
  type SendOptions,
  type StatusOptions,
  WAIT_OPTIONS,
  type WaitOptions,
} from "./options.ts";
import { type Outcome, readOutcome } from "../outcome/outcome.ts";
import { prepareTransaction } from "./prepare.ts";
import { startSending } from "./sending.ts";
import { outcomeOf, settle } from "./settle.ts";

/**
 * Signs and sends actions as one transaction, all or nothing, once.
 * @param account - who acts and pays
 * @param receiverId - on whom the actions act
 * @param actions - executed in order
 * @param options - level to wait for, time, signal
 * @throws {TransactionError} when it did not end well; it carries the hash. After any other error
 *   nothing was sent
 * @example
 * ```ts
 * import { send, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const outcome = await send(alice, "bob.near", [transfer("1 NEAR"), transfer("2 NEAR")]);
 * outcome.gasBurnt > 0n; // true
 * ```
 */
export async function send<O extends Outcome>(
  account: SigningAccountRef<O>,
  receiverId: string,
  actions: readonly Action[],
  options: SendOptions = {},
): Promise<O> {
  assertSendOptions(options);
  assertAccountId(receiverId, "receiver id");
  if (options.reference !== undefined && account.journal === undefined) {
    throw new TypeError(`expected a journal for the reference ${options.reference}, got none`);
  }
  options.signal?.throwIfAborted();
  const wait = options.wait ?? DEFAULT_WAIT;
  // As they are now, whatever the caller does with the list while it waits.
  const request = { ...options, wait, receiverId, actions: [...actions] };
  return outcomeOf(await account.executor.execute(request), account.readOutcome);
}

/** One of many transactions. */
export interface SendItem extends SendOptions {
  /** On whom the actions act. */
  readonly receiverId: string;
  /** Executed in order, all or nothing. */
  readonly actions: readonly Action[];
}

/**
 * Sends many transactions at once, in parallel as far as the account has keys, and waits for all. A
 * failure hides nothing of the others.
 * @param account - who acts and pays
 * @param items - the transactions
 * @returns for each, in the order given, what `Promise.allSettled` gives
 * @example
 * ```ts
 * import { sendAll, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const results = await sendAll(alice, [
 *   { receiverId: "bob.near", actions: [transfer("1 NEAR")] },
 *   { receiverId: "nobody.near", actions: [transfer("1 NEAR")] },
 * ]);
 * results.map(({ status }) => status); // ["fulfilled", "rejected"]
 * ```
 */
export function sendAll<O extends Outcome>(
  account: SigningAccountRef<O>,
  items: readonly SendItem[],
): Promise<PromiseSettledResult<O>[]> {
  return Promise.allSettled(
    items.map(({ receiverId, actions, ...options }) => send(account, receiverId, actions, options)),
  );
}

/**
 * Prepares a transaction to be signed elsewhere: nonce reserved, block hash final, everything checked.
 * @param account - who acts and pays, with the key that will sign
 * @param receiverId - on whom the actions act
 * @param actions - executed in order
 * @param options - `nonceIndex` of a gas key, `nonceMode`
 * @throws {NearError} `no_signer` for the account of a wallet, which prepares by itself
 * @example
 * ```ts
 * import { prepare, sendSigned, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { attachSignature, signingRequest, transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const transaction = await prepare(alice, "bob.near", [transfer("1 NEAR")]);
 * // Elsewhere: a device, a service, another machine
 * const signature = await chain.signer("alice.near").sign(signingRequest(transaction));
 * await sendSigned(chain.transport, attachSignature(transaction, signature));
 * ```
 */
export async function prepare(
  account: AccountRef & { readonly publicKey?: string | undefined },
  receiverId: string,
  actions: readonly Action[],
  options: PrepareOptions = {},
): Promise<Transaction> {
  assertSendOptions(options, ["nonceIndex", "nonceMode", "timeout", "signal"]);
  const { transport, accountId: signerId, publicKey } = account;
  if (publicKey === undefined) {
    throw new NearError("no_signer", `expected a key of ${signerId} to prepare for, got a wallet`);
  }
  return within(options, ({ signal, race }) =>
    race(
      prepareTransaction(transport, {
        ...options,
        signal,
        signerId,
        publicKey,
        receiverId,
        actions: [...actions],
      }),
    ),
  );
}

/**
 * Sends a transaction that is signed already, any number of times with the same effect: nothing is
 * ever signed anew.
 * @param transport - reaches the network
 * @param signed - the transaction and its signature
 * @param options - level to wait for, time, signal
 * @throws {TransactionError} when it did not end well; it carries the hash
 * @example
 * ```ts
 * import { prepare, sendSigned, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { attachSignature, signingRequest, transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const transaction = await prepare(alice, "bob.near", [transfer("1 NEAR")]);
 * // Elsewhere: a device, a service, another machine
 * const signature = await chain.signer("alice.near").sign(signingRequest(transaction));
 * await sendSigned(chain.transport, attachSignature(transaction, signature));
 * ```
 */
export async function sendSigned(
  transport: Transport,
  signed: SignedTransaction,
  options: WaitOptions = {},
): Promise<Outcome> {
  assertSendOptions(options, WAIT_OPTIONS);
  // Where it has been before, nobody knows.
  const sending = startSending(signed, true);
  return within(options, async (deadline) =>
    outcomeOf(
      { ...sending, response: await settle(transport, sending, options, deadline) },
      readOutcome,
    ),
  );
}

/**
 * Asks for a transaction by its hash.
 * @param transport - reaches the network
 * @param hash - base58
 * @param signerId - who signed it (never the receiver)
 * @param options - `wait`: level for which the node waits some seconds, none by default
 * @returns what it did so far; `failure` where it failed
 * @throws {RpcError} `UNKNOWN_TRANSACTION`, `TIMEOUT_ERROR`
 * @example
 * ```ts
 * import { signingAccount, transactionStatus, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { hash } = await transfer(alice, "bob.near", "1 NEAR");
 * (await transactionStatus(chain.transport, hash, "alice.near")).failure; // undefined
 * ```
 */
export async function transactionStatus(
  transport: Transport,
  hash: string,
  signerId: string,
  options: StatusOptions = {},
): Promise<Outcome> {
  assertSendOptions(options, ["wait", "signal"]);
  assertAccountId(signerId, "signer id");
  const request = { txHash: hash, senderAccountId: signerId, waitUntil: options.wait ?? "NONE" };
  return readOutcome(hash, await tx(transport, request, { signal: options.signal }));
}
