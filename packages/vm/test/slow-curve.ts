/**
 * y² = x³ + b over a prime field by the schoolbook, to compare with: affine points, an inversion for each addition.
 * @module
 */

/** A curve over a field whose prime leaves 3 when divided by 4. */
export interface SlowCurve {
  readonly p: bigint;
  readonly b: bigint;
  /** Order of the subgroup. */
  readonly r: bigint;
}

/** A point, or infinity. */
export type SlowPoint = { readonly x: bigint; readonly y: bigint } | null;

/** alt_bn128; every point is in the subgroup. */
export const ALT_BN128: SlowCurve = {
  p: 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47n,
  b: 3n,
  r: 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n,
};

/** G1 of BLS12-381 with its cofactor. */
export const BLS12381: SlowCurve = {
  p: 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn,
  b: 4n,
  r: 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n,
};

/** The first point at or after an x, with the smaller y. */
export function pointFrom({ p, b }: SlowCurve, start: bigint): { x: bigint; y: bigint } {
  for (let x = start % p; ; x = (x + 1n) % p) {
    const square = (x * x * x + b) % p;
    const y = power(square, (p + 1n) / 4n, p);
    if ((y * y) % p === square) return { x, y: 2n * y < p ? y : p - y };
  }
}

/** −P. */
export function negative({ p }: SlowCurve, point: SlowPoint): SlowPoint {
  return point === null ? null : { x: point.x, y: (p - point.y) % p };
}

/** P + Q. */
export function plus({ p }: SlowCurve, a: SlowPoint, b: SlowPoint): SlowPoint {
  if (a === null) return b;
  if (b === null) return a;
  if (a.x === b.x && a.y !== b.y) return null;
  const slope =
    a.x === b.x
      ? 3n * a.x * a.x * power(2n * a.y, p - 2n, p)
      : (b.y - a.y) * power(modulo(b.x - a.x, p), p - 2n, p);
  const x = modulo(slope * slope - a.x - b.x, p);
  return { x, y: modulo(slope * (a.x - x) - a.y, p) };
}

/** nP, by doubling and adding. */
export function times(curve: SlowCurve, point: SlowPoint, n: bigint): SlowPoint {
  let product: SlowPoint = null;
  for (let rest = n, double = point; rest > 0n; rest >>= 1n, double = plus(curve, double, double))
    if ((rest & 1n) === 1n) product = plus(curve, product, double);
  return product;
}

/** Bytes of a number, most significant first. */
export function bigEndian(value: bigint, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = length - 1, rest = value; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 255n);
  return bytes;
}

/** Bytes of a number, least significant first. */
export function littleEndian(value: bigint, length: number): Uint8Array<ArrayBuffer> {
  return bigEndian(value, length).reverse();
}

function modulo(value: bigint, p: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let product = 1n;
  for (
    let rest = exponent, square = base % p;
    rest > 0n;
    rest >>= 1n, square = (square * square) % p
  )
    if ((rest & 1n) === 1n) product = (product * square) % p;
  return product;
}
