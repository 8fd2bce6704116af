/**
 * Host functions that append calls of functions to promises.
 * Source: nearcore runtime/near-vm-runner/src/wasmtime_runner/logic.rs; charges in its order.
 * @module
 */
import type { Host, HostFunctions } from "../host.ts";
import { HostFailure } from "../host-error.ts";
import { readBytes, readU128, refuseInView } from "../host-arguments.ts";
import { deductDeposit, parseMethodName, targetOf } from "./promise-target.ts";

/** Length and pointer of bytes in the contract's memory, or the mark of a register and its number. */
export type Place = readonly [length: bigint, pointer: bigint];

/** Calls of functions. */
export const PROMISE_CALL_FUNCTIONS: HostFunctions = {
  promise_batch_action_function_call: {
    params: 7,
    type: "i64",
    result: null,
    call: (host, promise, methodLength, methodPointer, argsLength, argsPointer, amount, gas) => {
      const method = [methodLength, methodPointer] as const;
      const args = [argsLength, argsPointer] as const;
      appendFunctionCall(host, promise, method, args, amount, gas, 0n);
    },
  },
  promise_batch_action_function_call_weight: {
    params: 8,
    type: "i64",
    result: null,
    call: (
      host,
      promise,
      methodLength,
      methodPointer,
      argsLength,
      argsPointer,
      amount,
      gas,
      weight,
    ) => {
      const method = [methodLength, methodPointer] as const;
      const args = [argsLength, argsPointer] as const;
      appendFunctionCall(host, promise, method, args, amount, gas, weight);
    },
  },
};

/** Appends a call, as all functions do that can. */
export function appendFunctionCall(
  host: Host,
  promise: bigint,
  method: Place,
  argsPlace: Place,
  amountPointer: bigint,
  prepaidGas: bigint,
  weight: bigint,
): void {
  const { gas, promises } = host;
  gas.payBase("base");
  refuseInView(host, "promise_batch_action_function_call");
  const deposit = readU128(host, amountPointer);
  const methodName = readMethodName(host, method);
  const args = readBytes(host, ...argsPlace);
  const { draft, isOwn } = targetOf(host, promise);
  gas.payAction("functionCallBase", isOwn);
  gas.payActionPer("functionCallByte", BigInt(methodName.length + args.length), isOwn);
  gas.prepay(prepaidGas);
  deductDeposit(host, deposit);
  const call = { type: "functionCall", args, gas: prepaidGas, deposit } as const;
  promises.addFunctionCall(draft, { ...call, methodName: parseMethodName(methodName) }, weight);
}

/**
 * Reads the name of a method to call.
 * @throws {HostFailure} EmptyMethodName
 */
export function readMethodName(host: Host, place: Place): Uint8Array {
  const name = readBytes(host, ...place);
  if (name.length === 0) throw new HostFailure("EmptyMethodName");
  return name;
}
