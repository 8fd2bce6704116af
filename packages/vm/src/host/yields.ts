/**
 * Host functions of yielded promises: calls of the contract itself that wait for data from it (NEP-519),
 * also under an id of its own.
 * Source: nearcore runtime/near-vm-runner/src/wasmtime_runner/logic.rs; charges in its order.
 * @module
 */
import type { Host, HostFunctions } from "../host.ts";
import { HostFailure } from "../host-error.ts";
import { MAX_U64, readBytes, readU128, refuseInView, writeRegister } from "../host-arguments.ts";
import { type Place, readMethodName } from "./promise-calls.ts";
import { deductDeposit, parseMethodName } from "./promise-target.ts";
import { payForReceipt } from "./promises.ts";

const ID_LENGTH = 32;

/** Yields and what resumes them. */
export const YIELD_FUNCTIONS: HostFunctions = {
  promise_yield_create: { params: 7, type: "i64", result: "i64", call: yieldCreate },
  promise_yield_create_with_id: { params: 9, type: "i64", result: "i64", call: yieldCreateWithId },
  promise_yield_resume: { params: 4, type: "i64", result: "i32", call: yieldResume },
  promise_yield_resume_with_yield_id: {
    params: 4,
    type: "i64",
    result: "i32",
    call: yieldResumeWithYieldId,
  },
};

/** The call that is to run when the data is there. */
interface Callback {
  readonly methodName: Uint8Array;
  readonly args: Uint8Array;
  readonly deposit: bigint;
  readonly gas: bigint;
  readonly weight: bigint;
}

function yieldCreate(
  host: Host,
  methodLength: bigint,
  methodPointer: bigint,
  argsLength: bigint,
  argsPointer: bigint,
  gas: bigint,
  weight: bigint,
  register: bigint,
): bigint {
  host.gas.payBase("base");
  refuseInView(host, "promise_yield_create");
  host.gas.payBase("yieldCreateBase");
  const methodName = readMethodName(host, [methodLength, methodPointer]);
  const args = readBytes(host, argsLength, argsPointer);
  host.gas.payPer("yieldCreateByte", BigInt(methodName.length + args.length));
  const callback = { methodName, args, deposit: 0n, gas, weight };
  const { promise, dataId } = createYield(host, callback, null);
  writeRegister(host, register, dataId);
  return promise;
}

function yieldCreateWithId(
  host: Host,
  methodLength: bigint,
  methodPointer: bigint,
  argsLength: bigint,
  argsPointer: bigint,
  amountPointer: bigint,
  gas: bigint,
  weight: bigint,
  idLength: bigint,
  idPointer: bigint,
): bigint {
  host.gas.payBase("base");
  refuseInView(host, "promise_yield_create_with_id");
  host.gas.payBase("yieldCreateWithIdBase");
  const deposit = readU128(host, amountPointer);
  const methodName = readMethodName(host, [methodLength, methodPointer]);
  const args = readBytes(host, argsLength, argsPointer);
  const yieldId = readBytes(host, idLength, idPointer);
  if (yieldId.length !== ID_LENGTH) throw new HostFailure("YieldIdMalformed");
  host.gas.payPer("yieldCreateByte", BigInt(methodName.length + args.length));
  if (host.promises.yieldDataId(yieldId) !== null) return MAX_U64;
  return createYield(host, { methodName, args, deposit, gas, weight }, yieldId).promise;
}

function createYield(
  host: Host,
  { methodName, args, deposit, gas, weight }: Callback,
  yieldId: Uint8Array | null,
): { readonly promise: bigint; readonly dataId: Uint8Array } {
  const { promises } = host;
  host.gas.prepay(gas);
  payForReceipt(host, true, [true]);
  const made = promises.createYield(host.context.currentAccountId, yieldId);
  host.gas.payAction("functionCallBase", true);
  host.gas.payActionPer("functionCallByte", BigInt(methodName.length + args.length), true);
  deductDeposit(host, deposit);
  const call = { type: "functionCall", args, gas, deposit } as const;
  const action = { ...call, methodName: parseMethodName(methodName) };
  promises.addFunctionCall(made.draft, action, weight);
  return made;
}

function yieldResume(
  host: Host,
  idLength: bigint,
  idPointer: bigint,
  length: bigint,
  pointer: bigint,
): bigint {
  const place = [length, pointer] as const;
  const { id, payload } = readResume(host, "promise_yield_resume", [idLength, idPointer], place);
  if (id.length !== ID_LENGTH) throw new HostFailure("DataIdMalformed");
  return host.promises.resume(id, payload) ? 1n : 0n;
}

function yieldResumeWithYieldId(
  host: Host,
  idLength: bigint,
  idPointer: bigint,
  length: bigint,
  pointer: bigint,
): bigint {
  const place = [length, pointer] as const;
  const name = "promise_yield_resume_with_yield_id";
  const { id, payload } = readResume(host, name, [idLength, idPointer], place);
  if (id.length !== ID_LENGTH) throw new HostFailure("YieldIdMalformed");
  const dataId = host.promises.yieldDataId(id);
  return dataId !== null && host.promises.resume(dataId, payload) ? 1n : 0n;
}

function readResume(
  host: Host,
  method: string,
  idPlace: Place,
  payloadPlace: Place,
): { readonly id: Uint8Array; readonly payload: Uint8Array } {
  host.gas.payBase("base");
  refuseInView(host, method);
  host.gas.payBase("yieldResumeBase");
  // By the argument, before anything is read: the mark of a register is too much for any gas.
  host.gas.payPer("yieldResumeByte", payloadPlace[0]);
  const id = readBytes(host, ...idPlace);
  const payload = readBytes(host, ...payloadPlace);
  const limit = host.config.limits.maxYieldPayloadSize;
  if (payload.length > limit) {
    throw new HostFailure("YieldPayloadLength", {
      length: BigInt(payload.length),
      limit: BigInt(limit),
    });
  }
  return { id, payload };
}
