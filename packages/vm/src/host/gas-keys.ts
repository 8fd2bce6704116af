/**
 * Host functions that append to promises the actions of gas keys (NEP-611).
 * Source: nearcore runtime/near-vm-runner/src/wasmtime_runner/logic.rs; charges in its order.
 * @module
 */
import type { Host, HostFunctions } from "../host.ts";
import { HostFailure } from "../host-error.ts";
import { readBytes, readU128, refuseInView } from "../host-arguments.ts";
import { readFunctionCallKey } from "./function-call-key.ts";
import { deductBalance, parsePublicKey, type Target, targetOf } from "./promise-target.ts";

const MAX_U16 = 0xffffn;
/** Borsh of what a gas key has more than others: a balance of 16 bytes, a count of 2. */
const GAS_KEY_INFO_LENGTH = 18n;
/** Borsh of the smallest gas key. */
const GAS_KEY_LENGTH = 27n;
/** Two column bytes of the key's row. */
const ROW_KEY_EXTRA = 2n;
/** Index and value of a nonce's row. */
const NONCE_ROW_EXTRA = 10n;

/** Gas keys: added, and paid for. */
export const GAS_KEY_FUNCTIONS: HostFunctions = {
  promise_batch_action_transfer_to_gas_key: {
    params: 4,
    type: "i64",
    result: null,
    call: appendTransferToGasKey,
  },
  promise_batch_action_add_gas_key_with_full_access: {
    params: 4,
    type: "i64",
    result: null,
    call: appendFullAccessGasKey,
  },
  promise_batch_action_add_gas_key_with_function_call: {
    params: 9,
    type: "i64",
    result: null,
    call: appendFunctionCallGasKey,
  },
};

function appendTransferToGasKey(
  host: Host,
  promise: bigint,
  keyLength: bigint,
  keyPointer: bigint,
  amountPointer: bigint,
): void {
  const { gas } = host;
  gas.payBase("base");
  refuseInView(host, "promise_batch_action_transfer_to_gas_key");
  const key = readBytes(host, keyLength, keyPointer);
  const deposit = readU128(host, amountPointer);
  const target = targetOf(host, promise);
  gas.payAction("gasKeyTransferBase", target.isOwn);
  payPerByte(host, target, keyLength, rowKeyLength(target, keyLength) + GAS_KEY_LENGTH);
  deductBalance(host, deposit);
  const publicKey = parsePublicKey(key);
  target.draft.actions.push({ type: "transferToGasKey", publicKey, deposit });
}

function appendFullAccessGasKey(
  host: Host,
  promise: bigint,
  keyLength: bigint,
  keyPointer: bigint,
  nonces: bigint,
): void {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_action_add_gas_key_with_full_access");
  const key = readBytes(host, keyLength, keyPointer);
  const numNonces = checkNonces(nonces);
  const target = targetOf(host, promise);
  host.gas.payAction("addFullAccessKey", target.isOwn);
  payForNonces(host, target, keyLength, nonces);
  const publicKey = parsePublicKey(key);
  const permission = { type: "gasKeyFullAccess", balance: 0n, numNonces } as const;
  target.draft.actions.push({ type: "addKey", publicKey, accessKey: { nonce: 0n, permission } });
}

function appendFunctionCallGasKey(
  host: Host,
  promise: bigint,
  keyLength: bigint,
  keyPointer: bigint,
  nonces: bigint,
  allowancePointer: bigint,
  receiverLength: bigint,
  receiverPointer: bigint,
  namesLength: bigint,
  namesPointer: bigint,
): void {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_action_add_gas_key_with_function_call");
  const key = readBytes(host, keyLength, keyPointer);
  const numNonces = checkNonces(nonces);
  const receiver = [receiverLength, receiverPointer] as const;
  const read = readFunctionCallKey(host, allowancePointer, receiver, [namesLength, namesPointer]);
  const target = targetOf(host, promise);
  host.gas.payAction("addFunctionCallKeyBase", target.isOwn);
  host.gas.payActionPer("addFunctionCallKeyByte", read.namesBytes, target.isOwn);
  payForNonces(host, target, keyLength, nonces);
  const publicKey = parsePublicKey(key);
  const gasKey = { type: "gasKeyFunctionCall", balance: 0n, numNonces } as const;
  const permission = { ...gasKey, ...read.parse() };
  target.draft.actions.push({ type: "addKey", publicKey, accessKey: { nonce: 0n, permission } });
}

/** Charges what a gas key costs more than another: its nonces, which are written when it is added. */
function payForNonces(host: Host, target: Target, keyLength: bigint, nonces: bigint): void {
  const { exec } = host.config.fees.gasKeyNonceWriteBase;
  host.gas.payFee("gasKeyNonceWriteBase", 0n, nonces * exec);
  const rowLength = rowKeyLength(target, keyLength) + NONCE_ROW_EXTRA;
  payPerByte(host, target, GAS_KEY_INFO_LENGTH, nonces * rowLength);
}

/** Charges for bytes that are sent and bytes that are written. */
function payPerByte({ config, gas }: Host, { isOwn }: Target, sent: bigint, written: bigint): void {
  const { sendSir, sendNotSir, exec } = config.fees.gasKeyByte;
  const burnt = sent * (isOwn ? sendSir : sendNotSir);
  gas.payFee("gasKeyByte", burnt, burnt + written * exec);
}

/** Length of the trie key of an access key. nearcore counts the argument, also where that marks a register. */
function rowKeyLength({ draft }: Target, keyLength: bigint): bigint {
  return ROW_KEY_EXTRA + BigInt(draft.receiverId.length) + keyLength;
}

function checkNonces(nonces: bigint): number {
  if (nonces > MAX_U16) throw new HostFailure("IntegerOverflow");
  return Number(nonces);
}
