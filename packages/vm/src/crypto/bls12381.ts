/**
 * Sums, sums of products, maps, decompression and pairings on BLS12-381, with blst's verdict. `null` and `"invalid"`
 * stand for an element that is none; then the others do not count.
 * @module
 */
import type { WeierstrassPoint } from "@noble/curves/abstract/weierstrass.js";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { bytesToNumberLE } from "@noble/curves/utils.js";
import { concatBytes } from "@yoctonear/base";
import { HostFailure } from "../host-error.ts";
import { type BlsGroup, G1, G2 } from "./bls12381-groups.ts";
import { decompressPoint, readPoint, writePoint } from "./bls12381-points.ts";
import { isPairingProductOne, type PointPair, sumPoints, sumProducts } from "./short-curve.ts";

/** Bytes of a scalar. */
const SCALAR_SIZE = 32;

/** Bytes of a pair of points for the pairing. */
export const PAIRING_SIZE = 288;

/**
 * Refuses data that is not whole elements.
 * @param name - as nearcore's error says it
 * @throws {HostFailure} `BLS12381InvalidInput`
 */
export function refuseRemainder(name: string, data: Uint8Array, size: number): void {
  if (data.length % size === 0) return;
  const text = `Incorrect input length for ${name}: ${data.length} is not divisible by ${size}`;
  throw new HostFailure("BLS12381InvalidInput", { msg: text });
}

/** Returns the sum of signed points of the curve, which need not be of the subgroup. */
export function blsSum<F>(group: BlsGroup<F>, data: Uint8Array): Uint8Array | null {
  const points = mapElements(data, 1 + 2 * group.size, (element) => {
    const sign = element[0] ?? 0;
    const point = sign > 1 ? null : readPoint(group, element.subarray(1));
    return sign === 1 && point !== null ? point.negate() : point;
  });
  return points === null ? null : writePoint(group, sumPoints(group.Point, points));
}

/** Returns the sum of points of the subgroup, each times its scalar, which may be any 256-bit number. */
export function blsMultiexp<F>(group: BlsGroup<F>, data: Uint8Array): Uint8Array | null {
  const pointSize = 2 * group.size;
  const order = bls12_381.fields.Fr.ORDER;
  const scalars: bigint[] = [];
  const points = mapElements(data, pointSize + SCALAR_SIZE, (element) => {
    // Points of the subgroup have this order, so the rest of the division gives the same product.
    scalars.push(bytesToNumberLE(element.subarray(pointSize)) % order);
    return readSubgroupPoint(group, element.subarray(0, pointSize));
  });
  return points === null ? null : writePoint(group, sumProducts(group.Point, points, scalars));
}

/** Returns the points to which field elements are mapped, one after the other. */
export function blsMap<F>(group: BlsGroup<F>, data: Uint8Array): Uint8Array | null {
  const points = mapElements(data, group.size, (element) => {
    const value = group.read(element);
    return value === null ? null : writePoint(group, group.map(value));
  });
  return points === null ? null : concatBytes(...points);
}

/** Returns compressed points of the curve in full, one after the other. */
export function blsDecompress<F>(group: BlsGroup<F>, data: Uint8Array): Uint8Array | null {
  const points = mapElements(data, group.size, (element) => decompressPoint(group, element));
  return points === null ? null : concatBytes(...points);
}

/** Tells whether the product of the pairings of points of the subgroups is one. */
export function blsPairingCheck(data: Uint8Array): "one" | "invalid" | "notOne" {
  const pairs = mapElements(data, PAIRING_SIZE, (element): PointPair | null => {
    const g1 = readSubgroupPoint(G1, element.subarray(0, 2 * G1.size));
    const g2 = g1 && readSubgroupPoint(G2, element.subarray(2 * G1.size));
    return g1 && g2 && { g1, g2 };
  });
  if (pairs === null) return "invalid";
  return isPairingProductOne(bls12_381, pairs) ? "one" : "notOne";
}

function readSubgroupPoint<F>(group: BlsGroup<F>, bytes: Uint8Array): WeierstrassPoint<F> | null {
  const point = readPoint(group, bytes);
  return point !== null && point.isTorsionFree() ? point : null;
}

/** Maps every element; `null` once one is `null`. */
function mapElements<T>(
  data: Uint8Array,
  size: number,
  read: (element: Uint8Array) => T | null,
): T[] | null {
  const values: T[] = [];
  for (let at = 0; at < data.length; at += size) {
    const value = read(data.subarray(at, at + size));
    if (value === null) return null;
    values.push(value);
  }
  return values;
}
