/**
 * How a transaction can end other than well: one error, four codes. nearcore's own nested error
 * stays data beside it.
 * @module
 */
import { isNearError, NearError } from "@yoctonear/base";
import type { FailureData, FailureKind } from "./failure-data.ts";
import type { Outcome } from "../outcome/outcome.ts";
import type { WaitOptions } from "../sender/options.ts";

/**
 * How the transaction ended:
 * - `rejected`: it was refused and not executed: for good, or by the only node that had it. For want of money say that is
 *   the node's word, asked three times: a provider that hands one request to several nodes could still have it executed
 * - `failed`: it was executed, and an action failed
 * - `expired`: proved at a final block that it never can be included
 * - `unknown_outcome`: time was up, or the caller aborted, before its fate was known; it may still
 *   be executed. Call {@link TransactionError.resume}, never sign it again.
 */
export type TransactionErrorCode = "rejected" | "failed" | "expired" | "unknown_outcome";

/** What a {@link TransactionError} carries besides its code. */
export interface TransactionErrorDetails {
  readonly hash: string;
  readonly signerId: string;
  readonly signedTransaction?: Uint8Array | undefined;
  readonly kind?: string | undefined;
  readonly data?: unknown;
  readonly actionIndex?: number | undefined;
  readonly outcome?: Outcome | undefined;
  readonly resume?: ((options?: WaitOptions) => Promise<Outcome>) | undefined;
  readonly cause?: unknown;
}

/**
 * A transaction that did not end well.
 * @example
 * ```ts
 * import { connect, TransactionError } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
 * const error = await alice.transfer("bob.near", "1000 NEAR").catch((e) => e);
 * error instanceof TransactionError && [error.code, error.kind]; // ["rejected", "NotEnoughBalance"]
 * ```
 */
export class TransactionError extends NearError {
  override readonly name = "TransactionError";
  declare readonly code: TransactionErrorCode;
  /** Hash of the transaction, base58. */
  declare readonly hash: string;
  /** Account that signed it; asking for the status needs it. */
  declare readonly signerId: string;
  /** The signed bytes (borsh), as they were or would be broadcast; unset where a wallet has them. */
  declare readonly signedTransaction: Uint8Array | undefined;
  /** nearcore's name of the innermost error, e.g. `NotEnoughBalance`; unset where there is none. */
  declare readonly kind: string | undefined;
  /** Fields of nearcore's error as they came; undefined where there are none. Typed by {@link isTransactionError}. */
  declare readonly data: unknown;
  /** Index of the action that failed; unset where no single one did. */
  declare readonly actionIndex: number | undefined;
  /** Logs, gas and receipts of a transaction that was executed. */
  declare readonly outcome: Outcome | undefined;
  /**
   * Takes the transaction up again: asks for it by hash and sends the same bytes, until its fate is
   * known, to the same level unless told. Never signs. Set for `unknown_outcome` only.
   */
  declare readonly resume: ((options?: WaitOptions) => Promise<Outcome>) | undefined;

  constructor(code: TransactionErrorCode, message: string, details: TransactionErrorDetails) {
    super(code, message, details);
    Object.assign(this, details);
  }
}

/**
 * Tells whether a value is the error of a transaction, and optionally one of the given kind, whose `data`
 * is then typed.
 * @param error - whatever was caught
 * @param kind - nearcore's name of the innermost error
 * @example
 * ```ts
 * import { connect, isTransactionError } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
 * const error = await alice.transfer("bob.near", "1000 NEAR").catch((e) => e);
 * isTransactionError(error, "NotEnoughBalance") && error.data.balance; // "10000000000000000000000000"
 * ```
 */
export function isTransactionError<K extends FailureKind = FailureKind>(
  error: unknown,
  kind?: K,
): error is TransactionError & { readonly kind: K; readonly data: FailureData<K> } {
  if (!isNearError(error) || error.name !== "TransactionError") return false;
  return kind === undefined || ("kind" in error && error.kind === kind);
}
