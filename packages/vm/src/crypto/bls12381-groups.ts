/**
 * The two groups of BLS12-381 under one shape: G1 over Fp, G2 over Fp2. The curve is that of `@noble/curves`.
 * @module
 */
import type { Fp2 } from "@noble/curves/abstract/tower.js";
import type { WeierstrassPoint, WeierstrassPointCons } from "@noble/curves/abstract/weierstrass.js";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { bytesToNumberBE, numberToBytesBE } from "@noble/curves/utils.js";
import { concatBytes } from "@yoctonear/base";

/** Bytes of an element of Fp. */
const FP_SIZE = 48;

/** A group, and how its coordinates stand in bytes. */
export interface BlsGroup<F> {
  readonly Point: WeierstrassPointCons<F>;
  /** Bytes of a coordinate. */
  readonly size: number;
  /** Reads a coordinate, or an element to map; `null` where it is not below p. */
  read(bytes: Uint8Array): F | null;
  write(value: F): Uint8Array;
  /** Tells whether it is the larger one of itself and its negative. */
  isLarger(value: F): boolean;
  /** Maps an element to the group: simplified SWU, isogeny, cofactor cleared (RFC 9380). */
  map(value: F): WeierstrassPoint<F>;
}

/** What G1's `mapToCurve` takes at run time: its type names only lists, which it refuses. */
interface SingleMapper {
  mapToCurve(value: bigint | bigint[]): { readonly x: bigint; readonly y: bigint };
}

/** G1. */
export const G1: BlsGroup<bigint> = /* @__PURE__ */ createG1();

/** G2: the imaginary part of a coordinate stands first. */
export const G2: BlsGroup<Fp2> = /* @__PURE__ */ createG2();

function createG1(): BlsGroup<bigint> {
  return {
    Point: bls12_381.G1.Point,
    size: FP_SIZE,
    read: readFp,
    write: writeFp,
    isLarger: isLargerFp,
    map(value) {
      const hasher: SingleMapper = bls12_381.G1;
      const { x, y } = hasher.mapToCurve(value);
      return bls12_381.G1.Point.fromAffine({ x, y });
    },
  };
}

function createG2(): BlsGroup<Fp2> {
  return {
    Point: bls12_381.G2.Point,
    size: 2 * FP_SIZE,
    read(bytes) {
      const c1 = readFp(bytes.subarray(0, FP_SIZE));
      const c0 = readFp(bytes.subarray(FP_SIZE));
      return c0 === null || c1 === null ? null : bls12_381.fields.Fp2.fromBigTuple([c0, c1]);
    },
    write: ({ c0, c1 }) => concatBytes(writeFp(c1), writeFp(c0)),
    isLarger: ({ c0, c1 }) => isLargerFp(c1 === 0n ? c0 : c1),
    map({ c0, c1 }) {
      const { x, y } = bls12_381.G2.mapToCurve([c0, c1]);
      return bls12_381.G2.Point.fromAffine({ x, y });
    },
  };
}

function readFp(bytes: Uint8Array): bigint | null {
  const value = bytesToNumberBE(bytes);
  return value < bls12_381.fields.Fp.ORDER ? value : null;
}

function writeFp(value: bigint): Uint8Array {
  return numberToBytesBE(value, FP_SIZE);
}

function isLargerFp(value: bigint): boolean {
  return 2n * value > bls12_381.fields.Fp.ORDER;
}
