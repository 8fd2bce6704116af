/** Unsigned integers of 128 bits: amounts of NEAR and of tokens. Decimal text outside, 16 bytes little-endian inside. */
import { panic } from "./log";

const LOW_HALF: u64 = 0xffffffff;
const BILLION: u64 = 1_000_000_000;

export class U128 {
  constructor(
    readonly low: u64,
    readonly high: u64 = 0,
  ) {}

  /** Reads decimal digits, nothing else. */
  static parse(text: string): U128 {
    const value = U128.tryParse(text);
    if (value === null) panic(`expected decimal digits of at most 128 bits, got ${text}`);
    return value!;
  }

  /** The same; null where the text is something else. */
  static tryParse(text: string): U128 | null {
    let low: u64 = 0;
    let high: u64 = 0;
    if (text.length == 0) return null;
    for (let i = 0; i < text.length; i++) {
      const digit = (text.charCodeAt(i) as u64) - 48;
      if (digit > 9) return null;
      // low × 10 + digit by halves, so that the carry shows
      const first = (low & LOW_HALF) * 10 + digit;
      const second = (low >> 32) * 10 + (first >> 32);
      const carry = second >> 32;
      if (high > (u64.MAX_VALUE - carry) / 10) return null;
      low = (second << 32) | (first & LOW_HALF);
      high = high * 10 + carry;
    }
    return new U128(low, high);
  }

  static product(a: u64, b: u64): U128 {
    const aLow = a & LOW_HALF;
    const bLow = b & LOW_HALF;
    const first = aLow * bLow;
    const second = (a >> 32) * bLow + (first >> 32);
    const third = aLow * (b >> 32) + (second & LOW_HALF);
    const high = (a >> 32) * (b >> 32) + (second >> 32) + (third >> 32);
    return new U128((third << 32) | (first & LOW_HALF), high);
  }

  static load(bytes: ArrayBuffer): U128 {
    const pointer = changetype<usize>(bytes);
    return new U128(load<u64>(pointer), load<u64>(pointer, 8));
  }

  toBytes(): ArrayBuffer {
    const bytes = new ArrayBuffer(16);
    const pointer = changetype<usize>(bytes);
    store<u64>(pointer, this.low);
    store<u64>(pointer, this.high, 8);
    return bytes;
  }

  plus(other: U128): U128 {
    const low = this.low + other.low;
    const carry: u64 = low < this.low ? 1 : 0;
    const high = this.high + other.high;
    if (high < this.high || high > u64.MAX_VALUE - carry) panic("sum beyond 128 bits");
    return new U128(low, high + carry);
  }

  minus(other: U128): U128 {
    if (this.isBelow(other)) panic("difference below zero");
    const borrow: u64 = this.low < other.low ? 1 : 0;
    return new U128(this.low - other.low, this.high - other.high - borrow);
  }

  isBelow(other: U128): bool {
    return this.high < other.high || (this.high == other.high && this.low < other.low);
  }

  equals(other: U128): bool {
    return this.low == other.low && this.high == other.high;
  }

  get isZero(): bool {
    return (this.low | this.high) == 0;
  }

  toString(): string {
    let low = this.low;
    let high = this.high;
    let text = "";
    // Nine digits at a time: long division by 10^9 over four limbs of 32 bits
    while (true) {
      const a = high >> 32;
      const b = ((a % BILLION) << 32) | (high & LOW_HALF);
      const c = ((b % BILLION) << 32) | (low >> 32);
      const d = ((c % BILLION) << 32) | (low & LOW_HALF);
      high = ((a / BILLION) << 32) | (b / BILLION);
      low = ((c / BILLION) << 32) | (d / BILLION);
      const digits = (d % BILLION).toString();
      if ((low | high) == 0) return digits + text;
      text = digits.padStart(9, "0") + text;
    }
  }
}

export const ZERO = new U128(0);
export const ONE = new U128(1);

export function least(a: U128, b: U128): U128 {
  return a.isBelow(b) ? a : b;
}
