/**
 * Applies an action receipt whose inputs are all there (`runtime/runtime/src/lib.rs`
 * `apply_action_receipt`): the actions, then refunds, the contract's reward and results.
 * @module
 */
import { ACTION_FEES } from "@yoctonear/transactions/cost";
import type { ExecutionStatus } from "../chain/outcome.ts";
import { type ActionReceipt, isActionReceipt, type Receipt } from "../chain/receipt.ts";
import { SYSTEM_ID } from "./action-permission.ts";
import { createActionResult } from "./action-result.ts";
import type { ActionResult, ActionScope, NewReceipt, ReturnData } from "./action-scope.ts";
import { type ChunkRun, emitReceipt, recordOutcome } from "./chunk-run.ts";
import { internalError } from "./invariant.ts";
import { REWARD_DENOMINATOR, REWARD_NUMERATOR } from "./parameters.ts";
import { takePromiseResults } from "./promise-data.ts";
import { isSince87 } from "./protocol-version.ts";
import { type ActionFailure, runActions } from "./receipt-actions.ts";
import { receiptId } from "./receipt-id.ts";
import { settleRefunds } from "./refund.ts";
import { totalDeposit } from "@yoctonear/transactions/cost";

const NO_BYTES: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/** Applies the receipt, sends what it makes on its way and records its outcome. */
export function applyActionReceipt(run: ChunkRun, receipt: Receipt, action: ActionReceipt): void {
  const { context, state } = run;
  const total = createActionResult(
    ACTION_FEES.newActionReceipt.exec,
    ACTION_FEES.newActionReceipt.exec,
  );
  const scope = createScope(run, receipt, action, total);
  const existedBefore = scope.account !== null;
  const { failure, contracts } = runActions(scope, total);
  const hasFailed = failure !== null;
  // Refunds are free: their gas shows in the outcome but burns nothing.
  const isRefund = receipt.predecessorId === SYSTEM_ID;
  const burnPrice = isRefund ? 0n : min(action.gasPrice, context.gasPrice);
  let creationCharge = 0n;
  if (isRefund) {
    // A refund that cannot be delivered is burnt, though no outcome tells it.
    if (hasFailed) run.balanceBurnt += totalDeposit(action.actions);
  } else {
    const { gasBurnt, gasUsed } = total;
    const hasCreated = !existedBefore && scope.account !== null;
    const settlement = {
      receipt,
      action,
      burnPrice,
      hasFailed,
      hasCreated,
      gasBurnt,
      gasUsed,
      protocolVersion: context.protocolVersion,
    };
    const settled = settleRefunds(settlement);
    creationCharge = settled.creationCharge;
    total.newReceipts.push(...settled.receipts);
  }
  if (hasFailed) state.rollback();
  else state.commit({ type: "receiptProcessing", receiptHash: receipt.receiptId });
  rewardContract(run, receipt, burnPrice, total.gasBurntForFunctionCall);
  run.validatorProposals.push(...total.validatorProposals);
  run.compute += total.compute;
  run.balanceBurnt -= total.subsidized;
  const { returned } = total;
  forwardResult(receipt, action, total, hasFailed);
  recordOutcome(run, {
    id: receipt.receiptId,
    logs: total.logs,
    receiptIds: emitReceipts(run, receipt, total.newReceipts),
    gasBurnt: total.gasBurnt,
    tokensBurnt: burnPrice * total.gasBurnt + creationCharge + total.tokensBurnt,
    executorId: receipt.receiverId,
    status: statusOf(run, receipt, failure, returned),
    metadata: { version: 4, gasProfile: total.profile, contracts },
  });
}

function createScope(
  { context, state, nodes }: ChunkRun,
  receipt: Receipt,
  actionReceipt: ActionReceipt,
  result: ActionResult,
): ActionScope {
  const { receiverId, receiptId: receiptHash } = receipt;
  const promiseResults = takePromiseResults(state, receiverId, actionReceipt.inputDataIds);
  // Data is used up even where the receipt fails.
  state.commit({ type: "actionReceiptProcessingStarted", receiptHash });
  return {
    context,
    state,
    nodes,
    receipt,
    actionReceipt,
    promiseResults,
    account: state.accounts.get(receiverId),
    actorId: receipt.predecessorId,
    actionIndex: 0,
    result,
  };
}

/** The contract's share of the gas burnt in its calls, also when the receipt failed; none since protocol 87. */
function rewardContract(
  run: ChunkRun,
  { receiverId, receiptId: receiptHash }: Receipt,
  burnPrice: bigint,
  gasBurnt: bigint,
): void {
  if (isSince87(run.context.protocolVersion)) return;
  const reward = burnPrice * ((gasBurnt * REWARD_NUMERATOR) / REWARD_DENOMINATOR);
  const account = reward === 0n ? null : run.state.accounts.get(receiverId);
  if (account === null) return;
  run.state.accounts.set(receiverId, { ...account, amount: account.amount + reward });
  run.state.commit({ type: "actionReceiptGasReward", receiptHash });
  run.balanceBurnt -= reward;
}

/** Sends the result to who waits for it, or lets the receipt do so that the result is left to. */
function forwardResult(
  receipt: Receipt,
  { outputDataReceivers }: ActionReceipt,
  total: ActionResult,
  hasFailed: boolean,
): void {
  if (outputDataReceivers.length === 0) return;
  const { returned, newReceipts } = total;
  if (!hasFailed && returned.type === "receiptIndex") {
    const heir = newReceipts[returned.index];
    if (heir === undefined || !isActionReceipt(heir.body)) {
      throw internalError("a result is left to a receipt that has none");
    }
    const outputs = [...heir.body.outputDataReceivers, ...outputDataReceivers];
    const body = { ...heir.body, outputDataReceivers: outputs };
    newReceipts[returned.index] = { ...heir, body };
    return;
  }
  const value = returned.type === "value" ? returned.value : NO_BYTES;
  for (const { dataId, receiverId } of outputDataReceivers) {
    newReceipts.push({
      predecessorId: receipt.receiverId,
      receiverId,
      body: { type: "data", dataId, data: hasFailed ? null : value },
    });
  }
}

/** Gives the new receipts their ids, by place; returns those that the outcome lists. */
function emitReceipts(
  run: ChunkRun,
  parent: Receipt,
  newReceipts: readonly NewReceipt[],
): readonly string[] {
  const listed: string[] = [];
  for (const [index, { predecessorId, receiverId, body }] of newReceipts.entries()) {
    const id = receiptId(parent.receiptId, run.context.height, index);
    emitReceipt(run, { predecessorId, receiverId, receiptId: id, body }, parent.receiptId);
    if (isActionReceipt(body)) listed.push(id);
  }
  return listed;
}

function statusOf(
  run: ChunkRun,
  receipt: Receipt,
  failure: ActionFailure | null,
  returned: ReturnData,
): ExecutionStatus {
  if (failure !== null) {
    const { index, kind } = failure;
    return { type: "failure", error: { ActionError: { index, kind } } };
  }
  switch (returned.type) {
    case "none":
      return { type: "successValue", value: NO_BYTES };
    case "value":
      return { type: "successValue", value: returned.value };
    case "receiptIndex": {
      const id = receiptId(receipt.receiptId, run.context.height, returned.index);
      return { type: "successReceiptId", receiptId: id };
    }
  }
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
