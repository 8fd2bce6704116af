/**
 * Broadcasts one signed transaction until its fate is known. Its hash is its identity, so the same
 * bytes may go out any number of times; nothing here can sign.
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import {
  isRetryable,
  isRpcError,
  type RpcTransactionResponse,
  sendTx,
  type Transport,
  TransportError,
  tx,
} from "@yoctonear/rpc";
import { type Deadline, within } from "./deadline.ts";
import type { Executed } from "./executor.ts";
import { describeFailure, type Failure } from "./failure.ts";
import {
  assertSendOptions,
  DEFAULT_POLL_INTERVAL,
  DEFAULT_WAIT,
  isIncludedOnly,
  reaches,
  type WaitLevel,
  type WaitOptions,
} from "./options.ts";
import { type Outcome, type OutcomeReader, readOutcome } from "./outcome.ts";
import { proveDead } from "./proof.ts";
import { field } from "./record.ts";
import type { Sending } from "./sending.ts";
import { TransactionError, type TransactionErrorDetails } from "./transaction-error.ts";

/**
 * Sends the bytes, asks by hash, sends them again, until the transaction has come as far as the
 * caller wants, or is proved never to be included, or the caller's time is up.
 * @param transport - reaches the network
 * @param sending - the transaction
 * @param options - of the caller; `resume` goes by them too
 * @param deadline - the caller's time
 * @param wait - level to come to
 * @returns the node's answer, also for an execution that failed
 * @throws {TransactionError} `rejected`, `expired` or `unknown_outcome`
 */
export async function settle(
  transport: Transport,
  sending: Sending,
  options: WaitOptions,
  deadline: Deadline,
  wait: WaitLevel = options.wait ?? DEFAULT_WAIT,
): Promise<RpcTransactionResponse> {
  const { signal } = deadline;
  // Nothing is out yet, so the caller's abort is just that.
  if (!sending.maybeSent) signal.throwIfAborted();
  let known = false;
  let lastError: unknown;
  while (!signal.aborted) {
    try {
      const attempt = known ? ask : broadcast;
      const response = await deadline.race(attempt(transport, sending, wait, signal));
      const level = response.final_execution_status;
      if (reaches(level, wait)) return response;
      // The node waits for the rest when it is asked, so that no time is lost here.
      const goesOn = !known && isIncludedOnly(level, wait);
      known = true;
      if (goesOn) continue;
    } catch (error) {
      if (error instanceof TransactionError) throw error;
      lastError = error;
      // Asked in vain, the same bytes go out again; sent in vain, it is asked for.
      known = !known;
    }
    await deadline.pause(options.pollInterval ?? DEFAULT_POLL_INTERVAL);
  }
  throw unknownOutcome(transport, sending, options, signal.reason, lastError);
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
  const level = known.final_execution_status;
  if (reaches(level, wait)) return known;
  const waitUntil = isIncludedOnly(level, wait) ? "EXECUTED" : wait;
  return tx(transport, { ...question, waitUntil }, { signal });
}

async function broadcast(
  transport: Transport,
  sending: Sending,
  wait: WaitLevel,
  signal: AbortSignal,
): Promise<RpcTransactionResponse> {
  const { hash, maybeSent } = sending;
  // Whatever the answer will be.
  sending.maybeSent = true;
  const request = { signedTxBase64: encodeBase64(sending.bytes), waitUntil: wait };
  try {
    const response = await sendTx(transport, request, { signal });
    if ((response.transaction?.hash ?? hash) === hash) return response;
  } catch (error) {
    const refusal = readRefusal(error);
    if (refusal === undefined) throw error;
    const code = await proveDead(transport, sending, refusal.kind, !maybeSent, signal);
    if (code === null) throw error;
    const message = `transaction ${hash} was not included: ${refusal.description}`;
    throw new TransactionError(code, message, { ...detailsOf(sending, refusal), cause: error });
  }
  throw new TransportError("malformed", `expected the transaction ${hash}, got another`);
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
  return { ...describeFailure(error.code), description: error.message };
}

function unknownOutcome(
  transport: Transport,
  sending: Sending,
  { wait, pollInterval }: WaitOptions,
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
      resume: async (again = {}) => {
        assertSendOptions(again);
        const options = { wait, pollInterval, ...again };
        return within(options, async (deadline) =>
          outcomeOf(
            { ...sending, response: await settle(transport, sending, options, deadline) },
            readOutcome,
          ),
        );
      },
    },
  );
}

function detailsOf(
  { hash, signerId, bytes }: Omit<Executed, "response">,
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
 * @param executed - the transaction and the answer
 * @param read - makes the outcome of hash and answer
 * @throws {TransactionError} `failed` when the execution failed, `rejected` when there was none
 */
export function outcomeOf<O extends Outcome>(executed: Executed, read: OutcomeReader<O>): O {
  const { hash, response } = executed;
  const outcome = read(hash, response);
  const { failure } = outcome;
  if (failure === undefined) return outcome;
  // A chunk took it in, only to find that it is invalid.
  const isInvalid = field(field(response.status, "Failure"), "InvalidTxError") !== undefined;
  const code = isInvalid ? "rejected" : "failed";
  const message = `transaction ${hash} ${code}: ${failure.description}`;
  throw new TransactionError(code, message, { ...detailsOf(executed, failure), outcome });
}
