/**
 * Sums, sums of products and pairings on alt_bn128 (bn254), with the verdict of nearcore's `bn` crate. Data must
 * be whole elements. The curve is that of `@noble/curves`; it has no byte form, so points are read here.
 * @module
 */
import { bn254 } from "@noble/curves/bn254.js";
import {
  G1_SIZE,
  G2_SIZE,
  readG1,
  readG2,
  readScalar,
  readSign,
  splitElements,
  writeG1,
} from "./alt-bn128-elements.ts";
import { isPairingProductOne, sumPoints, sumProducts } from "./short-curve.ts";

/** Bytes of an element: sign and point; point and scalar; a point of each group. */
export const SUM_SIZE = 65;
export const MULTIEXP_SIZE = 96;
export const PAIRING_SIZE = 192;

/**
 * Returns the sum of signed points.
 * @throws {HostFailure} `AltBn128InvalidInput` for the first element that is none
 */
export function altBn128G1Sum(data: Uint8Array): Uint8Array {
  const points = splitElements(data, SUM_SIZE).map((element) => {
    const isMinus = readSign(element.subarray(0, 1));
    const point = readG1(element.subarray(1));
    return isMinus ? point.negate() : point;
  });
  return writeG1(sumPoints(bn254.G1.Point, points));
}

/**
 * Returns the sum of points, each times its scalar.
 * @throws {HostFailure} `AltBn128InvalidInput` for the first element that is none
 */
export function altBn128G1Multiexp(data: Uint8Array): Uint8Array {
  const pairs = splitElements(data, MULTIEXP_SIZE).map((element) => ({
    point: readG1(element.subarray(0, G1_SIZE)),
    scalar: readScalar(element.subarray(G1_SIZE)),
  }));
  const points = pairs.map(({ point }) => point);
  const scalars = pairs.map(({ scalar }) => scalar);
  return writeG1(sumProducts(bn254.G1.Point, points, scalars));
}

/**
 * Tells whether the product of the pairings is one.
 * @throws {HostFailure} `AltBn128InvalidInput` for the first element that is none
 */
export function altBn128PairingCheck(data: Uint8Array): boolean {
  const pairs = splitElements(data, PAIRING_SIZE).map((element) => ({
    g1: readG1(element.subarray(0, G1_SIZE)),
    g2: readG2(element.subarray(G1_SIZE, G1_SIZE + G2_SIZE)),
  }));
  return isPairingProductOne(bn254, pairs);
}
