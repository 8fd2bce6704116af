/**
 * What both pairing curves share: y² = x³ + b, on which every point is checked before it is added.
 * @module
 */
import { interleavedMSMUnsafe } from "@noble/curves/abstract/curve.js";
import type { BlsCurvePair } from "@noble/curves/abstract/bls.js";
import type { Fp2 } from "@noble/curves/abstract/tower.js";
import type { WeierstrassPoint, WeierstrassPointCons } from "@noble/curves/abstract/weierstrass.js";

/**
 * Bits of a window of the sum of products. Up to the thousand elements that a call can pay for, one chain of
 * doublings with a table per point takes fewer additions than the buckets of noble's `pippenger`.
 */
const WINDOW = 5;

/** A point of each group, whose pairing is a factor. */
export interface PointPair {
  readonly g1: WeierstrassPoint<bigint>;
  readonly g2: WeierstrassPoint<Fp2>;
}

/** Tells whether y² = x³ + b. */
export function isOnCurve<F>(Point: WeierstrassPointCons<F>, x: F, y: F): boolean {
  const { Fp } = Point;
  return Fp.eql(Fp.sqr(y), cubic(Point, x));
}

/** Returns x³ + b. */
export function cubic<F>(Point: WeierstrassPointCons<F>, x: F): F {
  const { Fp } = Point;
  return Fp.add(Fp.mul(Fp.sqr(x), x), Point.CURVE().b);
}

/** Returns the sum of points of the curve. */
export function sumPoints<F>(
  Point: WeierstrassPointCons<F>,
  points: readonly WeierstrassPoint<F>[],
): WeierstrassPoint<F> {
  return points.reduce((sum, point) => sum.add(point), Point.ZERO);
}

/** Returns the sum of points of the subgroup, each times a scalar below the group's order. */
export function sumProducts<F>(
  Point: WeierstrassPointCons<F>,
  points: readonly WeierstrassPoint<F>[],
  scalars: readonly bigint[],
): WeierstrassPoint<F> {
  return interleavedMSMUnsafe(Point, [...points], WINDOW)([...scalars]);
}

/** Tells whether the product of the pairings is one. Points must be of the subgroups; infinity pairs to one. */
export function isPairingProductOne(curve: BlsCurvePair, pairs: readonly PointPair[]): boolean {
  const { millerLoopBatch, utils, fields } = curve;
  // noble refuses infinity, since in signatures it is a mistake.
  const factors = pairs.filter(({ g1, g2 }) => !g1.is0() && !g2.is0());
  if (factors.length === 0) return true;
  const lines = factors.map(({ g1, g2 }): Parameters<typeof millerLoopBatch>[0][number] => {
    const { x, y } = g1.toAffine();
    return [utils.calcPairingPrecomputes(g2), x, y];
  });
  const { Fp12 } = fields;
  return Fp12.eql(Fp12.finalExponentiate(millerLoopBatch(lines)), Fp12.ONE);
}
