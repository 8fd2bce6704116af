/**
 * The options of everything that sends or waits, and the check that refuses a misspelt one.
 * @module
 */
import type { TxExecutionStatus } from "@yoctonear/rpc";
import type { NonceMode } from "@yoctonear/transactions";
import type { KeptJournal } from "./journal.ts";

/**
 * How far a transaction must have come before the call returns, in rising order of certainty.
 * Source: nearcore `core/primitives/src/views.rs` TxExecutionStatus.
 */
export type WaitLevel = TxExecutionStatus;

/** What every waiting call takes. */
export interface WaitOptions {
  /** Level to wait for; `EXECUTED_OPTIMISTIC` by default. */
  readonly wait?: WaitLevel | undefined;
  /**
   * Milliseconds, below 2^31, from when it is the transaction's turn until the call gives up with
   * `unknown_outcome`, or with a `TimeoutError` while nothing is out yet; 60,000 by default.
   */
  readonly timeout?: number | undefined;
  /** Milliseconds between two questions for a transaction; 500 by default. */
  readonly pollInterval?: number | undefined;
  /** Gives up when aborted; once the transaction may be out, the error carries it. */
  readonly signal?: AbortSignal | undefined;
}

/** What every sending call takes. */
export interface SendOptions extends WaitOptions {
  /** Row of a gas key's nonces to use, 0 to 1,023; by default the least busy one. */
  readonly nonceIndex?: number | undefined;
  /**
   * `strict` makes the nonce valid only right after the one before it (a transaction V1), so that nothing of the
   * same key can come in between; by default any higher one is. Not for a key that other processes use at the same time;
   * and whoever prepares a transaction of such a key and never sends it leaves a gap that nothing comes over.
   */
  readonly nonceMode?: NonceMode | undefined;
  /**
   * Your own name for the payment, e.g. the number of an order. Sent again, it takes up the transaction that the
   * journal has under it instead of signing another. Only with a journal.
   */
  readonly reference?: string | undefined;
}

/** How a transaction is prepared. */
export type PrepareOptions = Pick<SendOptions, "nonceIndex" | "nonceMode" | "signal">;

/** What holds for everything that an account sends with its keys. */
export interface SenderOptions {
  /**
   * Where each transaction is written down before it is sent: `journalled(journal)`, one journal per network. What it
   * lists of an earlier process is taken up by `resumeJournal`.
   */
  readonly journal?: KeptJournal | undefined;
  /**
   * Transactions at most that hold or wait for one key, or for one row of a gas key; 10,000 by default. One more is
   * refused with `queue_full` before it is signed.
   */
  readonly queueLimit?: number | undefined;
}

/** How to ask for a transaction. */
export type StatusOptions = Pick<WaitOptions, "wait" | "signal">;

export const DEFAULT_WAIT: WaitLevel = "EXECUTED_OPTIMISTIC";
export const DEFAULT_TIMEOUT = 60_000;
export const DEFAULT_POLL_INTERVAL = 500;
/** Timers have 31 bits, and fire at once beyond. */
export const MAX_TIMEOUT: number = 2 ** 31 - 1;

const WAIT_LEVELS: readonly string[] = [
  "NONE",
  "INCLUDED",
  "EXECUTED_OPTIMISTIC",
  "INCLUDED_FINAL",
  "EXECUTED",
  "FINAL",
];

/** Names of {@link WaitOptions}. */
export const WAIT_OPTIONS: readonly string[] = ["wait", "timeout", "pollInterval", "signal"];
const SEND_OPTIONS = ["nonceIndex", "nonceMode", "reference"];

/**
 * Tells whether one level is at least another. A level that this version does not know reaches
 * nothing, so that its transaction is asked for again instead of being believed. A node that waits for
 * `EXECUTED_OPTIMISTIC` answers with `INCLUDED_FINAL` when the block is final first, as it is with
 * promises: then nothing is known of the execution yet.
 */
export function reaches(level: string, wanted: string): boolean {
  if (isIncludedOnly(level, wanted)) return false;
  return WAIT_LEVELS.indexOf(level) >= WAIT_LEVELS.indexOf(wanted);
}

/** Tells whether the execution was asked for, and all that came is the final block of the transaction. */
export function isIncludedOnly(level: string, wanted: string): boolean {
  return level === "INCLUDED_FINAL" && wanted === "EXECUTED_OPTIMISTIC";
}

/**
 * Refuses options that are misspelt, so that a limit the caller meant is not silently missing.
 * @param options - what came
 * @param known - names that may come
 * @param of - what the message calls the function
 * @throws {TypeError}
 */
export function assertOptions(options: object, known: readonly string[], of: string): void {
  // A bare number, say, would be a timeout that is silently missing.
  if (typeof options !== "object") throw new TypeError(`expected options of ${of} as an object`);
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw new TypeError(`expected the options ${known.join(", ")} of ${of}, got ${name}`);
    }
  }
}

/**
 * Checks the options of a call that sends or waits.
 * @param known - names that may come
 * @throws {TypeError | RangeError}
 */
export function assertSendOptions(
  options: SendOptions,
  known: readonly string[] = [...WAIT_OPTIONS, ...SEND_OPTIONS],
): void {
  assertOptions(options, known, "a transaction");
  const { wait, timeout, pollInterval, reference } = options;
  // Of `null` say, all that have none would be one payment.
  if (reference !== undefined && (typeof reference !== "string" || reference === "")) {
    throw new TypeError(`expected reference to be a name, got ${JSON.stringify(reference)}`);
  }
  if (wait !== undefined && !WAIT_LEVELS.includes(wait)) {
    throw new RangeError(`expected wait to be one of ${WAIT_LEVELS.join(", ")}, got ${wait}`);
  }
  for (const [name, value] of Object.entries({ timeout, pollInterval })) {
    if (value !== undefined && !(typeof value === "number" && value >= 0 && value <= MAX_TIMEOUT)) {
      throw new RangeError(`expected ${name} in milliseconds below 2^31, got ${value}`);
    }
  }
}

/**
 * Checks what holds for everything that an account sends.
 * @throws {TypeError | RangeError}
 */
export function assertSenderOptions(options: SenderOptions): void {
  assertOptions(options, ["journal", "queueLimit"], "an account");
  const { journal, queueLimit = 1 } = options;
  if (journal !== undefined && typeof journal?.write !== "function") {
    throw new TypeError("expected journalled(journal) as journal, got something else");
  }
  if (!(typeof queueLimit === "number" && queueLimit >= 1)) {
    throw new RangeError(`expected queueLimit to be 1 or more, got ${queueLimit}`);
  }
}
