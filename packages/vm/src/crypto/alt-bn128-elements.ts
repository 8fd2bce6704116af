/**
 * Elements of alt_bn128 as contracts write them: coordinates and scalars of 32 bytes, little-endian and canonical,
 * (0, 0) for infinity. Errors in the words of nearcore runtime/near-vm-runner/src/logic/alt_bn128.rs.
 * @module
 */
import type { Fp2 } from "@noble/curves/abstract/tower.js";
import type { WeierstrassPoint } from "@noble/curves/abstract/weierstrass.js";
import { bn254 } from "@noble/curves/bn254.js";
import { bytesToNumberLE, numberToBytesLE } from "@noble/curves/utils.js";
import { concatBytes } from "@yoctonear/base";
import { HostFailure } from "../host-error.ts";
import { isOnCurve } from "./short-curve.ts";

/** Bytes of a coordinate or scalar. */
const NUMBER = 32;

/** Bytes of a point of G1, of G2. */
export const G1_SIZE = 64;
export const G2_SIZE = 128;

/**
 * Returns how many elements of so many bytes there are.
 * @throws {HostFailure} `AltBn128InvalidInput` when something is left over
 */
export function countElements(data: Uint8Array, size: number): number {
  if (data.length % size !== 0) {
    const text = `slice of size ${data.length} cannot be precisely split into chunks of size ${size}`;
    throw invalidInput(text);
  }
  return data.length / size;
}

/** Splits into elements of so many bytes. */
export function splitElements(data: Uint8Array, size: number): Uint8Array[] {
  const elements: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += size) elements.push(data.subarray(at, at + size));
  return elements;
}

/**
 * Returns a point of G1.
 * @throws {HostFailure} `AltBn128InvalidInput`
 */
export function readG1(bytes: Uint8Array): WeierstrassPoint<bigint> {
  const { Point } = bn254.G1;
  const x = readCoordinate(bytes, 0);
  const y = readCoordinate(bytes, 1);
  if (x === 0n && y === 0n) return Point.ZERO;
  if (!isOnCurve(Point, x, y)) throw invalid("g1", bytes);
  return Point.fromAffine({ x, y });
}

/**
 * Returns a point of G2, whose coordinates stand real part first.
 * @throws {HostFailure} `AltBn128InvalidInput`, also for a point outside the subgroup
 */
export function readG2(bytes: Uint8Array): WeierstrassPoint<Fp2> {
  const { Point } = bn254.G2;
  const { Fp2 } = bn254.fields;
  const x = Fp2.fromBigTuple([readCoordinate(bytes, 0), readCoordinate(bytes, 1)]);
  const y = Fp2.fromBigTuple([readCoordinate(bytes, 2), readCoordinate(bytes, 3)]);
  if (Fp2.is0(x) && Fp2.is0(y)) return Point.ZERO;
  if (!isOnCurve(Point, x, y)) throw invalid("g2", bytes);
  const point = Point.fromAffine({ x, y });
  if (!point.isTorsionFree()) throw invalid("g2", bytes);
  return point;
}

/**
 * Returns a scalar.
 * @throws {HostFailure} `AltBn128InvalidInput`
 */
export function readScalar(bytes: Uint8Array): bigint {
  const scalar = bytesToNumberLE(bytes);
  if (scalar >= bn254.fields.Fr.ORDER) throw invalid("fr", bytes);
  return scalar;
}

/**
 * Returns whether a sign byte stands for minus.
 * @throws {HostFailure} `AltBn128InvalidInput`
 */
export function readSign(byte: Uint8Array): boolean {
  const sign = byte[0] ?? 0;
  if (sign > 1) throw invalid("bool", byte);
  return sign === 1;
}

/** Writes a point of G1. */
export function writeG1(point: WeierstrassPoint<bigint>): Uint8Array {
  const { x, y } = point.toAffine();
  return concatBytes(numberToBytesLE(x, NUMBER), numberToBytesLE(y, NUMBER));
}

function readCoordinate(bytes: Uint8Array, index: number): bigint {
  const raw = bytes.subarray(index * NUMBER, (index + 1) * NUMBER);
  const value = bytesToNumberLE(raw);
  if (value >= bn254.fields.Fp.ORDER) throw invalid("fq", raw);
  return value;
}

/** The offending bytes stand as Rust's `{:X?}` shows them. */
function invalid(what: string, bytes: Uint8Array): HostFailure {
  const shown = Array.from(bytes, (byte) => byte.toString(16).toUpperCase()).join(", ");
  return invalidInput(`invalid ${what}: [${shown}]`);
}

function invalidInput(msg: string): HostFailure {
  return new HostFailure("AltBn128InvalidInput", { msg });
}
