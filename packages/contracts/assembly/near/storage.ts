/** The contract's rows: text keys to bytes, text or amounts. */
import { lengthOf, pointerTo, registerBytes, utf8 } from "./bytes";
import { storage_has_key, storage_read, storage_remove, storage_write } from "./env";
import { U128 } from "./u128";

/** yoctoNEAR that an account must hold for each stored byte. */
export const BYTE_PRICE: u64 = 10_000_000_000_000_000_000;

export function has(key: string): bool {
  const bytes = utf8(key);
  return storage_has_key(lengthOf(bytes), pointerTo(bytes)) == 1;
}

/** Returns whether there was such a row. */
export function remove(key: string): bool {
  const bytes = utf8(key);
  return storage_remove(lengthOf(bytes), pointerTo(bytes), 0) == 1;
}

export function read(key: string): ArrayBuffer | null {
  const bytes = utf8(key);
  const isThere = storage_read(lengthOf(bytes), pointerTo(bytes), 0) == 1;
  return isThere ? registerBytes(0) : null;
}

export function write(key: string, value: ArrayBuffer): void {
  const bytes = utf8(key);
  storage_write(lengthOf(bytes), pointerTo(bytes), lengthOf(value), pointerTo(value), 0);
}

export function readText(key: string): string | null {
  const bytes = read(key);
  return bytes === null ? null : String.UTF8.decode(bytes);
}

export function writeText(key: string, text: string): void {
  write(key, utf8(text));
}

/** Reads eight bytes; 0 where there is no row. */
export function readInteger(key: string): i64 {
  const bytes = read(key);
  return bytes === null ? 0 : load<i64>(changetype<usize>(bytes));
}

export function writeInteger(key: string, value: i64): void {
  const bytes = new ArrayBuffer(8);
  store<i64>(changetype<usize>(bytes), value);
  write(key, bytes);
}

export function readAmount(key: string): U128 | null {
  const bytes = read(key);
  return bytes === null ? null : U128.load(bytes);
}

export function writeAmount(key: string, amount: U128): void {
  write(key, amount.toBytes());
}
