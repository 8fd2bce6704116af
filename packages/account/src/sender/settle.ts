/**
 * Carries out what `course` decides: broadcasts one signed transaction until its fate is known. Its hash is its
 * identity, so the same bytes may go out any number of times.
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
import { advance, type CourseEvent, startCourse } from "./course.ts";
import { type Deadline, within } from "./deadline.ts";
import type { Executed } from "./executor.ts";
import { describeFailure, type Failure } from "../errors/failure.ts";
import {
  assertSendOptions,
  DEFAULT_POLL_INTERVAL,
  DEFAULT_WAIT,
  isIncludedOnly,
  reaches,
  type WaitLevel,
  type WaitOptions,
} from "./options.ts";
import { type Outcome, type OutcomeReader, readOutcome } from "../outcome/outcome.ts";
import { proveDead } from "./proof.ts";
import { field } from "../record.ts";
import type { Sending } from "./sending.ts";
import { TransactionError, type TransactionErrorDetails } from "../errors/transaction-error.ts";

/**
 * Sends the bytes, asks by hash, sends them again, until the transaction has come as far as the
 * caller wants, or is proved never to be included, or the caller's time is up.
 * @param transport - reaches the network
 * @param sending - the transaction; another takes its place where `sign` makes one
 * @param options - of the caller; `resume` goes by them too
 * @param deadline - the caller's time
 * @param wait - level to come to
 * @param sign - signs anew, once it is proved that another transaction has used the nonce
 * @returns the node's answer, also for an execution that failed
 * @throws {TransactionError} `rejected`, `expired` or `unknown_outcome`
 */
export async function settle(
  transport: Transport,
  sending: Sending,
  options: WaitOptions,
  deadline: Deadline,
  wait: WaitLevel = options.wait ?? DEFAULT_WAIT,
  sign?: () => Promise<Sending>,
): Promise<RpcTransactionResponse> {
  const { signal, race } = deadline;
  let course = startCourse(sending.isOut, sending.forget !== undefined, sign !== undefined);
  const see = (event: CourseEvent, usedAt?: bigint): void => {
    course = advance(course, event, usedAt);
  };
  let refusal: TransactionError | undefined;
  let lastError: unknown;

  for (;;) {
    if (course.rests) await deadline.pause(options.pollInterval ?? DEFAULT_POLL_INTERVAL);
    if (signal.aborted) see("time is up");
    const { step, copies } = course;
    if (step === "withdrawn") throw signal.reason;
    if (step === "unknown") {
      throw unknownOutcome(transport, sending, options, signal.reason, lastError);
    }
    if (step === "dead" && refusal !== undefined) {
      try {
        await sending.forget?.(true, deadline);
      } catch (error) {
        // Whoever takes up the journal sends it, and what was refused for the state of a moment may be taken then.
        if (!FOR_GOOD.includes(refusal.kind)) {
          throw unknownOutcome(transport, sending, options, error, refusal);
        }
      }
      throw refusal;
    }
    if (step === "sign" && sign !== undefined) {
      try {
        // Not in a race: what is written down meanwhile has to be told of.
        Object.assign(sending, await sign());
      } catch (error) {
        // What was signed before is dead, and nothing else is out unless the error says so.
        throw error instanceof TransactionError ? error : (refusal ?? error);
      }
      see("signed");
      continue;
    }
    try {
      if (step === "prove" && refusal !== undefined) {
        const { kind } = refusal;
        const proof = await race(proveDead(transport, sending, kind, copies === 1, signal));
        if (proof === null) see("not proved");
        else if (kind === "Expired") see("expired");
        else see("proved", proof.usedAt);
        continue;
      }
      if (step === "broadcast") {
        // Whatever the answer will be.
        sending.isOut = true;
        see("begun");
      }
      const attempt = step === "broadcast" ? broadcast : ask;
      const response = await race(attempt(transport, sending, wait, signal));
      const level = response.final_execution_status;
      // Found invalid in a block that is dropped yet, it may be valid in another.
      if (reaches(level, wait) && (!isInvalid(response) || reaches(level, "INCLUDED_FINAL"))) {
        // What is only in a block may yet be in none.
        if (!/^(NONE|INCLUDED)$/.test(level)) {
          await sending.forget?.(isInvalid(response), deadline).catch(ignore);
        }
        return response;
      }
      // The node waits for the rest when it is asked, so that no time is lost here.
      see(isIncludedOnly(level, wait) ? "tells more" : "below");
    } catch (error) {
      lastError = error;
      const failure = step === "broadcast" ? readRefusal(error) : undefined;
      if (failure !== undefined) refusal = refusalOf(sending, failure, error);
      see(failure === undefined ? "lost" : "refused");
    }
  }
}

/** The money has moved, or never will: what stays in a journal changes neither, and goes when it is taken up. */
function ignore(): void {}

/** Asks by hash, at once; waits on the node only for a transaction that it knows. */
export async function ask(
  transport: Transport,
  { hash, signerId }: Pick<Sending, "hash" | "signerId">,
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
  { hash, bytes }: Sending,
  wait: WaitLevel,
  signal: AbortSignal,
): Promise<RpcTransactionResponse> {
  const request = { signedTxBase64: encodeBase64(bytes), waitUntil: wait };
  const response = await sendTx(transport, request, { signal });
  if ((response.transaction?.hash ?? hash) === hash) return response;
  throw new TransportError("malformed", `expected the transaction ${hash}, got another`);
}

/** Refusals that every later state repeats. */
const FOR_GOOD: readonly unknown[] = ["InvalidNonce", "Expired", "InvalidSignature"];

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

/** The error of a transaction that was refused, once it is proved that it was for good. */
function refusalOf(sending: Sending, failure: Failure, cause: unknown): TransactionError {
  const code = failure.kind === "Expired" ? "expired" : "rejected";
  const message = `transaction ${sending.hash} was not included: ${failure.description}`;
  return new TransactionError(code, message, { ...detailsOf(sending, failure), cause });
}

/** The error of a transaction that may be out. */
export function unknownOutcome(
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
  const code = isInvalid(response) ? "rejected" : "failed";
  const message = `transaction ${hash} ${code}: ${failure.description}`;
  throw new TransactionError(code, message, { ...detailsOf(executed, failure), outcome });
}

/** Whether a chunk took it in, only to find that it is invalid. */
function isInvalid({ status }: RpcTransactionResponse): boolean {
  return field(field(status, "Failure"), "InvalidTxError") !== undefined;
}
