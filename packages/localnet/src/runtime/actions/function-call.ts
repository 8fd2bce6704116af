/**
 * FunctionCall: runs the contract; the deposit is the contract's only where the call succeeds
 * (`runtime/runtime/src/function_call.rs`).
 * @module
 */
import { encode } from "@yoctonear/borsh";
import { publicKeyCodec } from "@yoctonear/keys";
import {
  functionCallErrorJson,
  type VmActionReceipt,
  type VmContext,
  type VmOutcome,
} from "@yoctonear/vm";
import type { FunctionCall } from "@yoctonear/transactions";
import { combineHashes, formatHashBytes, hashBytes } from "../../chain/hash.ts";
import { contractCode, contractKind } from "../account-contract.ts";
import { accountOf, type ActionScope, type ApplyAction, type NewReceipt } from "../action-scope.ts";
import { createExternal } from "../contract-external.ts";
import { actionHash } from "../receipt-id.ts";
import { depositRefundReceiver } from "../refund-receipt.ts";
import { runContractHere } from "../run-contract.ts";
import { announceResume, announceYield } from "../yields.ts";

export const applyFunctionCall: ApplyAction<"functionCall"> = (scope, action) => {
  const { state, nodes, context, receipt } = scope;
  const { receiverId } = receipt;
  const account = accountOf(scope);
  const { height, validators, modules, vmConfig } = context;
  const hash = actionHash(receipt.receiptId, height, scope.actionIndex);
  const outcome = runContractHere({
    ...contractCode(state, receiverId, account.contract),
    method: action.methodName,
    context: createVmContext(scope, action, hash),
    external: createExternal({
      accountId: receiverId,
      state,
      nodes,
      validators,
      height,
      actionHash: hash,
    }),
    modules,
    config: vmConfig,
  });
  addCosts(scope, outcome);
  if (outcome.error !== null) return { FunctionCallError: functionCallErrorJson(outcome.error) };
  const { balance, storageUsage } = outcome;
  scope.account = { ...account, amount: balance, storageUsage };
  takeResults(scope, outcome);
  return null;
};

function createVmContext(scope: ActionScope, action: FunctionCall, hash: string): VmContext {
  const { context, receipt, actionReceipt, promiseResults, actionIndex } = scope;
  const { amount, locked, storageUsage, contract } = accountOf(scope);
  // Only the last action's result is what others wait for.
  const isLast = actionIndex === actionReceipt.actions.length - 1;
  return {
    currentAccountId: receipt.receiverId,
    signerAccountId: actionReceipt.signerId,
    signerPublicKey: encode(publicKeyCodec, actionReceipt.signerPublicKey),
    predecessorAccountId: receipt.predecessorId,
    refundToAccountId: depositRefundReceiver(receipt, actionReceipt),
    chainId: context.chainId,
    input: action.args,
    promiseResults,
    blockHeight: BigInt(context.height),
    blockTimestamp: context.timestamp,
    epochHeight: context.epochHeight,
    accountBalance: amount,
    accountLockedBalance: locked,
    storageUsage,
    contract: contractKind(contract),
    attachedDeposit: action.deposit,
    prepaidGas: action.gas,
    randomSeed: combineHashes(hashBytes(hash), hashBytes(context.randomValue)),
    isView: false,
    outputDataReceivers: isLast
      ? actionReceipt.outputDataReceivers.map(({ receiverId }) => receiverId)
      : [],
  };
}

/** Adds what counts even where the call failed. */
function addCosts({ result }: ActionScope, outcome: VmOutcome): void {
  result.gasBurnt += outcome.gasBurnt;
  result.gasBurntForFunctionCall += outcome.gasBurnt;
  result.gasUsed += outcome.gasUsed;
  result.compute += outcome.compute;
  result.logs.push(...outcome.logs);
  for (const { category, cost, gas } of outcome.profile) {
    result.profile.push({ costCategory: category, cost, gasUsed: gas });
  }
}

/** Takes over what a call that succeeded returned, sent and yielded. */
function takeResults(scope: ActionScope, outcome: VmOutcome): void {
  const { state, context, receipt, result } = scope;
  const accountId = receipt.receiverId;
  for (const made of outcome.receipts) {
    result.newReceipts.push(newReceipt(scope, made));
    const [dataId] = made.inputDataIds;
    if (made.type !== "promiseYield" || dataId === undefined) continue;
    const yieldId = made.yieldId === null ? null : formatHashBytes(made.yieldId);
    const announced = { accountId, dataId: formatHashBytes(dataId), yieldId };
    announceYield(state, announced, context.height);
  }
  for (const { dataId: id, data } of outcome.resumes) {
    const dataId = formatHashBytes(id);
    announceResume(state, accountId, dataId);
    const body = { type: "promiseResume", dataId, data } as const;
    result.newReceipts.push({ predecessorId: accountId, receiverId: accountId, body });
  }
  result.subsidized += outcome.subsidized;
  result.returned = outcome.returned;
}

function newReceipt({ receipt, actionReceipt }: ActionScope, made: VmActionReceipt): NewReceipt {
  const { signerId, signerPublicKey, gasPrice } = actionReceipt;
  return {
    predecessorId: receipt.receiverId,
    receiverId: made.receiverId,
    body: {
      type: made.type === "promiseYield" ? "promiseYieldV2" : "actionV2",
      signerId,
      signerPublicKey,
      gasPrice,
      outputDataReceivers: made.outputDataReceivers.map(({ dataId, receiverId }) => ({
        dataId: formatHashBytes(dataId),
        receiverId,
      })),
      inputDataIds: made.inputDataIds.map(formatHashBytes),
      actions: made.actions,
      refundTo: made.refundTo,
    },
  };
}
