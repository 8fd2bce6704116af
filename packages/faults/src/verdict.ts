/**
 * What a caller was told about each payment, and whether the chain agrees.
 * @module
 */
import { type Outcome, TransactionError } from "@yoctonear/account";
import type { Payment } from "./ledger.ts";

/** How a payment ended for its caller. */
export type Verdict =
  /** It resolved, at a level at which it is executed or going to be. */
  | "executed"
  /** It resolved at the level `NONE`, as was asked: nobody has looked yet whether it is executed. */
  | "sent"
  | "rejected"
  | "expired"
  | "failed"
  | "unknown_outcome"
  /** Any other error: nothing was sent. */
  | "not sent";

/** A payment and its end. */
export interface Told {
  readonly verdict: Verdict;
  readonly hash?: string | undefined;
  readonly error?: unknown;
  /** Takes it up again, where its outcome is unknown. */
  readonly resume?: TransactionError["resume"] | undefined;
  /** Its signed bytes, where its outcome is unknown. */
  readonly bytes?: Uint8Array | undefined;
}

/** Waits for a payment, however it ends. */
export async function told(payment: Promise<Outcome>): Promise<Told> {
  try {
    const { hash, level } = await payment;
    return { verdict: level === "NONE" ? "sent" : "executed", hash };
  } catch (error) {
    if (!(error instanceof TransactionError)) return { verdict: "not sent", error };
    const { code: verdict, hash, resume, signedTransaction: bytes } = error;
    return { verdict, hash, error, resume, bytes };
  }
}

/** Tells whether a payment is proved not to be executed, so that it may be made anew. */
export function isNotExecuted({ verdict }: Told): boolean {
  return verdict === "rejected" || verdict === "expired" || verdict === "not sent";
}

/**
 * Compares what was told with what the chain has: each payment must have been executed once. Those that were
 * told not to be executed were made anew, so that one that was executed after all is there twice.
 * @param ends - of each payment the last, by its place
 * @param amountOf - of payments that are alike only the sum of them is compared, and their hashes
 * @param payments - on the chain
 * @returns a line for each violation
 */
export function violations(
  ends: readonly Told[],
  amountOf: (index: number) => bigint,
  payments: readonly Payment[],
): string[] {
  const rest = new Map(payments.map((payment) => [payment.hash, payment]));
  const found: string[] = [];
  for (const [index, { verdict, hash = "", error }] of ends.entries()) {
    const payment = rest.get(hash);
    const isThere = payment?.amount === amountOf(index);
    // What two were told is there once only.
    rest.delete(hash);
    if (isThere && (verdict === "executed" || verdict === "sent")) continue;
    if (!isThere && verdict === "sent") continue;
    const said = `told ${verdict} ${hash} ${error === undefined ? "" : String(error)}`;
    found.push(`payment ${index}: ${isThere ? "executed" : "not executed by this hash"}, ${said}`);
  }
  for (const { hash, amount } of rest.values()) {
    const twins = payments.filter((other) => other.amount === amount).length;
    found.push(`${hash} of ${amount} is of nobody: such a payment was executed ${twins} times`);
  }
  return found;
}
