/**
 * Takes in a receipt of any kind (`runtime/runtime/src/lib.rs` `process_receipt`): runs it, or keeps it
 * until what it waits for has come.
 * @module
 */
import { decode, encode, u64 } from "@yoctonear/borsh";
import {
  type GlobalContractDistribution,
  isActionReceipt,
  type Receipt,
} from "../chain/receipt.ts";
import { globalContractCodeKey, globalContractNonceKey } from "../state/trie-key.ts";
import { applyActionReceipt } from "./apply-receipt.ts";
import type { ChunkRun } from "./chunk-run.ts";
import { GLOBAL_DEPLOY_COMPUTE_BASE, GLOBAL_DEPLOY_COMPUTE_PER_BYTE } from "./parameters.ts";
import { postponeReceipt, storeData, takeReadyReceipt } from "./promise-data.ts";
import { keepYield, takeYield } from "./yields.ts";

/** Takes in a receipt, and after it those that it makes to run at once. */
export function processReceipt(run: ChunkRun, receipt: Receipt): void {
  processOne(run, receipt);
  for (let next = run.instantReceipts.shift(); next; next = run.instantReceipts.shift()) {
    processOne(run, next);
  }
}

function processOne(run: ChunkRun, receipt: Receipt): void {
  const { state } = run;
  const { body, receiverId, receiptId: receiptHash } = receipt;
  switch (body.type) {
    case "action":
    case "actionV2":
      if (!postponeReceipt(state, receipt, body)) return applyActionReceipt(run, receipt, body);
      break;
    case "data": {
      storeData(state, receiverId, body.dataId, body.data);
      const ready = takeReadyReceipt(state, receiverId, body.dataId);
      if (ready !== null && isActionReceipt(ready.body)) {
        return applyActionReceipt(run, ready, ready.body);
      }
      break;
    }
    case "globalContractDistribution":
      return installGlobalContract(run, receiptHash, body);
    case "promiseYieldV2":
      keepYield(state, receipt, body);
      break;
    case "promiseResume": {
      const resumed = takeYield(state, receiverId, body.dataId);
      if (resumed !== null && isActionReceipt(resumed.body)) {
        storeData(state, receiverId, body.dataId, body.data);
        return applyActionReceipt(run, resumed, resumed.body);
      }
      // Another resume came before this one.
      break;
    }
  }
  return state.commit({ type: "postponedReceipt", receiptHash });
}

/** Keeps a global contract's code, unless a later deployment has overtaken it. */
function installGlobalContract(
  run: ChunkRun,
  receiptHash: string,
  { id, code, nonce }: GlobalContractDistribution,
): void {
  const { other } = run.state;
  const nonceKey = globalContractNonceKey(id);
  const stored = other.get(nonceKey);
  run.compute += GLOBAL_DEPLOY_COMPUTE_BASE + BigInt(code.length) * GLOBAL_DEPLOY_COMPUTE_PER_BYTE;
  if (stored !== null && nonce < decode(u64, stored)) return;
  other.set(nonceKey, encode(u64, nonce));
  other.set(globalContractCodeKey(id), code);
  run.state.commit({ type: "receiptProcessing", receiptHash });
}
