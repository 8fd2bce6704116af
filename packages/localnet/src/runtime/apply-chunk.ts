/**
 * Applies a chunk to the state (`runtime/runtime/src/lib.rs` `apply`): pure, so the same state, context
 * and inputs give the same bytes.
 * @module
 */
import type { SignedTransaction } from "@yoctonear/transactions";
import type { Receipt } from "../chain/receipt.ts";
import { StateUpdate } from "../state/state-update.ts";
import type { Trie } from "../state/trie.ts";
import { scheduleBandwidth } from "./bandwidth-scheduler.ts";
import { type ChunkRun, createChunkRun, hasComputeLeft } from "./chunk-run.ts";
import type { ApplyContext, ApplyResult } from "./context.ts";
import { delayReceipt, takeDelayedReceipt } from "./delayed-receipts.ts";
import { processReceipt } from "./process-receipt.ts";
import { processTransactions } from "./process-transactions.ts";
import { writeRecords } from "./state-patch.ts";
import { resumeTimedOut } from "./yields.ts";
import { updateValidators } from "./validator-update.ts";

/**
 * Applies a chunk. Receipts beyond 4.5 MB, which nearcore would buffer for a block, go out at once.
 * @param state - after the chunk before
 * @param transactions - of the chunk, in order; their signatures have been checked
 * @param incoming - what the chunk before sent
 */
export function applyChunk(
  state: Trie,
  context: ApplyContext,
  transactions: readonly SignedTransaction[],
  incoming: readonly Receipt[],
): ApplyResult {
  const update = new StateUpdate(state);
  const run = createChunkRun(update, context);
  if (context.validatorUpdate !== null) updateValidators(update, context.validatorUpdate);
  scheduleBandwidth(update, context.hasNewChunk);
  if (context.hasNewChunk) {
    processTransactions(run, transactions);
    processReceipts(run, incoming);
    resumeTimedOut(run);
    writeRecords(update, context.statePatch);
  }
  return {
    state: update.finish(),
    outcomes: run.outcomes,
    outgoingReceipts: run.outgoingReceipts,
    createdReceipts: run.createdReceipts,
    receiptParents: run.receiptParents,
    gasUsed: run.gasUsed,
    balanceBurnt: run.balanceBurnt,
    validatorProposals: run.validatorProposals,
    congestion: run.congestion,
    changes: update.changes,
    skippedTransactions: run.skippedTransactions,
  };
}

function processReceipts(run: ChunkRun, incoming: readonly Receipt[]): void {
  for (const receipt of run.localReceipts) processOrDelay(run, receipt);
  while (hasComputeLeft(run)) {
    const delayed = takeDelayedReceipt(run);
    if (delayed === null) break;
    processReceipt(run, delayed);
  }
  for (const receipt of incoming) processOrDelay(run, receipt);
}

function processOrDelay(run: ChunkRun, receipt: Receipt): void {
  if (hasComputeLeft(run)) processReceipt(run, receipt);
  else delayReceipt(run, receipt);
}
