import { bls12_381 } from "@noble/curves/bls12-381.js";
import { concatBytes, decodeHex, encodeHex } from "@yoctonear/base";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { callCrypto, RESULT } from "./crypto-host.ts";
import {
  bigEndian,
  BLS12381,
  littleEndian,
  negative,
  plus,
  pointFrom,
  type SlowPoint,
  times,
} from "./slow-curve.ts";

const { p, r } = BLS12381;
const { Fp2 } = bls12_381.fields;
const RUNS = { numRuns: 10 };
const GENERATOR: SlowPoint = {
  x: 0x17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bbn,
  y: 0x08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1n,
};

const element = fc.bigInt({ min: 0n, max: p - 1n });
const scalar = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  fc.constantFrom(0n, 1n, r - 1n, r, r + 1n, 2n * r, 2n ** 256n - 1n),
);
const small = fc.bigInt({ min: 1n, max: 2n ** 64n });
// Beyond the last x the search for a point begins anew, at 0.
const affinePoint = fc
  .bigInt({ min: 1n, max: p - 1n })
  .map((x) => pointFrom(BLS12381, x))
  .filter(({ x }) => x !== 0n);
/** Any point of the curve, nearly never of the subgroup; none with x = 0, which nearcore refuses. */
const curvePoint: fc.Arbitrary<SlowPoint> = fc.oneof(
  { weight: 8, arbitrary: affinePoint },
  { weight: 1, arbitrary: fc.constant(null) },
);

const sums = suite("vm: bls12381 sums, any points");

sums("a sum on the curve is that of the schoolbook, also outside the subgroup", () => {
  const pool = [pointFrom(BLS12381, 5n), pointFrom(BLS12381, 77n)];
  const signed = fc.tuple(fc.oneof(curvePoint, fc.constantFrom(...pool)), fc.boolean());
  fc.assert(
    fc.property(fc.array(signed, { maxLength: 6 }), (elements) => {
      const data = elements.map(([point, isMinus]) =>
        concatBytes(Uint8Array.of(isMinus ? 1 : 0), g1(point)),
      );
      const expected = elements.reduce<SlowPoint>(
        (sum, [point, isMinus]) => plus(BLS12381, sum, isMinus ? negative(BLS12381, point) : point),
        null,
      );
      assert.is(run("bls12381_p1_sum", ...data), encodeHex(g1(expected)));
    }),
    { numRuns: 20 },
  );
});

sums("a point of the twist and its negative make infinity, and the order does not matter", () => {
  fc.assert(
    fc.property(element, element, (a, b) => {
      const [one, other] = [twistPoint(a), twistPoint(b)];
      const [plusOne, minusOne] = [
        concatBytes(Uint8Array.of(0), one),
        concatBytes(Uint8Array.of(1), one),
      ];
      const plusOther = concatBytes(Uint8Array.of(0), other);
      assert.is(run("bls12381_p2_sum", plusOne, minusOne), encodeHex(infinity(192)));
      assert.is(run("bls12381_p2_sum", plusOne, plusOther, minusOne), encodeHex(other));
      assert.is(
        run("bls12381_p2_sum", plusOne, plusOther),
        run("bls12381_p2_sum", plusOther, plusOne),
      );
    }),
    RUNS,
  );
});

sums("a sum of products of the subgroup is that of the schoolbook, scalars of 256 bits", () => {
  const point = small.map((factor) => times(BLS12381, GENERATOR, factor));
  fc.assert(
    fc.property(fc.array(fc.tuple(point, scalar), { maxLength: 3 }), (elements) => {
      const data = elements.map(([base, factor]) =>
        concatBytes(g1(base), littleEndian(factor, 32)),
      );
      const expected = elements.reduce<SlowPoint>(
        (sum, [base, factor]) => plus(BLS12381, sum, times(BLS12381, base, factor)),
        null,
      );
      assert.is(run("bls12381_g1_multiexp", ...data), encodeHex(g1(expected)));
    }),
    RUNS,
  );
});

sums("products add up on the twist: aQ + bQ = (a + b)Q, and 1Q = Q", () => {
  fc.assert(
    fc.property(scalar, scalar, small, (a, b, factor) => {
      const point = g2(factor);
      const product = (n: bigint): Uint8Array => concatBytes(point, littleEndian(n, 32));
      assert.is(
        run("bls12381_g2_multiexp", product(a), product(b)),
        run("bls12381_g2_multiexp", product((a + b) % r)),
      );
      assert.is(run("bls12381_g2_multiexp", product(1n)), encodeHex(point));
    }),
    RUNS,
  );
});

sums("products and pairings refuse what is outside the subgroup, however small its order", () => {
  // The cofactor is 3 · (11 · 10177 · 859267 · 52437899)², and the group has two generators: no order has a square.
  const primes = [3n, 11n, 10177n, 859267n, 52437899n];
  const exponent = primes.reduce((product, prime) => product * prime, r);
  const torsionOf = (prime: bigint): SlowPoint => {
    for (let start = 1n; ; start++) {
      const torsion = times(BLS12381, pointFrom(BLS12381, start), exponent / prime);
      if (torsion !== null) return torsion;
    }
  };
  for (const prime of primes) {
    const torsion = torsionOf(prime);
    assert.is(times(BLS12381, torsion, prime), null, `${prime}`);
    // Of order 3 are (0, ±2), which no function takes.
    const alone = prime === 3n ? [] : [torsion];
    for (const point of [...alone, plus(BLS12381, torsion, GENERATOR)]) {
      assert.is(run("bls12381_p1_sum", positive(g1(point))), encodeHex(g1(point)));
      assert.is(run("bls12381_g1_multiexp", concatBytes(g1(point), new Uint8Array(32))), "1");
      assert.is(pairing(g1(point), infinity(192)), 1n);
    }
  }
  fc.assert(
    fc.property(element, (start) => {
      const point = twistPoint(start);
      assert.is(run("bls12381_g2_multiexp", concatBytes(point, new Uint8Array(32))), "1");
      assert.is(pairing(infinity(96), point), 1n);
    }),
    RUNS,
  );
});

sums.run();

const forms = suite("vm: bls12381 decompression and maps, any elements");

forms("a compressed point of the curve comes back, with the y that its sign bit means", () => {
  fc.assert(
    fc.property(element, fc.boolean(), (start, isLarger) => {
      const { x, y } = pointFrom(BLS12381, start);
      // Of order 3: blst says of these two that they are not in the group.
      fc.pre(x !== 0n);
      const compressed = bigEndian(x, 48);
      compressed[0] = (compressed[0] ?? 0) | (isLarger ? 0xa0 : 0x80);
      const expected = g1({ x, y: isLarger ? p - y : y });
      assert.is(run("bls12381_p1_decompress", compressed), encodeHex(expected));
    }),
    { numRuns: 30 },
  );
});

forms("the same on the twist, where the imaginary part tells the larger y, unless it is 0", () => {
  fc.assert(
    fc.property(element, fc.boolean(), (start, isLarger) => {
      const point = twistPoint(start);
      const compressed = point.slice(0, 96);
      compressed[0] = (compressed[0] ?? 0) | (isLarger ? 0xa0 : 0x80);
      const [c1, c0] = [numberAt(point, 96), numberAt(point, 144)];
      const isIt = 2n * (c1 === 0n ? c0 : c1) > p === isLarger;
      const opposite = [c1, c0].map((part) => bigEndian((p - part) % p, 48));
      const expected = isIt ? point : concatBytes(point.subarray(0, 96), ...opposite);
      assert.is(run("bls12381_p2_decompress", compressed), encodeHex(expected));
    }),
    { numRuns: 20 },
  );
});

forms("several elements give their points one after the other", () => {
  const compressed = [3n, 4n].map((start) => {
    const bytes = bigEndian(pointFrom(BLS12381, start).x, 48);
    bytes[0] = (bytes[0] ?? 0) | 0x80;
    return bytes;
  });
  const one = compressed.map((bytes) => run("bls12381_p1_decompress", bytes)).join("");
  assert.is(run("bls12381_p1_decompress", ...compressed), one);
  const elements = [bigEndian(3n, 48), bigEndian(4n, 48)];
  const mapped = elements.map((bytes) => run("bls12381_map_fp_to_g1", bytes)).join("");
  assert.is(run("bls12381_map_fp_to_g1", ...elements), mapped);
});

forms("what is mapped is in the subgroup, and −u maps to the negative", () => {
  fc.assert(
    fc.property(element, element, (c0, c1) => {
      const mapped = decodeHex(run("bls12381_map_fp_to_g1", bigEndian(c0, 48)));
      const once = concatBytes(mapped, littleEndian(1n, 32));
      assert.is(run("bls12381_g1_multiexp", once), encodeHex(mapped));
      const other = decodeHex(run("bls12381_map_fp_to_g1", bigEndian((p - c0) % p, 48)));
      if (c0 !== 0n)
        assert.is(
          run("bls12381_p1_sum", positive(mapped), positive(other)),
          encodeHex(infinity(96)),
        );

      const u = concatBytes(bigEndian(c1, 48), bigEndian(c0, 48));
      const minusU = concatBytes(bigEndian((p - c1) % p, 48), bigEndian((p - c0) % p, 48));
      const mapped2 = decodeHex(run("bls12381_map_fp2_to_g2", u));
      const once2 = concatBytes(mapped2, littleEndian(1n, 32));
      assert.is(run("bls12381_g2_multiexp", once2), encodeHex(mapped2));
      const other2 = decodeHex(run("bls12381_map_fp2_to_g2", minusU));
      if (c0 === 0n && c1 === 0n) return;
      assert.is(
        run("bls12381_p2_sum", positive(mapped2), positive(other2)),
        encodeHex(infinity(192)),
      );
    }),
    RUNS,
  );
});

forms.run();

const pairings = suite("vm: bls12381_pairing_check, any points");

pairings("e(aP, bQ) is e(abP, Q)", () => {
  fc.assert(
    fc.property(small, small, fc.boolean(), (a, b, isOff) => {
      const product = (a * b + (isOff ? 1n : 0n)) % r;
      const left = g1(times(BLS12381, GENERATOR, a));
      const right = g1(negative(BLS12381, times(BLS12381, GENERATOR, product)));
      assert.is(pairing(left, g2(b), right, g2(1n)), isOff ? 2n : 0n);
    }),
    RUNS,
  );
});

pairings("infinity on either side is a factor of one", () => {
  const [some1, some2] = [g1(GENERATOR), g2(7n)];
  assert.is(pairing(infinity(96), infinity(192)), 0n);
  assert.is(pairing(some1, infinity(192)), 0n);
  assert.is(pairing(infinity(96), some2), 0n);
  assert.is(pairing(some1, some2), 2n);
  assert.is(pairing(infinity(96), some2, some1, some2), 2n);
});

pairings.run();

function g1(point: SlowPoint): Uint8Array<ArrayBuffer> {
  return point === null
    ? infinity(96)
    : concatBytes(bigEndian(point.x, 48), bigEndian(point.y, 48));
}

/** A multiple of the generator of G2. */
function g2(factor: bigint): Uint8Array<ArrayBuffer> {
  const { x, y } = bls12_381.G2.Point.BASE.multiplyUnsafe(factor).toAffine();
  return concatBytes(...[x.c1, x.c0, y.c1, y.c0].map((part) => bigEndian(part, 48)));
}

/** A point of the twist from an x on, nearly never of the subgroup. */
function twistPoint(start: bigint): Uint8Array<ArrayBuffer> {
  const { b } = bls12_381.G2.Point.CURVE();
  for (let c0 = start; ; c0 = (c0 + 1n) % p) {
    const x = Fp2.fromBigTuple([c0, 5n]);
    const y = squareRoot(Fp2.add(Fp2.mul(Fp2.sqr(x), x), b));
    if (y !== null)
      return concatBytes(...[x.c1, x.c0, y.c1, y.c0].map((part) => bigEndian(part, 48)));
  }
}

function squareRoot(value: ReturnType<typeof Fp2.sqrt>): ReturnType<typeof Fp2.sqrt> | null {
  try {
    return Fp2.sqrt(value);
  } catch {
    return null;
  }
}

function infinity(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  bytes[0] = 0x40;
  return bytes;
}

function positive(point: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(0), point);
}

function numberAt(bytes: Uint8Array, at: number): bigint {
  return BigInt(`0x${encodeHex(bytes.subarray(at, at + 48))}`);
}

/** Hex of the register, or "1" where an element was none. */
function run(name: string, ...data: readonly Uint8Array[]): string {
  const { register, result } = callCrypto(name, [concatBytes(...data), RESULT]);
  return register ?? `${result}`;
}

function pairing(...data: readonly Uint8Array[]): bigint | null {
  return callCrypto("bls12381_pairing_check", [concatBytes(...data)]).result;
}
