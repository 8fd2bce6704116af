/**
 * Numeric instructions over bits: i32 is a signed number, i64 a signed bigint, f32 and f64 are the unsigned bits of the float, so
 * that nothing on the way changes a NaN. Results of float arithmetic are made canonical as nearcore does.
 * @module
 */

/** A trap of WebAssembly. */
export class Trap extends Error {
  readonly kind: "unreachable" | "arithmetic" | "bounds" | "indirect";
  constructor(kind: Trap["kind"]) {
    super(kind);
    this.kind = kind;
  }
}

/** What stands on the operand stack; null is a null reference. */
export type Value = number | bigint | null;

const view = new DataView(new ArrayBuffer(8));
const NAN32 = 0x7fc00000;
const NAN64 = 0x7ff8000000000000n;

/** A value that is a number. */
export function num(value: Value | undefined): number {
  if (typeof value !== "number") throw new TypeError(`expected a number, got ${typeof value}`);
  return value;
}

/** A value that is a bigint. */
export function big(value: Value | undefined): bigint {
  if (typeof value !== "bigint") throw new TypeError(`expected a bigint, got ${typeof value}`);
  return value;
}

/** The float of bits. */
function float32(bits: number): number {
  view.setUint32(0, bits);
  return view.getFloat32(0);
}

/** The float of bits. */
function float64(bits: bigint): number {
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

/** Bits of a float, canonical for NaN. */
export function bits32(value: number): number {
  if (Number.isNaN(value)) return NAN32;
  view.setFloat32(0, value);
  return view.getUint32(0);
}

/** Bits of a float, canonical for NaN. */
export function bits64(value: number): bigint {
  if (Number.isNaN(value)) return NAN64;
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

type Int = (a: bigint, b: bigint, bits: number) => bigint;
type Float = (a: number, b: number) => number;

const unsigned = (value: bigint, bits: number): bigint => BigInt.asUintN(bits, value);
const divisible = (value: bigint): bigint => {
  if (value === 0n) throw new Trap("arithmetic");
  return value;
};
const rotated = (a: bigint, count: bigint, bits: number): bigint => {
  const by = count & BigInt(bits - 1);
  const from = unsigned(a, bits);
  return (from << by) | (from >> (BigInt(bits) - by));
};

/** On signed integers of any width; the result is wrapped afterwards. */
const INTEGER_BINARY: Readonly<Record<string, Int>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div_s(a, b, bits) {
    const quotient = a / divisible(b);
    if (quotient === 1n << BigInt(bits - 1)) throw new Trap("arithmetic");
    return quotient;
  },
  div_u: (a, b, bits) => unsigned(a, bits) / divisible(unsigned(b, bits)),
  rem_s: (a, b) => a % divisible(b),
  rem_u: (a, b, bits) => unsigned(a, bits) % divisible(unsigned(b, bits)),
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  shl: (a, b, bits) => a << (b & BigInt(bits - 1)),
  shr_s: (a, b, bits) => a >> (b & BigInt(bits - 1)),
  shr_u: (a, b, bits) => unsigned(a, bits) >> (b & BigInt(bits - 1)),
  rotl: (a, b, bits) => rotated(a, b, bits),
  rotr: (a, b, bits) => rotated(a, -b, bits),
};

const INTEGER_COMPARE: Readonly<Record<string, (a: bigint, b: bigint, bits: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt_s: (a, b) => a < b,
  lt_u: (a, b, bits) => unsigned(a, bits) < unsigned(b, bits),
  gt_s: (a, b) => a > b,
  gt_u: (a, b, bits) => unsigned(a, bits) > unsigned(b, bits),
  le_s: (a, b) => a <= b,
  le_u: (a, b, bits) => unsigned(a, bits) <= unsigned(b, bits),
  ge_s: (a, b) => a >= b,
  ge_u: (a, b, bits) => unsigned(a, bits) >= unsigned(b, bits),
};

const INTEGER_UNARY: Readonly<Record<string, Int>> = {
  clz: (a, _, bits) => BigInt(bits - (a === 0n ? 0 : unsigned(a, bits).toString(2).length)),
  ctz(a, _, bits) {
    const digits = unsigned(a, bits).toString(2);
    return BigInt(a === 0n ? bits : digits.length - 1 - digits.lastIndexOf("1"));
  },
  popcnt: (a, _, bits) => BigInt(unsigned(a, bits).toString(2).replaceAll("0", "").length),
  extend8_s: (a) => BigInt.asIntN(8, a),
  extend16_s: (a) => BigInt.asIntN(16, a),
  extend32_s: (a) => BigInt.asIntN(32, a),
};

const FLOAT_BINARY: Readonly<Record<string, Float>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
};

const FLOAT_UNARY: Readonly<Record<string, (a: number) => number>> = {
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  nearest,
  sqrt: Math.sqrt,
};

const FLOAT_COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  gt: (a, b) => a > b,
  le: (a, b) => a <= b,
  ge: (a, b) => a >= b,
};

/** Runs a numeric instruction on the top of the stack. @returns false if it is none */
export function runNumeric(op: string, stack: Value[]): boolean {
  const [type = "", name = ""] = op.split(".");
  if (type === "i32" || type === "i64") return runInteger(type === "i32" ? 32 : 64, name, stack);
  return (type === "f32" || type === "f64") && runFloat(type === "f32" ? 32 : 64, name, stack);
}

function runInteger(bits: 32 | 64, name: string, stack: Value[]): boolean {
  const pop = (): bigint => (bits === 32 ? BigInt(num(stack.pop())) : big(stack.pop()));
  const push = (value: bigint): boolean => {
    const wrapped = BigInt.asIntN(bits, value);
    stack.push(bits === 32 ? Number(wrapped) : wrapped);
    return true;
  };
  const binary = INTEGER_BINARY[name];
  const compare = INTEGER_COMPARE[name];
  const unary = INTEGER_UNARY[name];
  if (binary !== undefined || compare !== undefined) {
    const b = pop();
    const a = pop();
    if (binary !== undefined) return push(binary(a, b, bits));
    stack.push(compare?.(a, b, bits) === true ? 1 : 0);
    return true;
  }
  if (unary !== undefined) return push(unary(pop(), 0n, bits));
  if (name === "eqz") {
    stack.push(pop() === 0n ? 1 : 0);
    return true;
  }
  if (name === "wrap_i64") return push(big(stack.pop()));
  if (name === "extend_i32_s") return push(BigInt(num(stack.pop())));
  if (name === "extend_i32_u") return push(BigInt(num(stack.pop()) >>> 0));
  if (name === "reinterpret_f32") return push(BigInt(num(stack.pop())));
  if (name === "reinterpret_f64") return push(big(stack.pop()));
  const found = /^trunc(_sat)?_f(32|64)_([su])$/.exec(name);
  if (found === null) return false;
  const value = Math.trunc(
    found[2] === "32" ? float32(num(stack.pop())) : float64(big(stack.pop())),
  );
  return push(integerOf(value, bits, found[3] === "s", found[1] !== undefined));
}

function integerOf(value: number, bits: number, isSigned: boolean, isSaturating: boolean): bigint {
  const least = isSigned ? -(1n << BigInt(bits - 1)) : 0n;
  const most = (1n << BigInt(isSigned ? bits - 1 : bits)) - 1n;
  if (Number.isFinite(value)) {
    const integer = BigInt(value);
    if (integer >= least && integer <= most) return integer;
  }
  if (!isSaturating) throw new Trap("arithmetic");
  return Number.isNaN(value) ? 0n : value < 0 ? least : most;
}

function runFloat(bits: 32 | 64, name: string, stack: Value[]): boolean {
  const popBits = (): bigint => (bits === 32 ? BigInt(num(stack.pop())) : big(stack.pop()));
  const pop = (): number => (bits === 32 ? float32(num(stack.pop())) : float64(big(stack.pop())));
  const push = (value: number): boolean => {
    stack.push(bits === 32 ? bits32(Math.fround(value)) : bits64(value));
    return true;
  };
  const pushBits = (value: bigint): boolean => {
    const wrapped = BigInt.asUintN(bits, value);
    stack.push(bits === 32 ? Number(wrapped) : wrapped);
    return true;
  };
  const sign = 1n << BigInt(bits - 1);
  const binary = FLOAT_BINARY[name];
  const compare = FLOAT_COMPARE[name];
  const unary = FLOAT_UNARY[name];
  if (binary !== undefined || compare !== undefined) {
    const b = pop();
    const a = pop();
    if (binary !== undefined) return push(binary(a, b));
    stack.push(compare?.(a, b) === true ? 1 : 0);
    return true;
  }
  if (unary !== undefined) return push(unary(pop()));
  if (name === "abs") return pushBits(popBits() & ~sign);
  if (name === "neg") return pushBits(popBits() ^ sign);
  if (name === "copysign") {
    const from = popBits();
    return pushBits((popBits() & ~sign) | (from & sign));
  }
  if (name === "demote_f64") return push(float64(big(stack.pop())));
  if (name === "promote_f32") return push(float32(num(stack.pop())));
  if (name === "reinterpret_i32") return pushBits(BigInt(num(stack.pop())));
  if (name === "reinterpret_i64") return pushBits(big(stack.pop()));
  if (name === "convert_i32_s") return push(num(stack.pop()));
  if (name === "convert_i32_u") return push(num(stack.pop()) >>> 0);
  if (name !== "convert_i64_s" && name !== "convert_i64_u") return false;
  const integer = big(stack.pop());
  const value = name === "convert_i64_s" ? integer : BigInt.asUintN(64, integer);
  return push(bits === 32 ? singleOf(value) : Number(value));
}

/** Rounds once: by way of f64 it would be twice. */
function singleOf(value: bigint): number {
  const size = value < 0n ? -value : value;
  if (size < 1n << 53n) return Math.fround(Number(value));
  const sticky = (size >> 11n) | ((size & 0x7ffn) === 0n ? 0n : 1n);
  return Math.fround(Number(sticky) * 2048) * (value < 0n ? -1 : 1);
}

/** To the nearest integer, halves to even, keeping the sign of zero. */
function nearest(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (!Number.isFinite(value) || rest === 0) return value;
  const isUp = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  const rounded = isUp ? below + 1 : below;
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded;
}
