/**
 * How host functions take arguments and hand over results, with what that costs. Source: nearcore
 * runtime/near-vm-runner/src/wasmtime_runner/logic.rs.
 * @module
 */
import { isAccountId } from "@yoctonear/primitives";
import type { Host } from "./host.ts";
import { HostFailure } from "./host-error.ts";

/** Stands for "none": the length that means a register, the length of a register that is not there. */
export const MAX_U64 = 0xffff_ffff_ffff_ffffn;

const STRICT_UTF8: TextDecoder = /* @__PURE__ */ new TextDecoder("utf-8", {
  fatal: true,
  ignoreBOM: true,
});

/**
 * Refuses a function in a view call.
 * @throws {HostFailure} `ProhibitedInView`
 */
export function refuseInView(host: Host, method: string): void {
  if (host.context.isView) throw new HostFailure("ProhibitedInView", { method_name: method });
}

/**
 * Returns a copy of memory; charged by its length even where it is out of bounds.
 * @throws {HostFailure}
 */
export function readMemory(host: Host, ptr: bigint, len: bigint): Uint8Array<ArrayBuffer> {
  host.gas.payBase("readMemoryBase");
  host.gas.payPer("readMemoryByte", len);
  return host.memory.read(ptr, len);
}

/**
 * Writes to memory; charged by its length even where it is out of bounds.
 * @throws {HostFailure}
 */
export function writeMemory(host: Host, ptr: bigint, bytes: Uint8Array): void {
  host.gas.payBase("writeMemoryBase");
  host.gas.payPer("writeMemoryByte", bytes.length);
  host.memory.write(ptr, bytes);
}

/**
 * Returns the content of a register, not to be changed; one that is not there costs nothing.
 * @throws {HostFailure}
 */
export function readRegister(host: Host, register: bigint): Uint8Array {
  const content = host.registers.get(register);
  if (content === undefined) throw new HostFailure("InvalidRegisterId", { register_id: register });
  host.gas.payBase("readRegisterBase");
  host.gas.payPer("readRegisterByte", content.length);
  return content;
}

/**
 * Sets a register; charged even where that fails.
 * @throws {HostFailure}
 */
export function writeRegister(host: Host, register: bigint, content: Uint8Array): void {
  host.gas.payBase("writeRegisterBase");
  host.gas.payPer("writeRegisterByte", content.length);
  host.registers.set(register, content);
}

/**
 * Sets a register at the price of an empty content: what was paid for before the call.
 * @throws {HostFailure}
 */
export function writePaidRegister(host: Host, register: bigint, content: Uint8Array): void {
  host.gas.payBase("writeRegisterBase");
  host.registers.set(register, content);
}

/**
 * Returns bytes that the contract names by length and pointer, or by a length of 2^64 − 1 and a register. Not to be
 * changed.
 * @throws {HostFailure}
 */
export function readBytes(host: Host, len: bigint, ptr: bigint): Uint8Array {
  return len === MAX_U64 ? readRegister(host, ptr) : readMemory(host, ptr, len);
}

/**
 * Returns a little-endian 128-bit number.
 * @throws {HostFailure}
 */
export function readU128(host: Host, ptr: bigint): bigint {
  const bytes = readMemory(host, ptr, 16n);
  const view = new DataView(bytes.buffer);
  return view.getBigUint64(0, true) | (view.getBigUint64(8, true) << 64n);
}

/**
 * Writes a little-endian 128-bit number.
 * @throws {HostFailure}
 */
export function writeU128(host: Host, ptr: bigint, value: bigint): void {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt.asUintN(64, value), true);
  view.setBigUint64(8, value >> 64n, true);
  writeMemory(host, ptr, bytes);
}

/**
 * Returns an account id.
 * @throws {HostFailure} `BadUTF8`, `InvalidAccountId`
 */
export function readAccountId(host: Host, len: bigint, ptr: bigint): string {
  const bytes = readBytes(host, len, ptr);
  host.gas.payBase("utf8DecodingBase");
  host.gas.payPer("utf8DecodingByte", bytes.length);
  const text = decodeStrictUtf8(bytes);
  if (text === null) throw new HostFailure("BadUTF8");
  if (!isAccountId(text)) throw new HostFailure("InvalidAccountId");
  return text;
}

/** Returns the text of UTF-8, or `null` where it is none. A byte order mark is a character like any other. */
export function decodeStrictUtf8(bytes: Uint8Array): string | null {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    return null;
  }
}
