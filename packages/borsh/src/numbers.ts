/**
 * Numbers of fixed width, little-endian. Up to 32 bits they are `number`, above `bigint`.
 * @module
 */
import { showValue } from "@yoctonear/base";
import type { Codec } from "./codec.ts";
import { refuse } from "./errors.ts";

/**
 * Unsigned, 0 to 255.
 * @example
 * ```ts
 * import { encode, u8 } from "@yoctonear/borsh";
 * encode(u8, 7); // Uint8Array [7]
 * ```
 */
export const u8: Codec<number> = /* @__PURE__ */ small(8, false);
/**
 * Unsigned, 0 to 65,535.
 * @example
 * ```ts
 * import { encode, u16 } from "@yoctonear/borsh";
 * encode(u16, 7); // Uint8Array [7, 0]
 * ```
 */
export const u16: Codec<number> = /* @__PURE__ */ small(16, false);
/**
 * Unsigned, 0 to 2^32 − 1.
 * @example
 * ```ts
 * import { encode, u32 } from "@yoctonear/borsh";
 * encode(u32, 7); // Uint8Array [7, 0, 0, 0]
 * ```
 */
export const u32: Codec<number> = /* @__PURE__ */ small(32, false);
/**
 * Signed, −128 to 127.
 * @example
 * ```ts
 * import { encode, i8 } from "@yoctonear/borsh";
 * encode(i8, -1); // Uint8Array [255]
 * ```
 */
export const i8: Codec<number> = /* @__PURE__ */ small(8, true);
/**
 * Signed, −32,768 to 32,767.
 * @example
 * ```ts
 * import { encode, i16 } from "@yoctonear/borsh";
 * encode(i16, -1); // Uint8Array [255, 255]
 * ```
 */
export const i16: Codec<number> = /* @__PURE__ */ small(16, true);
/**
 * Signed, −2^31 to 2^31 − 1.
 * @example
 * ```ts
 * import { encode, i32 } from "@yoctonear/borsh";
 * encode(i32, -1); // Uint8Array [255, 255, 255, 255]
 * ```
 */
export const i32: Codec<number> = /* @__PURE__ */ small(32, true);
/**
 * Unsigned, 0 to 2^64 − 1.
 * @example
 * ```ts
 * import { encode, u64 } from "@yoctonear/borsh";
 * encode(u64, 7n); // Uint8Array [7, 0, 0, 0, 0, 0, 0, 0]
 * ```
 */
export const u64: Codec<bigint> = /* @__PURE__ */ large(64, false);
/**
 * Unsigned, 0 to 2^128 − 1.
 * @example
 * ```ts
 * import { encode, u128 } from "@yoctonear/borsh";
 * encode(u128, 7n).length; // 16
 * ```
 */
export const u128: Codec<bigint> = /* @__PURE__ */ large(128, false);
/**
 * Signed, −2^63 to 2^63 − 1.
 * @example
 * ```ts
 * import { encode, i64 } from "@yoctonear/borsh";
 * encode(i64, 7n); // Uint8Array [7, 0, 0, 0, 0, 0, 0, 0]
 * ```
 */
export const i64: Codec<bigint> = /* @__PURE__ */ large(64, true);
/**
 * Signed, −2^127 to 2^127 − 1.
 * @example
 * ```ts
 * import { encode, i128 } from "@yoctonear/borsh";
 * encode(i128, 7n).length; // 16
 * ```
 */
export const i128: Codec<bigint> = /* @__PURE__ */ large(128, true);
/**
 * IEEE 754 single; NaN is refused both ways, as borsh does. A value must be exact in single precision.
 * @example
 * ```ts
 * import { encode, f32 } from "@yoctonear/borsh";
 * encode(f32, 1); // Uint8Array [0, 0, 128, 63]
 * ```
 */
export const f32: Codec<number> = /* @__PURE__ */ float(32);
/**
 * IEEE 754 double; NaN is refused both ways, as borsh does.
 * @example
 * ```ts
 * import { encode, f64 } from "@yoctonear/borsh";
 * encode(f64, 1); // Uint8Array [0, 0, 0, 0, 0, 0, 240, 63]
 * ```
 */
export const f64: Codec<number> = /* @__PURE__ */ float(64);

/**
 * One byte, 0 or 1.
 * @example
 * ```ts
 * import { encode, bool } from "@yoctonear/borsh";
 * encode(bool, true); // Uint8Array [1]
 * ```
 */
export const bool: Codec<boolean> = {
  write: (writer, value) => {
    if (typeof value !== "boolean") {
      refuse(writer.offset, "out_of_range", "a boolean", showValue(value));
    }
    u8.write(writer, value ? 1 : 0);
  },
  read: (reader) => {
    const { offset } = reader;
    const byte = u8.read(reader);
    if (byte > 1) refuse(offset, "invalid_tag", "the boolean 0 or 1", byte);
    return byte === 1;
  },
};

function small(bits: 8 | 16 | 32, signed: boolean): Codec<number> {
  const min = signed ? -(2 ** (bits - 1)) : 0;
  const max = min + 2 ** bits - 1;
  const type = `${signed ? "Int" : "Uint"}${bits}` as const;
  const [set, get] = [`set${type}`, `get${type}`] as const;
  return {
    write: (writer, value) => {
      const { offset } = writer;
      if (!Number.isInteger(value) || value < min || value > max) {
        const range = `(an integer from ${min} to ${max})`;
        refuse(offset, "out_of_range", `${signed ? "i" : "u"}${bits} ${range}`, showValue(value));
      }
      writer.reserve(bits / 8)[set](offset, value, true);
    },
    read: (reader) => {
      const { offset } = reader;
      return reader.advance(bits / 8)[get](offset, true);
    },
  };
}

function large(bits: 64 | 128, signed: boolean): Codec<bigint> {
  const power = 1n << BigInt(signed ? bits - 1 : bits);
  const min = signed ? -power : 0n;
  const get = signed ? "getBigInt64" : "getBigUint64";
  return {
    write: (writer, value) => {
      const { offset } = writer;
      if (typeof value !== "bigint" || value < min || value >= power) {
        const range = `(a bigint from ${min} to ${power - 1n})`;
        refuse(offset, "out_of_range", `${signed ? "i" : "u"}${bits} ${range}`, showValue(value));
      }
      const view = writer.reserve(bits / 8);
      view.setBigUint64(offset, value, true);
      if (bits > 64) view.setBigUint64(offset + 8, value >> 64n, true);
    },
    read: (reader) => {
      const { offset } = reader;
      const view = reader.advance(bits / 8);
      if (bits === 64) return view[get](offset, true);
      return (view[get](offset + 8, true) << 64n) | view.getBigUint64(offset, true);
    },
  };
}

function float(bits: 32 | 64): Codec<number> {
  const [set, get] = [`setFloat${bits}`, `getFloat${bits}`] as const;
  return {
    write: (writer, value) => {
      const { offset } = writer;
      // Rounding to single precision would change the value without a word.
      const isExact = (x: number): boolean => bits === 64 || Math.fround(x) === x;
      if (typeof value !== "number" || Number.isNaN(value) || !isExact(value)) {
        refuse(offset, "out_of_range", `f${bits}`, showValue(value));
      }
      writer.reserve(bits / 8)[set](offset, value, true);
    },
    read: (reader) => {
      const { offset } = reader;
      const value = reader.advance(bits / 8)[get](offset, true);
      if (Number.isNaN(value)) refuse(offset, "out_of_range", `f${bits}`, "NaN");
      return value;
    },
  };
}
