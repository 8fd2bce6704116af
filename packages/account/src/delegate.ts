/**
 * Meta-transactions (NEP-366): an account signs actions that another one sends and pays for.
 * @module
 */
import { NearError } from "@yoctonear/base";
import { assertAccountId } from "@yoctonear/primitives";
import {
  block,
  type ExecutionOutcomeView,
  type FinalExecutionStatus,
  type RpcTransactionResponse,
} from "@yoctonear/rpc";
import {
  type Action,
  assertActionsAccepted,
  checkActions,
  createDelegateAction,
  type Delegate,
  type DelegateActionParts,
  delegateActionHash,
  type DelegateV2,
  type NonDelegateAction,
  signDelegateAction,
} from "@yoctonear/transactions";
import type { AccountRef, SigningAccountRef } from "./account.ts";
import { within } from "./sender/deadline.ts";
import type { SignDelegateRequest } from "./sender/executor.ts";
import { inLane, laneOf } from "./sender/lane.ts";
import { lanesOf } from "./sender/network.ts";
import {
  assertOptions,
  assertSendOptions,
  MAX_TIMEOUT,
  type SendOptions,
} from "./sender/options.ts";
import { type Outcome, type OutcomeReader, readOutcome } from "./outcome/outcome.ts";
import { prepareInLane } from "./sender/prepare.ts";
import { send } from "./sender/send.ts";
import { seeIncluded } from "./sender/sender.ts";
import { outcomeOf } from "./sender/settle.ts";
import { TransactionError } from "./errors/transaction-error.ts";

/** How long a delegate action is valid, and for which nonces. */
export interface DelegateOptions extends Pick<SendOptions, "nonceIndex" | "timeout" | "signal"> {
  /** Blocks, counted from the final one, in which it may be executed; 1,000 by default, some ten minutes. */
  readonly validFor?: number | undefined;
}

/**
 * Signs actions for somebody else to send: the account needs no NEAR. The nonce is reserved in this
 * process as that of a transaction is; relay it before the next transaction of the same key, or it can
 * no longer be executed.
 * @param account - in whose name the actions are executed; the first key of a pool signs
 * @param receiverId - on whom the actions act
 * @param delegated - the actions, executed in order, all or nothing
 * @param options - `validFor`, `nonceIndex` of a gas key (a delegate V2: protocols 85 and 86 only)
 * @returns the action for the relayer's transaction: {@link relay} sends it, `encodeSignedDelegate` of
 *   `@yoctonear/transactions` makes the bytes that relayers take
 * @throws {NearError} `no_signer` for the account of a wallet that does not sign them, `wallet_differs`
 *   for one that signs something else
 * @throws {RpcError} `UNKNOWN_ACCESS_KEY` when the account does not have the key
 * @throws {LimitError} when a node would refuse it whatever the state of the chain, or this one for its protocol version
 * @example
 * ```ts
 * import { connect, delegate, relay, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "1 NEAR", "relayer.near": "9 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const relayer = signingAccount(chain.transport, "relayer.near", chain.signer("relayer.near"));
 * const delegated = await delegate(alice, "relayer.near", [transfer("0.1 NEAR")]);
 * await relay(relayer, delegated);
 * // What alice sends in a meta-transaction comes from the relayer
 * (await connect(chain).account("alice.near").balance()).total; // 1000000000000000000000000n
 * ```
 */
export async function delegate(
  account: SigningAccountRef,
  receiverId: string,
  delegated: readonly NonDelegateAction[],
  options: DelegateOptions = {},
): Promise<Delegate | DelegateV2> {
  const { transport, accountId, signer } = account;
  assertOptions(options, ["validFor", "nonceIndex", "timeout", "signal"], "a delegate action");
  const { validFor = 1_000, nonceIndex, timeout } = options;
  assertSendOptions({ timeout });
  // As they are now, whatever the caller does with the list while it waits.
  const actions = [...delegated];
  if (!(Number.isSafeInteger(validFor) && validFor > 0)) {
    throw new RangeError(`expected validFor in blocks, 1 or more, got ${validFor}`);
  }
  if (signer === undefined) {
    return signByWallet(account, { ...options, receiverId, actions, validFor });
  }
  const { publicKey } = signer;
  const lane = laneOf(await lanesOf(transport, options), accountId, publicKey, nonceIndex);
  // Its turn comes when the transactions before it are included: its nonce would kill them (P4).
  return inLane(lane, options.signal, () =>
    within(options, async (deadline) => {
      const { race, signal } = deadline;
      await seeIncluded(transport, lane, options, deadline);
      const parts = { publicKey, receiverId, actions };
      const check = delegateCheck({ ...parts, senderId: accountId, nonceIndex });
      const [{ nonce }, { header }] = await race(
        Promise.all([
          prepareInLane(transport, lane, {
            ...parts,
            signerId: accountId,
            nonceIndex,
            signal,
            check,
          }),
          block(transport, { block: { finality: "final" } }, { signal }),
        ]),
      );
      const delegateAction = createDelegateAction({
        ...parts,
        senderId: accountId,
        nonce: typeof nonce === "bigint" ? nonce : nonce.nonce,
        nonceIndex,
        maxBlockHeight: header.height + BigInt(validFor),
      });
      return race(signDelegateAction(delegateAction, signer));
    }),
  );
}

/** What refuses protocol versions that do not take these actions from a relayer, or not any more. */
function delegateCheck(
  parts: Omit<DelegateActionParts, "nonce" | "maxBlockHeight">,
): (version: number) => void {
  const delegateAction = createDelegateAction({ ...parts, nonce: 1n, maxBlockHeight: 1n });
  const delegated: Action =
    "type" in delegateAction
      ? { type: "delegateV2", delegateAction, signature: "" }
      : { type: "delegate", delegateAction, signature: "" };
  return (version) => assertActionsAccepted([delegated], version);
}

/** Has a wallet sign, and takes nothing else than what it was asked for. */
async function signByWallet(
  { accountId: senderId, executor }: SigningAccountRef,
  request: SignDelegateRequest & DelegateOptions,
): Promise<Delegate | DelegateV2> {
  const { receiverId, actions, validFor, nonceIndex, signal, timeout = MAX_TIMEOUT } = request;
  if (executor.signDelegate === undefined) {
    throw new NearError("no_signer", `expected a key of ${senderId} to sign with, got a wallet`);
  }
  assertAccountId(receiverId, "receiver id");
  checkActions(actions, receiverId);
  const asked = { receiverId, actions, validFor, nonceIndex };
  // People take their time.
  const delegated = await within({ timeout, signal }, ({ race, signal: own }) =>
    race(Promise.resolve(executor.signDelegate?.({ ...asked, signal: own }))),
  );
  const got = delegated?.delegateAction;
  const own = { senderId, receiverId, actions };
  const wanted = got && ("type" in got ? { ...got, ...own } : { ...got, ...own });
  if (got && wanted && delegateActionHash(got) === delegateActionHash(wanted)) return delegated;
  throw new NearError(
    "wallet_differs",
    `expected the wallet to sign for ${senderId} what it was asked for, got something else`,
  );
}

/**
 * Sends what another account has signed, and pays its gas and its deposits. The transaction itself
 * succeeds as soon as the actions are handed on; what is returned or thrown here is what became of them.
 * What comes from somebody else is to be read and verified first (`verifyDelegate`): its deposits are
 * yours to pay, and its sender's to keep where the actions fail. `@yoctonear/relayer` does so by a policy.
 * @param account - the relayer
 * @param delegated - what {@link delegate} returned
 * @param options - those of sending
 * @returns the outcome, with status and result of the delegated actions
 * @throws {TransactionError} also when the delegated actions failed
 * @example
 * ```ts
 * import { delegate, relay, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "1 NEAR", "relayer.near": "9 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const relayer = signingAccount(chain.transport, "relayer.near", chain.signer("relayer.near"));
 * const delegated = await delegate(alice, "nobody.near", [transfer("1 NEAR")]);
 * const error = await relay(relayer, delegated).catch((caught) => caught);
 * error.kind; // "AccountDoesNotExist"
 * ```
 */
export async function relay<O extends Outcome>(
  account: SigningAccountRef<O>,
  delegated: Delegate | DelegateV2,
  options?: SendOptions,
): Promise<O> {
  const { senderId } = delegated.delegateAction;
  try {
    const outcome = await send(account, senderId, [delegated], options);
    return delegatedOutcome(account, outcome, account.readOutcome);
  } catch (error) {
    if (!(error instanceof TransactionError) || error.resume === undefined) throw error;
    const { code, message, hash, signerId, signedTransaction, cause, resume } = error;
    throw new TransactionError(code, message, {
      hash,
      signerId,
      signedTransaction,
      cause,
      // Taken up later it tells no less of what was delegated.
      resume: async (again) => delegatedOutcome(account, await resume(again), readOutcome),
    });
  }
}

/** The outcome of what was delegated, in place of that of the transaction around it. */
function delegatedOutcome<O extends Outcome>(
  { accountId: signerId }: AccountRef,
  outcome: O,
  read: OutcomeReader<O>,
): O {
  const { hash, response } = outcome;
  const status = delegatedStatus(response);
  if (status === undefined) return outcome;
  return outcomeOf({ hash, signerId, response: { ...response, status } }, read);
}

/** How the delegated actions ended: their receipt is the first that the delegate's made. */
function delegatedStatus(response: RpcTransactionResponse): FinalExecutionStatus | undefined {
  const outcomes = [response.transaction_outcome, ...(response.receipts_outcome ?? [])];
  const find = (id: string | undefined): ExecutionOutcomeView | undefined =>
    outcomes.find((entry) => entry?.id === id)?.outcome;
  const [delegateId] = response.transaction_outcome?.outcome.receipt_ids ?? [];
  let id = find(delegateId)?.receipt_ids[0];
  // Each hands its result on at most once, so as many steps are enough.
  for (let steps = outcomes.length; steps > 0; steps--) {
    const status = find(id)?.status;
    if (typeof status !== "object") return undefined;
    if (!("SuccessReceiptId" in status)) return status;
    id = status.SuccessReceiptId;
  }
  return undefined;
}
