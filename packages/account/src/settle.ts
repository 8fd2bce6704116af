/**
 * Broadcasts one signed transaction until its fate is known. Its hash is its identity, so the same
 * bytes may go out any number of times; nothing here can sign.
 * @module
 */
import { encodeBase64, isNearError } from "@yoctonear/base";
import {
  isRetryable,
  isRpcError,
  type RpcTransactionResponse,
  sendTx,
  type Transport,
  TransportError,
  tx,
} from "@yoctonear/rpc";
import { type Deadline, startDeadline } from "./deadline.ts";
import type { Executed } from "./executor.ts";
import { describeFailure, type Failure } from "./failure.ts";
import {
  DEFAULT_POLL_INTERVAL,
  DEFAULT_TIMEOUT,
  DEFAULT_WAIT,
  reaches,
  type WaitLevel,
  type WaitOptions,
} from "./options.ts";
import { type Outcome, readOutcome } from "./outcome.ts";
import { proveDead } from "./proof.ts";
import type { Sending } from "./sending.ts";
import { TransactionError, type TransactionErrorDetails } from "./transaction-error.ts";

/**
 * Sends the bytes, asks by hash, sends them again, until the transaction has come as far as the
 * caller wants, or is proved never to be included, or the caller's time is up.
 * @param transport - reaches the network
 * @param sending - the transaction
 * @param options - level, time, signal
 * @returns the node's answer, also for an execution that failed
 * @throws {TransactionError} `rejected`, `expired` or `unknown_outcome`
 */
export async function settle(
  transport: Transport,
  sending: Sending,
  options: WaitOptions = {},
): Promise<RpcTransactionResponse> {
  // Nothing is out yet, so the caller's abort is just that.
  if (!sending.maybeSent) options.signal?.throwIfAborted();
  const deadline = startDeadline(options.timeout ?? DEFAULT_TIMEOUT, options.signal);
  try {
    return await settleBefore(deadline, transport, sending, options);
  } finally {
    deadline.end();
  }
}

async function settleBefore(
  deadline: Deadline,
  transport: Transport,
  sending: Sending,
  options: WaitOptions,
): Promise<RpcTransactionResponse> {
  const { signal } = deadline;
  const wait = options.wait ?? DEFAULT_WAIT;
  let known = false;
  let lastError: unknown;
  while (!signal.aborted) {
    try {
      const response = known
        ? await ask(transport, sending, wait, signal)
        : await broadcast(transport, sending, wait, signal);
      if (reaches(response.final_execution_status, wait)) return response;
      known = true;
    } catch (error) {
      if (error instanceof TransactionError) throw error;
      lastError = error;
      // The node does not know it (any more): the same bytes go out again.
      known = !isNearError(error, "UNKNOWN_TRANSACTION");
    }
    await deadline.pause(options.pollInterval ?? DEFAULT_POLL_INTERVAL);
  }
  throw unknownOutcome(transport, sending, signal.reason, lastError);
}

/** Asks by hash, at once; waits on the node only for a transaction that it knows. */
async function ask(
  transport: Transport,
  { hash, signerId }: Sending,
  wait: WaitLevel,
  signal: AbortSignal,
): Promise<RpcTransactionResponse> {
  const question = { txHash: hash, senderAccountId: signerId };
  const known = await tx(transport, { ...question, waitUntil: "NONE" }, { signal });
  if (reaches(known.final_execution_status, wait)) return known;
  return tx(transport, { ...question, waitUntil: wait }, { signal });
}

async function broadcast(
  transport: Transport,
  sending: Sending,
  wait: WaitLevel,
  signal: AbortSignal,
): Promise<RpcTransactionResponse> {
  const request = { signedTxBase64: encodeBase64(sending.bytes), waitUntil: wait };
  try {
    return await sendTx(transport, request, { signal });
  } catch (error) {
    const refusal = readRefusal(error);
    if (refusal === undefined || signal.aborted) {
      sending.maybeSent = true;
      throw error;
    }
    // A used nonce may be this very transaction's own, behind a transport that sent it twice.
    if (sending.maybeSent || refusal.kind === "InvalidNonce") {
      const code = await proveDead(transport, sending, refusal.kind, signal);
      if (code === null) {
        sending.maybeSent = true;
        throw error;
      }
      throw refused(code, sending, refusal, error);
    }
    throw refused("rejected", sending, refusal, error);
  } finally {
    if (signal.aborted) sending.maybeSent = true;
  }
}

/** Codes with which a node refuses a request that it could not even read. */
const UNREADABLE: readonly string[] = ["PARSE_ERROR", "METHOD_NOT_FOUND"];

/**
 * What was said in refusing a transaction; undefined where the answer leaves its fate open, which any
 * answer does that is not known to mean a refusal.
 */
function readRefusal(error: unknown): Failure | undefined {
  if (isRpcError(error, "INVALID_TRANSACTION")) return describeFailure(error.data);
  const turnedAway =
    error instanceof TransportError &&
    error.status !== undefined &&
    error.status >= 400 &&
    error.status < 500 &&
    !isRetryable(error);
  if (!turnedAway && !(isRpcError(error) && UNREADABLE.includes(error.code))) return undefined;
  return {
    kind: error.code,
    fields: undefined,
    actionIndex: undefined,
    description: error.message,
  };
}

function refused(
  code: "rejected" | "expired",
  sending: Sending,
  failure: Failure,
  cause: unknown,
): TransactionError {
  const message = `transaction ${sending.hash} was not included: ${failure.description}`;
  return new TransactionError(code, message, { ...detailsOf(sending, failure), cause });
}

function unknownOutcome(
  transport: Transport,
  sending: Sending,
  reason: unknown,
  lastError: unknown,
): TransactionError {
  const why = reason instanceof Error ? reason.message : String(reason);
  const last = lastError instanceof Error ? `; last: ${lastError.message}` : "";
  return new TransactionError(
    "unknown_outcome",
    `transaction ${sending.hash} may still be executed: ${why}${last}; call resume(), do not sign it again`,
    {
      ...detailsOf(sending),
      cause: lastError ?? reason,
      resume: async (options = {}) => {
        const response = await settle(transport, { ...sending, maybeSent: true }, options);
        return outcomeOf({ ...sending, response });
      },
    },
  );
}

type Identity = Pick<Executed, "hash" | "signerId"> & { readonly bytes?: Uint8Array };

function detailsOf(
  { hash, signerId, bytes }: Identity,
  failure?: Failure,
): TransactionErrorDetails {
  return {
    hash,
    signerId,
    signedTransaction: bytes,
    kind: failure?.kind,
    data: failure?.fields,
    actionIndex: failure?.actionIndex,
  };
}

/**
 * Turns the answer of a node into an outcome.
 * @throws {TransactionError} `failed` when the execution failed
 */
export function outcomeOf(executed: Identity & Pick<Executed, "response">): Outcome {
  const outcome = readOutcome(executed.hash, executed.response);
  const { failure } = outcome;
  if (failure === undefined) return outcome;
  const message = `transaction ${executed.hash} failed: ${failure.description}`;
  throw new TransactionError("failed", message, { ...detailsOf(executed, failure), outcome });
}
