import {
  bool,
  BorshError,
  type Codec,
  decode,
  encode,
  f32,
  f64,
  i128,
  i16,
  i32,
  i64,
  i8,
  u128,
  u16,
  u32,
  u64,
  u8,
} from "@yoctonear/borsh";
import { decodeHex, encodeHex, isNearError } from "@yoctonear/base";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const isOutOfRange = (error: unknown): boolean => isNearError(error, "out_of_range");

/** The codecs are typed; what comes from JavaScript is not. */
function encodeAny<T>(codec: Codec<T>, value: unknown): Uint8Array {
  // @ts-expect-error a value of any type
  return encode(codec, value);
}

function agree<T>(codec: Codec<T>, hex: string, value: T): void {
  assert.is(encodeHex(encode(codec, value)), hex);
  assert.is(decode(codec, decodeHex(hex)), value);
}

const integers = suite("numbers: integers");

integers("writes each little-endian, in its width", () => {
  agree(u8, "ff", 255);
  agree(u16, "0201", 0x0102);
  agree(u32, "04030201", 0x01020304);
  agree(u64, "0807060504030201", 0x0102030405060708n);
  agree(u128, "100f0e0d0c0b0a090807060504030201", 0x0102030405060708090a0b0c0d0e0f10n);
});

integers("writes negative numbers in two's complement", () => {
  agree(i8, "ff", -1);
  agree(i16, "feff", -2);
  agree(i32, "00000080", -(2 ** 31));
  agree(i64, "0000000000000080", -(2n ** 63n));
  agree(i128, "ffffffffffffffffffffffffffffffff", -1n);
  agree(i128, "00000000000000000000000000000080", -(2n ** 127n));
  agree(i128, "ffffffffffffffffffffffffffffff7f", 2n ** 127n - 1n);
  agree(i128, "0000000000000000ffffffffffffffff", -(2n ** 64n));
});

integers("P12: refuses the first number beyond each end, and writes the last within", () => {
  const small: readonly [Codec<number>, number, number][] = [
    [u8, 0, 2 ** 8 - 1],
    [u16, 0, 2 ** 16 - 1],
    [u32, 0, 2 ** 32 - 1],
    [i8, -(2 ** 7), 2 ** 7 - 1],
    [i16, -(2 ** 15), 2 ** 15 - 1],
    [i32, -(2 ** 31), 2 ** 31 - 1],
  ];
  for (const [codec, min, max] of small) {
    for (const end of [min, max]) assert.is(decode(codec, encode(codec, end)), end);
    for (const beyond of [min - 1, max + 1]) {
      assert.throws(() => encode(codec, beyond), isOutOfRange);
    }
  }
  const large: readonly [Codec<bigint>, bigint, bigint][] = [
    [u64, 0n, 2n ** 64n - 1n],
    [u128, 0n, 2n ** 128n - 1n],
    [i64, -(2n ** 63n), 2n ** 63n - 1n],
    [i128, -(2n ** 127n), 2n ** 127n - 1n],
  ];
  for (const [codec, min, max] of large) {
    for (const end of [min, max]) assert.is(decode(codec, encode(codec, end)), end);
    for (const beyond of [min - 1n, max + 1n]) {
      assert.throws(() => encode(codec, beyond), isOutOfRange);
    }
  }
});

integers("P12: gas of 2^64 + 5 does not become 5, a deposit of −1 not the maximum", () => {
  assert.throws(() => encode(u64, 2n ** 64n + 5n), isOutOfRange);
  assert.throws(() => encode(u128, -1n), isOutOfRange);
});

integers("refuses other types: nothing is converted", () => {
  const others = [undefined, null, "1", true, [1], {}, 1.5, Number.NaN, Infinity, Symbol("s")];
  for (const other of others) {
    for (const codec of [u8, i32]) assert.throws(() => encodeAny(codec, other), isOutOfRange);
    for (const codec of [u64, i128]) assert.throws(() => encodeAny(codec, other), isOutOfRange);
  }
  assert.throws(() => encodeAny(u64, 1), isOutOfRange);
  assert.throws(() => encodeAny(u8, 1n), isOutOfRange);
});

integers("says what was expected, what came and where", () => {
  try {
    encode(u8, 256);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, BorshError);
    assert.is(
      String(error),
      "BorshError: expected u8 (an integer from 0 to 255), got 256 (byte 0)",
    );
  }
});

integers("ends where the bytes end", () => {
  for (const codec of [u16, u32, i16, i32]) {
    assert.throws(
      () => decode(codec, Uint8Array.of(1)),
      (error: unknown) => isNearError(error, "unexpected_end"),
    );
  }
  for (const codec of [u64, i64, u128, i128]) {
    assert.throws(
      () => decode(codec, new Uint8Array(7)),
      (error: unknown) => isNearError(error, "unexpected_end"),
    );
  }
});

integers("reads a part of a larger buffer as that part", () => {
  assert.is(decode(u16, Uint8Array.of(9, 1, 2, 9).subarray(1, 3)), 0x0201);
});

integers.run();

const booleans = suite("numbers: bool");

booleans("is one byte, 0 or 1", () => {
  agree(bool, "00", false);
  agree(bool, "01", true);
});

booleans("refuses other bytes and other values", () => {
  for (const byte of [2, 255]) {
    assert.throws(
      () => decode(bool, Uint8Array.of(byte)),
      (error: unknown) => isNearError(error, "invalid_tag"),
    );
  }
  for (const other of [0, 1, "true", null, undefined]) {
    assert.throws(() => encodeAny(bool, other), isOutOfRange);
  }
});

booleans.run();

const floats = suite("numbers: f32 and f64");

floats("writes IEEE 754, little-endian", () => {
  agree(f32, "0000803f", 1);
  agree(f64, "000000000000f03f", 1);
  agree(f64, "9a9999999999b93f", 0.1);
  agree(f64, "000000000000f07f", Infinity);
  agree(f32, "000080ff", -Infinity);
});

floats("keeps the sign of zero", () => {
  assert.is(encodeHex(encode(f64, -0)), "0000000000000080");
  assert.ok(Object.is(decode(f64, decodeHex("0000000000000080")), -0));
});

floats("refuses NaN both ways, whatever its payload", () => {
  for (const codec of [f32, f64]) assert.throws(() => encode(codec, Number.NaN), isOutOfRange);
  for (const hex of ["0000c07f", "0100807f", "ffffffff"]) {
    assert.throws(() => decode(f32, decodeHex(hex)), isOutOfRange);
  }
  for (const hex of ["000000000000f87f", "010000000000f07f", "ffffffffffffffff"]) {
    assert.throws(() => decode(f64, decodeHex(hex)), isOutOfRange);
  }
});

floats("refuses what single precision would round", () => {
  assert.throws(() => encode(f32, 0.1), isOutOfRange);
  assert.throws(() => encode(f32, 2 ** 24 + 1), isOutOfRange);
  assert.is(decode(f32, encode(f32, Math.fround(0.1))), Math.fround(0.1));
});

floats("refuses other types", () => {
  for (const other of [1n, "1", null, undefined, true, Symbol("s"), {}]) {
    for (const codec of [f32, f64]) assert.throws(() => encodeAny(codec, other), isOutOfRange);
  }
});

floats.run();
