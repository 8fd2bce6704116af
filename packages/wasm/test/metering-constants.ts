/**
 * Constants at the edges of their types.
 * @module
 */
import { bits32, bits64 } from "./metering-numeric.ts";
import type { Random } from "./metering-random.ts";

const INTEGERS = [
  0n,
  1n,
  2n,
  -1n,
  -2n,
  7n,
  31n,
  32n,
  63n,
  64n,
  255n,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  0x100000000n,
  1n << 53n,
  (1n << 53n) + 1n,
  (1n << 63n) - 1n,
  1n << 63n,
  0x8000008000000001n,
];
const FLOATS = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  2.5,
  -2.5,
  1e-45,
  5e-324,
  1e38,
  1e308,
  Infinity,
  -Infinity,
  2 ** 31,
  2 ** 32,
  2 ** 63,
  -(2 ** 63),
  2 ** 64,
  16777217,
  2251799813685248.5,
  -2147483649,
];
const NANS32 = [0x7fc00000n, 0xffc00000n, 0x7f800001n, 0xffabcdefn];
const NANS64 = [0x7ff8000000000000n, 0xfff8000000000000n, 0x7ff0000000000001n, 0xfffabcdef0123456n];

/** Bits of a constant. */
export function specialConstant(random: Random, type: "i32" | "i64" | "f32" | "f64"): bigint {
  const bits = type === "i32" || type === "f32" ? 32 : 64;
  if (random.chance(0.1)) return BigInt.asUintN(bits, random.bits64());
  if (type === "i32" || type === "i64")
    return BigInt.asUintN(
      bits,
      random.chance(0.4) ? BigInt(random.int(100)) : random.pick(INTEGERS),
    );
  if (random.chance(0.15)) return random.pick(type === "f32" ? NANS32 : NANS64);
  const value = random.chance(0.4) ? random.int(2000) / 8 - 100 : random.pick(FLOATS);
  return type === "f32" ? BigInt(bits32(Math.fround(value))) : bits64(value);
}
