/**
 * Host functions that append actions to promises: all but calls and those of gas keys and contracts.
 * Source: nearcore runtime/near-vm-runner/src/wasmtime_runner/logic.rs; charges in its order.
 * @module
 */
import { accountKind } from "@yoctonear/primitives";
import type { ActionCostName } from "@yoctonear/transactions/cost";
import type { Host, HostFunctions } from "../host.ts";
import { readAccountId, readBytes, readU128, refuseInView } from "../host-arguments.ts";
import { readFunctionCallKey } from "./function-call-key.ts";
import { deductBalance, parsePublicKey, type Target, targetOf } from "./promise-target.ts";

/** Accounts, money and keys. */
export const PROMISE_ACTION_FUNCTIONS: HostFunctions = {
  promise_batch_action_create_account: {
    params: 1,
    type: "i64",
    result: null,
    call: appendCreateAccount,
  },
  promise_batch_action_transfer: { params: 2, type: "i64", result: null, call: appendTransfer },
  promise_batch_action_stake: { params: 4, type: "i64", result: null, call: appendStake },
  promise_batch_action_add_key_with_full_access: {
    params: 4,
    type: "i64",
    result: null,
    call: appendFullAccessKey,
  },
  promise_batch_action_add_key_with_function_call: {
    params: 9,
    type: "i64",
    result: null,
    call: appendFunctionCallKey,
  },
  promise_batch_action_delete_key: { params: 3, type: "i64", result: null, call: appendDeleteKey },
  promise_batch_action_delete_account: {
    params: 3,
    type: "i64",
    result: null,
    call: appendDeleteAccount,
  },
};

function appendCreateAccount(host: Host, promise: bigint): void {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_action_create_account");
  const { draft, isOwn } = targetOf(host, promise);
  host.gas.payAction("createAccount", isOwn);
  draft.actions.push({ type: "createAccount" });
}

function appendTransfer(host: Host, promise: bigint, amountPointer: bigint): void {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_action_transfer");
  const deposit = readU128(host, amountPointer);
  const target = targetOf(host, promise);
  payForTransfer(host, target);
  deductBalance(host, deposit);
  target.draft.actions.push({ type: "transfer", deposit });
}

/** Charges for a transfer and, by the shape of the receiver's id, for the account that it may make, in one. */
function payForTransfer({ config: { fees }, gas }: Host, { draft, isOwn }: Target): void {
  let burnt = 0n;
  let exec = 0n;
  for (const cost of transferCosts(draft.receiverId)) {
    const fee = fees[cost];
    burnt += isOwn ? fee.sendSir : fee.sendNotSir;
    exec += fee.exec;
  }
  gas.payFee("transfer", burnt, burnt + exec);
}

function transferCosts(receiverId: string): readonly ActionCostName[] {
  switch (accountKind(receiverId)) {
    case "near-implicit":
      return ["transfer", "createAccount", "addFullAccessKey"];
    case "eth-implicit":
    case "deterministic":
      return ["transfer", "createAccount"];
    default:
      return ["transfer"];
  }
}

function appendStake(
  host: Host,
  promise: bigint,
  amountPointer: bigint,
  keyLength: bigint,
  keyPointer: bigint,
): void {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_action_stake");
  const stake = readU128(host, amountPointer);
  const key = readBytes(host, keyLength, keyPointer);
  const { draft, isOwn } = targetOf(host, promise);
  host.gas.payAction("stake", isOwn);
  draft.actions.push({ type: "stake", stake, publicKey: parsePublicKey(key) });
}

function appendFullAccessKey(
  host: Host,
  promise: bigint,
  keyLength: bigint,
  keyPointer: bigint,
  nonce: bigint,
): void {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_action_add_key_with_full_access");
  const key = readBytes(host, keyLength, keyPointer);
  const { draft, isOwn } = targetOf(host, promise);
  host.gas.payAction("addFullAccessKey", isOwn);
  const accessKey = { nonce, permission: { type: "fullAccess" } } as const;
  draft.actions.push({ type: "addKey", publicKey: parsePublicKey(key), accessKey });
}

function appendFunctionCallKey(
  host: Host,
  promise: bigint,
  keyLength: bigint,
  keyPointer: bigint,
  nonce: bigint,
  allowancePointer: bigint,
  receiverLength: bigint,
  receiverPointer: bigint,
  namesLength: bigint,
  namesPointer: bigint,
): void {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_action_add_key_with_function_call");
  const key = readBytes(host, keyLength, keyPointer);
  const receiver = [receiverLength, receiverPointer] as const;
  const permission = readFunctionCallKey(host, allowancePointer, receiver, [
    namesLength,
    namesPointer,
  ]);
  const { draft, isOwn } = targetOf(host, promise);
  host.gas.payAction("addFunctionCallKeyBase", isOwn);
  host.gas.payActionPer("addFunctionCallKeyByte", permission.namesBytes, isOwn);
  const publicKey = parsePublicKey(key);
  const accessKey = { nonce, permission: { type: "functionCall", ...permission.parse() } } as const;
  draft.actions.push({ type: "addKey", publicKey, accessKey });
}

function appendDeleteKey(host: Host, promise: bigint, keyLength: bigint, keyPointer: bigint): void {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_action_delete_key");
  const key = readBytes(host, keyLength, keyPointer);
  const { draft, isOwn } = targetOf(host, promise);
  host.gas.payAction("deleteKey", isOwn);
  draft.actions.push({ type: "deleteKey", publicKey: parsePublicKey(key) });
}

function appendDeleteAccount(
  host: Host,
  promise: bigint,
  idLength: bigint,
  idPointer: bigint,
): void {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_action_delete_account");
  const beneficiaryId = readAccountId(host, idLength, idPointer);
  const { draft, isOwn } = targetOf(host, promise);
  host.gas.payAction("deleteAccount", isOwn);
  draft.actions.push({ type: "deleteAccount", beneficiaryId });
}
