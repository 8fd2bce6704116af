/**
 * How far a transaction has come, and everything that came of it.
 * Source: nearcore chain/client/src/view_client_actor.rs (`get_tx_status`), chain/chain/src/chain.rs.
 * @module
 */
import type { SignedTransaction } from "@yoctonear/transactions";
import type { ExecutionOutcome } from "../chain/outcome.ts";
import type { Receipt } from "../chain/receipt.ts";
import type { Json } from "../runtime/json.ts";
import { outcomeWithIdView, type ProofStep, statusView } from "./outcome-view.ts";
import { receiptView } from "./receipt-view.ts";
import type { WaitLevel } from "./transaction-params.ts";
import { transactionView } from "./transaction-view.ts";

/** An outcome and its place in the chain. */
interface PlacedOutcome {
  readonly outcome: ExecutionOutcome;
  /** Of the block that executed it. */
  readonly blockHash: string;
  readonly proof: () => readonly ProofStep[];
}

/** What the chain knows about transactions and receipts. */
export interface TransactionSource {
  transaction(hash: string): SignedTransaction | undefined;
  outcome(id: string): PlacedOutcome | undefined;
  receipt(id: string): Receipt | undefined;
  /** Tells whether the block can no longer be replaced. */
  isFinal(blockHash: string): boolean;
}

/** A transaction that is in the chain, with every outcome so far. */
export interface TransactionStatus {
  readonly level: WaitLevel;
  readonly hash: string;
  readonly signed: SignedTransaction;
  readonly transactionOutcome: PlacedOutcome;
  /** Depth first over the receipts. */
  readonly receiptOutcomes: readonly PlacedOutcome[];
}

/** Looks a transaction up; `null` while it is in no block. */
export function findTransaction(source: TransactionSource, hash: string): TransactionStatus | null {
  const signed = source.transaction(hash);
  const transactionOutcome = source.outcome(hash);
  if (signed === undefined || transactionOutcome === undefined) return null;
  const receiptOutcomes: PlacedOutcome[] = [];
  const isMissing = collect(source, transactionOutcome.outcome, receiptOutcomes);
  const level = levelOf(source, transactionOutcome, receiptOutcomes, isMissing);
  return { level, hash, signed, transactionOutcome, receiptOutcomes };
}

/** What of the receipts has not run yet. */
interface Missing {
  /** A receipt that is no refund. */
  receipt: boolean;
  refund: boolean;
}

function collect(
  source: TransactionSource,
  outcome: ExecutionOutcome,
  found: PlacedOutcome[],
  missing: Missing = { receipt: false, refund: false },
): Missing {
  for (const id of outcome.receiptIds) {
    const placed = source.outcome(id);
    if (placed !== undefined) {
      found.push(placed);
      collect(source, placed.outcome, found, missing);
    } else if (source.receipt(id)?.predecessorId === "system") {
      missing.refund = true;
    } else {
      missing.receipt = true;
    }
  }
  return missing;
}

function levelOf(
  source: TransactionSource,
  transaction: PlacedOutcome,
  receipts: readonly PlacedOutcome[],
  missing: Missing,
): WaitLevel {
  if (!source.isFinal(transaction.blockHash)) {
    return missing.receipt ? "INCLUDED" : "EXECUTED_OPTIMISTIC";
  }
  if (missing.receipt) return "INCLUDED_FINAL";
  const isFinal = receipts.every(({ blockHash }) => source.isFinal(blockHash));
  return missing.refund || !isFinal ? "EXECUTED" : "FINAL";
}

/**
 * Shows a transaction as `tx` does.
 * @param status - from {@link findTransaction}
 */
export function transactionStatusView(status: TransactionStatus): { [key: string]: Json } {
  return {
    final_execution_status: status.level,
    status: finalStatus(status),
    transaction: transactionView(status.signed, status.hash),
    transaction_outcome: outcomeView(status.transactionOutcome),
    receipts_outcome: status.receiptOutcomes.map(outcomeView),
  };
}

/** Shows the action receipts as well, as `EXPERIMENTAL_tx_status` does. */
export function transactionStatusWithReceipts(
  source: TransactionSource,
  status: TransactionStatus,
): { [key: string]: Json } {
  const { signerId, receiverId } = status.signed.transaction;
  const [first] = status.transactionOutcome.outcome.receiptIds;
  // A receipt to oneself is never sent, so the node has none to show.
  const hidden = signerId === receiverId ? first : undefined;
  const receipts: Json[] = [];
  for (const { outcome } of status.receiptOutcomes) {
    const receipt = outcome.id === hidden ? undefined : source.receipt(outcome.id);
    if (receipt !== undefined) receipts.push(receiptView(receipt));
  }
  return { ...transactionStatusView(status), receipts };
}

function outcomeView({ outcome, blockHash, proof }: PlacedOutcome): Json {
  return outcomeWithIdView(outcome, blockHash, proof());
}

/** Follows the result from receipt to receipt. */
function finalStatus({ transactionOutcome, receiptOutcomes }: TransactionStatus): Json {
  let { status } = transactionOutcome.outcome;
  for (const { outcome } of receiptOutcomes) {
    if (status.type !== "successReceiptId") break;
    if (outcome.id === status.receiptId) ({ status } = outcome);
  }
  if (status.type === "unknown") return receiptOutcomes.length === 0 ? "NotStarted" : "Started";
  return status.type === "successReceiptId" ? "Started" : statusView(status);
}
