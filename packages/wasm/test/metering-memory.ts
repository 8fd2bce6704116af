/**
 * A linear memory that keeps only the pages somebody wrote to.
 * @module
 */
import { Trap } from "./metering-numeric.ts";

const PAGE = 65_536;

export interface SparseMemory {
  pages(): number;
  /** @returns the size before in pages, -1 if it cannot */
  grow(count: number): number;
  /** Little-endian. @returns unsigned */
  load(address: number, length: number): bigint;
  store(address: number, bits: bigint, length: number): void;
  write(address: number, bytes: Uint8Array): void;
  fill(address: number, byte: number, count: number): void;
  copy(to: number, from: number, count: number): void;
  /** Those written to, by number. */
  written(): ReadonlyMap<number, Uint8Array>;
}

/** Makes one of zeros. */
export function createSparseMemory(min: number, max: number): SparseMemory {
  const pages = new Map<number, Uint8Array>();
  let size = min;
  const check = (address: number, length: number): void => {
    if (address + length > size * PAGE) throw new Trap("bounds");
  };
  const get = (address: number): number =>
    pages.get(Math.floor(address / PAGE))?.[address % PAGE] ?? 0;
  const set = (address: number, byte: number): void => {
    const number = Math.floor(address / PAGE);
    let page = pages.get(number);
    if (page === undefined) pages.set(number, (page = new Uint8Array(PAGE)));
    page[address % PAGE] = byte;
  };
  const write = (address: number, bytes: Uint8Array): void => {
    check(address, bytes.length);
    for (const [index, byte] of bytes.entries()) set(address + index, byte);
  };
  return {
    pages: () => size,
    grow(count) {
      if (size + count > max) return -1;
      size += count;
      return size - count;
    },
    load(address, length) {
      check(address, length);
      let bits = 0n;
      for (let index = length - 1; index >= 0; index--)
        bits = (bits << 8n) | BigInt(get(address + index));
      return bits;
    },
    store(address, bits, length) {
      check(address, length);
      for (let index = 0; index < length; index++)
        set(address + index, Number((bits >> BigInt(8 * index)) & 0xffn));
    },
    write,
    fill(address, byte, count) {
      check(address, count);
      for (let index = 0; index < count; index++) set(address + index, byte);
    },
    copy(to, from, count) {
      check(from, count);
      check(to, count);
      const taken = Uint8Array.from({ length: count }, (_, index) => get(from + index));
      write(to, taken);
    },
    written: () => pages,
  };
}
