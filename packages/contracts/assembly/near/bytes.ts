/** Bytes, registers, UTF-8: what goes over to the host and back. */
import { read_register, register_len } from "./env";

/** As a length: the pointer beside it is a register. */
export const REGISTER: u64 = u64.MAX_VALUE;

export function utf8(text: string): ArrayBuffer {
  return String.UTF8.encode(text);
}

export function lengthOf(bytes: ArrayBuffer): u64 {
  return bytes.byteLength as u64;
}

export function pointerTo(bytes: ArrayBuffer): u64 {
  return changetype<usize>(bytes) as u64;
}

export function registerBytes(register: u64): ArrayBuffer {
  const bytes = new ArrayBuffer(register_len(register) as i32);
  read_register(register, pointerTo(bytes));
  return bytes;
}

export function registerText(register: u64): string {
  return String.UTF8.decode(registerBytes(register));
}
