/**
 * Where a delegate action becomes a transaction of the relayer, once: verified, allowed, within rate and
 * budget, remembered by its hash.
 * @module
 */
import {
  type ExecuteRequest,
  type Executed,
  type Journal,
  type Outcome,
  relay,
  sendSigned,
  type SigningAccountRef,
  TransactionError,
  transactionStatus,
  verifyDelegate,
  verifyDelegateSignature,
  type WaitLevel,
} from "@yoctonear/account";
import { decodeBase64, encodeBase64 } from "@yoctonear/base";
import type { Scheme } from "@yoctonear/keys";
import type { RpcTransactionResponse } from "@yoctonear/rpc";
import { decodeSignedTransaction, type Delegate, type DelegateV2 } from "@yoctonear/transactions";
import { transactionCost } from "@yoctonear/transactions/cost";
import { assertAllowed, type CheckedPolicy } from "./policy.ts";
import { Refusal } from "./refusal.ts";
import type { RelayCharge, RelayRecord, RelayStore } from "./store.ts";
import { createTill, type Till } from "./till.ts";

/** A delegate action that was relayed, whatever became of its actions. */
export interface Relayed {
  readonly status: "executed" | "failed";
  /** Hash of the relayer's transaction, base58. */
  readonly hash: string;
  /** Account of the relayer that signed it. */
  readonly signerId: string;
  /** The node's answer, with the status of what was delegated. */
  readonly outcome: RpcTransactionResponse;
}

/** What a desk works with; the same as the relayer's options, checked. */
export interface DeskOptions {
  readonly accounts: readonly SigningAccountRef[];
  readonly schemes: readonly Scheme[];
  readonly policy: CheckedPolicy;
  readonly store: RelayStore;
  readonly journal: Journal | undefined;
  readonly now: () => number;
  readonly wait: WaitLevel;
  readonly timeout: number;
  readonly pollInterval: number;
  readonly maxInFlight: number;
  readonly minBlocks: bigint;
  readonly onError: (error: unknown) => void;
}

/** yoctoNEAR: nearcore lets the price of gas rise to 20 times the least, 10^8 (`core/primitives/src/block.rs`). */
const MAX_GAS_PRICE = 2_000_000_000n;
/** Milliseconds for which an answer is remembered; then the chain says that the nonce is used. */
const RECORD_TIME = 86_400_000;

/**
 * Makes what relays.
 * @returns relays a delegate action, or rejects with why not: a `Refusal`, a `DelegateError`, or what
 *   kept the relayer from going on before anything was paid
 */
export function createDesk(
  options: DeskOptions,
): (delegated: Delegate | DelegateV2) => Promise<Relayed> {
  const { accounts, schemes, policy, maxInFlight } = options;
  const till = createTill(policy, options.store, options.now);
  const inFlight = new Map<string, Promise<Relayed>>();
  const lanes = new Map<string, Promise<unknown>>();

  return async (delegated) => {
    // Before it is looked up: who has no valid signature shall not share, or spoil, another's answer.
    const hash = await verifyDelegateSignature(delegated, schemes);
    const account = chooseAccount(accounts, hash);
    const maxCost = costOf(account, delegated);
    assertAllowed(policy, delegated, maxCost);
    const { senderId } = delegated.delegateAction;
    if (accounts.some(({ accountId }) => accountId === senderId)) {
      throw new Refusal("sender_not_allowed", "expected a sender other than the relayer itself");
    }
    const running = inFlight.get(hash);
    if (running !== undefined) return running;
    if (inFlight.size >= maxInFlight) {
      throw new Refusal("busy", "expected less to do, got too much", { retryAfter: 1_000 });
    }
    // The nonces of one key must come in order, and a second of the same nonce must find it used.
    const task = inTurn(lanes, laneName(delegated), () =>
      relayOnce(options, till, account, delegated, hash, maxCost),
    ).finally(() => inFlight.delete(hash));
    inFlight.set(hash, task);
    return task;
  };
}

async function relayOnce(
  options: DeskOptions,
  till: Till,
  account: SigningAccountRef,
  delegated: Delegate | DelegateV2,
  delegateHash: string,
  maxCost: bigint,
): Promise<Relayed> {
  const { schemes, minBlocks, timeout } = options;
  const { senderId, maxBlockHeight } = delegated.delegateAction;
  const record = await findRecord(options, delegateHash);
  if (record !== undefined) {
    const taken = { ...account, executor: { execute: takeUp(account, record) } };
    return settle(options, till, taken, delegated, delegateHash, record.charge);
  }
  const signal = AbortSignal.timeout(timeout);
  const verified = await verifyDelegate(account.transport, delegated, { schemes, signal });
  const last = verified.blockHeight + minBlocks;
  if (maxBlockHeight < last) {
    const reason = `expected a delegate action valid up to block ${last} or longer, got ${maxBlockHeight}`;
    throw new Refusal("expired", reason);
  }
  const turn = await till.admit(senderId);
  try {
    const charge = await till.setAside(maxCost);
    return await settle(options, till, account, delegated, delegateHash, charge);
  } catch (error) {
    if (isUnpaid(error)) await turn.giveBack();
    throw error;
  }
}

/** What the store knows of a delegate action; after a crash the journal knows what was not recorded. */
async function findRecord(
  { store, journal }: DeskOptions,
  delegateHash: string,
): Promise<RelayRecord | undefined> {
  const record = await store.find(delegateHash);
  if (record !== undefined || journal === undefined) return record;
  const entry = (await journal.list()).find(({ reference }) => reference === delegateHash);
  if (entry === undefined) return undefined;
  const { hash, signerId, bytes } = entry;
  return { hash, signerId, transaction: encodeBase64(bytes) };
}

/** Sends, or takes up what was sent, and writes down what came of it. */
async function settle(
  options: DeskOptions,
  till: Till,
  account: SigningAccountRef,
  delegated: Delegate | DelegateV2,
  delegateHash: string,
  charge: RelayCharge | undefined,
): Promise<Relayed> {
  const { store, journal, now, onError } = options;
  // From here on the answer goes first: what cannot be written down is the operator's to know.
  const write = (task: Promise<unknown>): Promise<unknown> => task.catch(onError);
  const remember = (record: RelayRecord): Promise<void> =>
    store.keep(delegateHash, record, now() + RECORD_TIME);
  const end = await send(options, account, delegated, delegateHash);
  const { code, error, hash, signerId, transaction } = end;
  if (code === "unsent") {
    await write(till.giveBack(charge));
    throw error;
  }
  if (code === "dead") {
    await write(store.forget(delegateHash));
    await write(till.giveBack(charge));
    const reason = `transaction ${hash} was not included: ${end.kind}`;
    throw new Refusal("not_included", reason, { hash, signerId });
  }
  if (code === "unknown") {
    await write(remember({ hash, signerId, transaction, charge }));
    if (error !== undefined) onError(error);
    const reason = `transaction ${hash} may still be executed; ask again with the same delegate action`;
    throw new Refusal("unknown_outcome", reason, { hash, signerId, retryAfter: 2_000 });
  }
  const { response, tokensBurnt } = end.outcome;
  await write(remember({ hash, signerId, transaction }).then(() => journal?.remove(hash)));
  await write(till.settle(charge, tokensBurnt, delegated));
  return { status: code, hash, signerId, outcome: response };
}

/** How sending ended. */
type End =
  | {
      readonly code: "unsent";
      readonly error: unknown;
      readonly hash?: undefined;
      readonly signerId?: undefined;
      readonly transaction?: undefined;
    }
  | (Sent & { readonly code: "dead"; readonly kind: string; readonly error?: undefined })
  | (Sent & { readonly code: "unknown"; readonly error: unknown })
  | (Sent & {
      readonly code: "executed" | "failed";
      readonly outcome: Outcome;
      readonly error?: undefined;
    });

interface Sent {
  readonly hash: string;
  readonly signerId: string;
  /** In base64. */
  readonly transaction: string | undefined;
}

async function send(
  { journal, wait, timeout, pollInterval }: DeskOptions,
  account: SigningAccountRef,
  delegated: Delegate | DelegateV2,
  reference: string,
): Promise<End> {
  let sent: Sent | undefined;
  const execute = async (request: ExecuteRequest): Promise<Executed> => {
    const executed = await account.executor.execute(request);
    sent = sentOf(executed.hash, executed.signerId, executed.bytes);
    return executed;
  };
  try {
    const payer = { ...account, executor: { execute } };
    const limits = { wait, timeout, pollInterval };
    const named = journal === undefined ? limits : { ...limits, reference };
    const outcome = await relay(payer, delegated, named);
    return { ...(sent ?? sentOf(outcome.hash, account.accountId)), code: "executed", outcome };
  } catch (error) {
    if (!(error instanceof TransactionError)) {
      // Whatever it is: where a transaction was executed the answer is lost, not the money back.
      return sent === undefined ? { code: "unsent", error } : { ...sent, code: "unknown", error };
    }
    const { code, outcome, kind } = error;
    const known = sent ?? sentOf(error.hash, error.signerId, error.signedTransaction);
    if (code === "failed" && outcome !== undefined) return { ...known, code, outcome };
    if (code === "rejected" || code === "expired") {
      return { ...known, code: "dead", kind: kind ?? code };
    }
    return { ...known, code: "unknown", error: undefined };
  }
}

function sentOf(hash: string, signerId: string, bytes?: Uint8Array): Sent {
  return { hash, signerId, transaction: bytes && encodeBase64(bytes) };
}

/** An executor that signs nothing: it goes on with the transaction of a record. */
function takeUp(
  { transport }: SigningAccountRef,
  { hash, signerId, transaction }: RelayRecord,
): (request: ExecuteRequest) => Promise<Executed> {
  return async ({ wait, timeout, pollInterval }) => {
    const ask =
      transaction === undefined
        ? transactionStatus(transport, hash, signerId, { wait })
        : sendSigned(transport, decodeSignedTransaction(decodeBase64(transaction)), {
            wait,
            timeout,
            pollInterval,
          });
    const bytes = transaction === undefined ? undefined : decodeBase64(transaction);
    const unknown = (cause?: unknown): TransactionError => {
      const details = { hash, signerId, signedTransaction: bytes, cause };
      return new TransactionError("unknown_outcome", `transaction ${hash} is not known`, details);
    };
    try {
      const outcome = await ask;
      // A node that has waited for long enough tells how far it is.
      if (outcome.bytes === undefined && outcome.failure === undefined) throw unknown();
      return { hash, signerId, bytes, response: outcome.response };
    } catch (error) {
      // It is out, whatever kept the question from being answered.
      if (!(error instanceof TransactionError)) throw unknown(error);
      if (error.outcome === undefined) throw error;
      return { hash, signerId, bytes, response: error.outcome.response };
    }
  };
}

function isUnpaid(error: unknown): boolean {
  return !(error instanceof Refusal) || error.code !== "unknown_outcome";
}

/** The same one for the same delegate action, over restarts too, so that its journal knows it. */
function chooseAccount(accounts: readonly SigningAccountRef[], hash: string): SigningAccountRef {
  let sum = 0;
  for (const character of hash) sum += character.charCodeAt(0);
  const account = accounts[sum % accounts.length];
  if (account === undefined) throw new RangeError("expected an account, got none");
  return account;
}

/** The most that relaying it can cost, yoctoNEAR. */
function costOf(account: SigningAccountRef, delegated: Delegate | DelegateV2): bigint {
  const { senderId } = delegated.delegateAction;
  const { accountId, publicKey = "" } = account;
  const cost = transactionCost(accountId, publicKey, senderId, [delegated], MAX_GAS_PRICE);
  if (cost === null) throw new Refusal("too_expensive", "expected a cost below 2^128 yoctoNEAR");
  return cost.totalCost;
}

function laneName({ type, delegateAction }: Delegate | DelegateV2): string {
  const { senderId, publicKey } = delegateAction;
  const nonce = type === "delegateV2" ? delegateAction.nonce : undefined;
  const index = nonce?.type === "gasKeyNonce" ? nonce.nonceIndex : "";
  return `${senderId} ${publicKey} ${index}`;
}

async function inTurn<T>(
  lanes: Map<string, Promise<unknown>>,
  name: string,
  task: () => Promise<T>,
): Promise<T> {
  const before = lanes.get(name) ?? Promise.resolve();
  const own = before.then(task, task);
  lanes.set(name, own);
  try {
    return await own;
  } finally {
    if (lanes.get(name) === own) lanes.delete(name);
  }
}
