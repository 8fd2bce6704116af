/**
 * Host functions of registers. Source: nearcore runtime/near-vm-runner/src/wasmtime_runner/logic.rs; charges in its
 * order, as all files here.
 * @module
 */
import type { Host, HostFunctions } from "../host.ts";
import {
  MAX_U64,
  readMemory,
  readRegister,
  writeMemory,
  writeRegister,
} from "../host-arguments.ts";

/** Registers: read, measured, written. */
export const REGISTER_FUNCTIONS: HostFunctions = {
  read_register: { params: 2, type: "i64", result: null, call: readRegisterToMemory },
  register_len: { params: 1, type: "i64", result: "i64", call: registerLength },
  write_register: { params: 3, type: "i64", result: null, call: writeRegisterFromMemory },
};

function readRegisterToMemory(host: Host, register: bigint, ptr: bigint): void {
  host.gas.payBase("base");
  writeMemory(host, ptr, readRegister(host, register));
}

function registerLength(host: Host, register: bigint): bigint {
  host.gas.payBase("base");
  const content = host.registers.get(register);
  return content === undefined ? MAX_U64 : BigInt(content.length);
}

function writeRegisterFromMemory(host: Host, register: bigint, len: bigint, ptr: bigint): void {
  host.gas.payBase("base");
  writeRegister(host, register, readMemory(host, ptr, len));
}
