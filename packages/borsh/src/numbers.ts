/**
 * Numbers of fixed width, little-endian. Up to 32 bits they are `number`, above `bigint`.
 * @module
 */
import { showValue } from "@yoctonear/base";
import type { Codec } from "./codec.ts";
import { BorshError } from "./errors.ts";

/** Unsigned, 0 to 255. */
export const u8: Codec<number> = /* @__PURE__ */ small("u8", 0, 0xff, 1, "Uint8");
/** Unsigned, 0 to 65,535. */
export const u16: Codec<number> = /* @__PURE__ */ small("u16", 0, 0xffff, 2, "Uint16");
/** Unsigned, 0 to 2^32 − 1. */
export const u32: Codec<number> = /* @__PURE__ */ small("u32", 0, 0xffffffff, 4, "Uint32");
/** Signed, −128 to 127. */
export const i8: Codec<number> = /* @__PURE__ */ small("i8", -0x80, 0x7f, 1, "Int8");
/** Signed, −32,768 to 32,767. */
export const i16: Codec<number> = /* @__PURE__ */ small("i16", -0x8000, 0x7fff, 2, "Int16");
/** Signed, −2^31 to 2^31 − 1. */
export const i32: Codec<number> = /* @__PURE__ */ small("i32", -0x80000000, 0x7fffffff, 4, "Int32");
/** Unsigned, 0 to 2^64 − 1. */
export const u64: Codec<bigint> = /* @__PURE__ */ large("u64", 64, false);
/** Unsigned, 0 to 2^128 − 1. */
export const u128: Codec<bigint> = /* @__PURE__ */ large("u128", 128, false);
/** Signed, −2^63 to 2^63 − 1. */
export const i64: Codec<bigint> = /* @__PURE__ */ large("i64", 64, true);
/** Signed, −2^127 to 2^127 − 1. */
export const i128: Codec<bigint> = /* @__PURE__ */ large("i128", 128, true);
/** IEEE 754 single; NaN is refused both ways, as borsh does. A value must be exact in single precision. */
export const f32: Codec<number> = /* @__PURE__ */ float("f32", 4, "Float32");
/** IEEE 754 double; NaN is refused both ways, as borsh does. */
export const f64: Codec<number> = /* @__PURE__ */ float("f64", 8, "Float64");

/** One byte, 0 or 1. */
export const bool: Codec<boolean> = {
  write: (writer, value) => {
    if (typeof value !== "boolean") {
      throw new BorshError(
        "out_of_range",
        `expected a boolean, got ${showValue(value)}`,
        writer.offset,
      );
    }
    const { offset } = writer;
    writer.reserve(1).setUint8(offset, value ? 1 : 0);
  },
  read: (reader) => {
    const { offset } = reader;
    const byte = reader.advance(1).getUint8(offset);
    if (byte > 1) {
      throw new BorshError("invalid_tag", `expected the boolean 0 or 1, got ${byte}`, offset);
    }
    return byte === 1;
  },
};

function small(
  name: string,
  min: number,
  max: number,
  size: number,
  accessor: "Uint8" | "Uint16" | "Uint32" | "Int8" | "Int16" | "Int32",
): Codec<number> {
  const [set, get] = [`set${accessor}`, `get${accessor}`] as const;
  return {
    write: (writer, value) => {
      const { offset } = writer;
      if (!Number.isInteger(value) || value < min || value > max) {
        throw new BorshError(
          "out_of_range",
          `expected ${name} (an integer from ${min} to ${max}), got ${showValue(value)}`,
          writer.offset,
        );
      }
      writer.reserve(size)[set](offset, value, true);
    },
    read: (reader) => {
      const { offset } = reader;
      return reader.advance(size)[get](offset, true);
    },
  };
}

function large(name: string, bits: 64 | 128, signed: boolean): Codec<bigint> {
  const power = 1n << BigInt(signed ? bits - 1 : bits);
  const min = signed ? -power : 0n;
  return {
    write: (writer, value) => {
      const { offset } = writer;
      if (typeof value !== "bigint" || value < min || value >= power) {
        throw new BorshError(
          "out_of_range",
          `expected ${name} (a bigint from ${min} to ${power - 1n}), got ${showValue(value)}`,
          writer.offset,
        );
      }
      const view = writer.reserve(bits / 8);
      view.setBigUint64(offset, value, true);
      if (bits === 128) view.setBigUint64(offset + 8, value >> 64n, true);
    },
    read: (reader) => {
      const { offset } = reader;
      const view = reader.advance(bits / 8);
      if (bits === 64) {
        return signed ? view.getBigInt64(offset, true) : view.getBigUint64(offset, true);
      }
      const high = signed
        ? view.getBigInt64(offset + 8, true)
        : view.getBigUint64(offset + 8, true);
      return (high << 64n) | view.getBigUint64(offset, true);
    },
  };
}

function float(name: string, size: number, accessor: "Float32" | "Float64"): Codec<number> {
  const [set, get] = [`set${accessor}`, `get${accessor}`] as const;
  return {
    write: (writer, value) => {
      const { offset } = writer;
      // Rounding to single precision would change the value without a word.
      const isExact = (x: number): boolean => size === 8 || Math.fround(x) === x;
      if (typeof value !== "number" || Number.isNaN(value) || !isExact(value)) {
        throw new BorshError(
          "out_of_range",
          `expected ${name}, got ${showValue(value)}`,
          writer.offset,
        );
      }
      writer.reserve(size)[set](offset, value, true);
    },
    read: (reader) => {
      const { offset } = reader;
      const value = reader.advance(size)[get](offset, true);
      if (Number.isNaN(value)) {
        throw new BorshError("out_of_range", `expected ${name}, got NaN`, offset);
      }
      return value;
    },
  };
}
