/**
 * Points of BLS12-381 in bytes, exactly as blst takes and gives them (nearcore
 * runtime/near-vm-runner/src/logic/bls12381.rs). noble's own decoder also checks the subgroup, and takes the
 * compressed form where the uncompressed one is asked for.
 * @module
 */
import type { WeierstrassPoint } from "@noble/curves/abstract/weierstrass.js";
import type { BlsGroup } from "./bls12381-groups.ts";
import { cubic, isOnCurve } from "./short-curve.ts";

/** The three highest bits of a point. */
const COMPRESSED = 0x80;
const INFINITY = 0x40;
const LARGER_Y = 0x20;
const FLAGS = 0xe0;

/** Reads an uncompressed point of the curve, of the subgroup or not; `null` where it is none. */
export function readPoint<F>(group: BlsGroup<F>, bytes: Uint8Array): WeierstrassPoint<F> | null {
  const { Point, size } = group;
  const flags = (bytes[0] ?? 0) & FLAGS;
  if (flags === INFINITY) return isRestZero(bytes, INFINITY) ? Point.ZERO : null;
  if (flags !== 0) return null;
  const x = group.read(bytes.subarray(0, size));
  const y = group.read(bytes.subarray(size));
  if (x === null || y === null || !isOnCurve(Point, x, y)) return null;
  return isRefusedX(group, x) ? null : Point.fromAffine({ x, y });
}

/** Writes an uncompressed point. */
export function writePoint<F>(group: BlsGroup<F>, point: WeierstrassPoint<F>): Uint8Array {
  if (point.is0()) return infinity(group);
  const { x, y } = point.toAffine();
  return writeCoordinates(group, x, y);
}

/** Turns a compressed point of the curve, of the subgroup or not, into an uncompressed one; `null` where it is none. */
export function decompressPoint<F>(group: BlsGroup<F>, bytes: Uint8Array): Uint8Array | null {
  const { Point } = group;
  const flags = (bytes[0] ?? 0) & FLAGS;
  if ((flags & COMPRESSED) === 0) return null;
  if ((flags & INFINITY) !== 0)
    return isRestZero(bytes, COMPRESSED | INFINITY) ? infinity(group) : null;
  const plain = new Uint8Array(bytes);
  plain[0] = (bytes[0] ?? 0) & ~FLAGS;
  const x = group.read(plain);
  if (x === null || isRefusedX(group, x)) return null;
  const y = squareRoot(group, cubic(Point, x));
  if (y === null) return null;
  const isLarger = (flags & LARGER_Y) !== 0;
  return writeCoordinates(group, x, group.isLarger(y) === isLarger ? y : Point.Fp.neg(y));
}

/**
 * blst calls points with x = 0, which on G1 are (0, ±2), "not in group" wherever it reads one; nearcore lets
 * them pass only from `bls12381_not_in_group_fix` on, which protocol 86 has not.
 */
function isRefusedX<F>(group: BlsGroup<F>, x: F): boolean {
  return group.Point.Fp.is0(x);
}

function isRestZero(bytes: Uint8Array, first: number): boolean {
  return bytes.every((byte, at) => byte === (at === 0 ? first : 0));
}

function infinity<F>(group: BlsGroup<F>): Uint8Array {
  const bytes = new Uint8Array(2 * group.size);
  bytes[0] = INFINITY;
  return bytes;
}

function writeCoordinates<F>(group: BlsGroup<F>, x: F, y: F): Uint8Array {
  const bytes = new Uint8Array(2 * group.size);
  bytes.set(group.write(x));
  bytes.set(group.write(y), group.size);
  return bytes;
}

/** noble throws where there is no root. */
function squareRoot<F>(group: BlsGroup<F>, value: F): F | null {
  try {
    return group.Point.Fp.sqrt(value);
  } catch {
    return null;
  }
}
