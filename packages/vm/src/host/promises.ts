/**
 * Host functions that make promises, wait for them and read their results.
 * Source: nearcore runtime/near-vm-runner/src/wasmtime_runner/logic.rs; charges in its order.
 * @module
 */
import type { Host, HostFunctions } from "../host.ts";
import { HostFailure } from "../host-error.ts";
import type { ReceiptDraft } from "../promises.ts";
import {
  MAX_U64,
  readAccountId,
  readMemory,
  refuseInView,
  writePaidRegister,
} from "../host-arguments.ts";
import { appendFunctionCall } from "./promise-calls.ts";

const SUCCESSFUL = 1n;
const FAILED = 2n;
const INDEX_BYTES = 8n;

/** Promises: made, joined, returned, and their results. */
export const PROMISE_FUNCTIONS: HostFunctions = {
  promise_create: { params: 8, type: "i64", result: "i64", call: promiseCreate },
  promise_then: { params: 9, type: "i64", result: "i64", call: promiseThen },
  promise_and: { params: 2, type: "i64", result: "i64", call: promiseAnd },
  promise_batch_create: { params: 2, type: "i64", result: "i64", call: promiseBatchCreate },
  promise_batch_then: { params: 3, type: "i64", result: "i64", call: promiseBatchThen },
  promise_set_refund_to: { params: 3, type: "i64", result: null, call: promiseSetRefundTo },
  promise_results_count: { params: 0, type: "i64", result: "i64", call: promiseResultsCount },
  promise_result: { params: 2, type: "i64", result: "i64", call: promiseResult },
  promise_return: { params: 1, type: "i64", result: null, call: promiseReturn },
};

/** Charges for a receipt and for the data that it waits for: all of it shows as the receipt's. */
export function payForReceipt(
  { config: { fees }, gas }: Host,
  isOwn: boolean,
  dependenciesAreOwn: readonly boolean[],
): void {
  const { newActionReceipt: receipt, newDataReceiptBase: data } = fees;
  let burnt = isOwn ? receipt.sendSir : receipt.sendNotSir;
  for (const isSir of dependenciesAreOwn) {
    burnt += (isSir ? data.sendSir : data.sendNotSir) + data.exec;
  }
  gas.payFee("newActionReceipt", burnt, burnt + receipt.exec);
}

function promiseCreate(
  host: Host,
  idLength: bigint,
  idPointer: bigint,
  methodLength: bigint,
  methodPointer: bigint,
  argsLength: bigint,
  argsPointer: bigint,
  amountPointer: bigint,
  gas: bigint,
): bigint {
  const promise = promiseBatchCreate(host, idLength, idPointer);
  const method = [methodLength, methodPointer] as const;
  const args = [argsLength, argsPointer] as const;
  appendFunctionCall(host, promise, method, args, amountPointer, gas, 0n);
  return promise;
}

function promiseThen(
  host: Host,
  awaited: bigint,
  idLength: bigint,
  idPointer: bigint,
  methodLength: bigint,
  methodPointer: bigint,
  argsLength: bigint,
  argsPointer: bigint,
  amountPointer: bigint,
  gas: bigint,
): bigint {
  const promise = promiseBatchThen(host, awaited, idLength, idPointer);
  const method = [methodLength, methodPointer] as const;
  const args = [argsLength, argsPointer] as const;
  appendFunctionCall(host, promise, method, args, amountPointer, gas, 0n);
  return promise;
}

function promiseBatchCreate(host: Host, idLength: bigint, idPointer: bigint): bigint {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_create");
  const receiverId = readAccountId(host, idLength, idPointer);
  return createReceipt(host, receiverId, []);
}

function promiseBatchThen(
  host: Host,
  awaited: bigint,
  idLength: bigint,
  idPointer: bigint,
): bigint {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_then");
  const receiverId = readAccountId(host, idLength, idPointer);
  return createReceipt(host, receiverId, host.promises.awaited(awaited));
}

function createReceipt(host: Host, receiverId: string, awaited: readonly ReceiptDraft[]): bigint {
  const isOwn = receiverId === host.context.currentAccountId;
  payForReceipt(
    host,
    isOwn,
    awaited.map((draft) => draft.receiverId === receiverId),
  );
  return host.promises.create(receiverId, awaited);
}

function promiseAnd(host: Host, pointer: bigint, count: bigint): bigint {
  const { gas, promises } = host;
  gas.payBase("base");
  refuseInView(host, "promise_and");
  gas.payBase("promiseAndBase");
  const length = count * INDEX_BYTES;
  if (length > MAX_U64) throw new HostFailure("IntegerOverflow");
  // The cost is named for promises, and counts their bytes.
  gas.payPer("promiseAndPerPromise", length);
  const bytes = readMemory(host, pointer, length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const joined: bigint[] = [];
  for (let i = 0; i < bytes.length; i += 8) joined.push(view.getBigUint64(i, true));
  return promises.join(joined);
}

function promiseSetRefundTo(
  host: Host,
  promise: bigint,
  idLength: bigint,
  idPointer: bigint,
): void {
  host.gas.payBase("base");
  refuseInView(host, "promise_set_refund_to");
  const accountId = readAccountId(host, idLength, idPointer);
  host.promises.receipt(promise, "CannotSetRefundToOnJointPromise").refundTo = accountId;
}

function promiseResultsCount(host: Host): bigint {
  host.gas.payBase("base");
  refuseInView(host, "promise_results_count");
  return BigInt(host.context.promiseResults.length);
}

function promiseResult(host: Host, index: bigint, register: bigint): bigint {
  host.gas.payBase("base");
  refuseInView(host, "promise_result");
  const { promiseResults } = host.context;
  const result = index < BigInt(promiseResults.length) ? promiseResults[Number(index)] : undefined;
  if (result === undefined) {
    throw new HostFailure("InvalidPromiseResultIndex", { result_idx: index });
  }
  if (result === null) return FAILED;
  writePaidRegister(host, register, result);
  return SUCCESSFUL;
}

function promiseReturn(host: Host, promise: bigint): void {
  host.gas.payBase("base");
  host.gas.payBase("promiseReturn");
  refuseInView(host, "promise_return");
  const index = host.promises.receiptIndex(promise, "CannotReturnJointPromise");
  host.returned = { type: "receiptIndex", index };
}
