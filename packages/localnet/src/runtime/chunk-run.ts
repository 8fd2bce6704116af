/**
 * A chunk while it is applied: the state, and everything that comes out of it so far.
 * @module
 */
import type { ExecutionOutcome } from "../chain/outcome.ts";
import { isActionReceipt, type Receipt } from "../chain/receipt.ts";
import type { ValidatorStake } from "../chain/validator-stake.ts";
import type { StateUpdate } from "../state/state-update.ts";
import { ChunkNodes } from "../state/trie-nodes.ts";
import type { ApplyContext, CongestionInfo } from "./context.ts";

/** What a chunk's transactions and receipts work on. */
export interface ChunkRun {
  readonly context: ApplyContext;
  readonly state: StateUpdate;
  /** Nodes of the trie that contracts have met. */
  readonly nodes: ChunkNodes;
  readonly outcomes: ExecutionOutcome[];
  readonly outgoingReceipts: Receipt[];
  readonly createdReceipts: Receipt[];
  /** Id of the transaction or receipt that each of them comes from. */
  readonly receiptParents: string[];
  readonly validatorProposals: ValidatorStake[];
  readonly skippedTransactions: string[];
  /** Receipts of transactions to their own signer: they run in this chunk. */
  readonly localReceipts: Receipt[];
  /** Receipts that run right after the one that made them, whatever the limit. */
  readonly instantReceipts: Receipt[];
  /** Compute so far; a new receipt is started while it is below the gas limit. */
  compute: bigint;
  gasUsed: bigint;
  balanceBurnt: bigint;
  congestion: CongestionInfo;
}

/** A chunk at its start. */
export function createChunkRun(state: StateUpdate, context: ApplyContext): ChunkRun {
  return {
    context,
    state,
    nodes: new ChunkNodes(state.base),
    outcomes: [],
    outgoingReceipts: [],
    createdReceipts: [],
    receiptParents: [],
    validatorProposals: [],
    skippedTransactions: [],
    localReceipts: [],
    instantReceipts: [],
    compute: 0n,
    gasUsed: 0n,
    balanceBurnt: 0n,
    congestion: context.congestion,
  };
}

/** Tells whether another receipt may be started. */
export function hasComputeLeft({ compute, context }: ChunkRun): boolean {
  return compute < context.gasLimit;
}

/** Records an outcome in the order of execution. */
export function recordOutcome(run: ChunkRun, outcome: ExecutionOutcome): void {
  run.outcomes.push(outcome);
  run.gasUsed += outcome.gasBurnt;
  run.balanceBurnt += outcome.tokensBurnt;
}

/** Sends a receipt that a receipt made on its way: to the next chunk, or to run at once. */
export function emitReceipt(run: ChunkRun, receipt: Receipt, parentId: string): void {
  run.createdReceipts.push(receipt);
  run.receiptParents.push(parentId);
  const queue = isInstantReceipt(receipt) ? run.instantReceipts : run.outgoingReceipts;
  queue.push(receipt);
}

// Yields, and deletions of an account alone, are quick to apply (`is_instant_receipt` of nearcore).
function isInstantReceipt({ body }: Receipt): boolean {
  if (!isActionReceipt(body)) return false;
  if (body.type === "promiseYieldV2") return true;
  const [action] = body.actions;
  const isLone = body.actions.length === 1 && body.inputDataIds.length === 0;
  return isLone && action?.type === "deleteAccount";
}
