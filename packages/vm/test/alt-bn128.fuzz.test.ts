import { bn254 } from "@noble/curves/bn254.js";
import { concatBytes, decodeHex, encodeHex } from "@yoctonear/base";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { callCrypto, RESULT } from "./crypto-host.ts";
import {
  ALT_BN128,
  littleEndian,
  negative,
  plus,
  pointFrom,
  type SlowPoint,
  times,
} from "./slow-curve.ts";

const { p, r } = ALT_BN128;
const RUNS = { numRuns: 12 };
const GENERATOR: SlowPoint = { x: 1n, y: 2n };

const point: fc.Arbitrary<SlowPoint> = fc.oneof(
  { weight: 8, arbitrary: fc.bigInt({ min: 0n, max: p - 1n }).map((x) => pointFrom(ALT_BN128, x)) },
  { weight: 1, arbitrary: fc.constant(null) },
  // Few, so that points meet themselves and their negatives.
  { weight: 3, arbitrary: fc.constantFrom({ x: 1n, y: 2n }, { x: 1n, y: p - 2n }) },
);
const scalar = fc.oneof(
  fc.bigInt({ min: 0n, max: r - 1n }),
  fc.constantFrom(0n, 1n, 2n, r - 1n, r - 2n, 2n ** 128n),
);
const small = fc.bigInt({ min: 1n, max: 2n ** 64n });

const sums = suite("vm: alt_bn128_g1_sum, alt_bn128_g1_multiexp, any points");

sums("a sum is that of the schoolbook", () => {
  const signed = fc.record({ point, isMinus: fc.boolean() });
  fc.assert(
    fc.property(fc.array(signed, { maxLength: 8 }), (elements) => {
      const data = elements.map((element) =>
        concatBytes(Uint8Array.of(element.isMinus ? 1 : 0), g1(element.point)),
      );
      const expected = elements.reduce<SlowPoint>(
        (sum, element) =>
          plus(
            ALT_BN128,
            sum,
            element.isMinus ? negative(ALT_BN128, element.point) : element.point,
          ),
        null,
      );
      assert.is(register("alt_bn128_g1_sum", data), encodeHex(g1(expected)));
    }),
  );
});

sums("a sum of products is that of the schoolbook", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(point, scalar), { maxLength: 4 }), (elements) => {
      const data = elements.map(([base, factor]) =>
        concatBytes(g1(base), littleEndian(factor, 32)),
      );
      const expected = elements.reduce<SlowPoint>(
        (sum, [base, factor]) => plus(ALT_BN128, sum, times(ALT_BN128, base, factor)),
        null,
      );
      assert.is(register("alt_bn128_g1_multiexp", data), encodeHex(g1(expected)));
    }),
    RUNS,
  );
});

sums("many products are the sum of products one by one", () => {
  const many = fc.array(fc.tuple(point, scalar), { minLength: 40, maxLength: 60 });
  fc.assert(
    fc.property(many, (elements) => {
      const data = elements.map(([base, factor]) =>
        concatBytes(g1(base), littleEndian(factor, 32)),
      );
      const products = data.map((element) =>
        concatBytes(
          Uint8Array.of(0),
          decodeHex(register("alt_bn128_g1_multiexp", [element]) ?? ""),
        ),
      );
      assert.is(register("alt_bn128_g1_multiexp", data), register("alt_bn128_g1_sum", products));
    }),
    { numRuns: 2 },
  );
});

sums.run();

const pairings = suite("vm: alt_bn128_pairing_check, any points");

pairings("e(aP, bQ) is e(abP, Q)", () => {
  fc.assert(
    fc.property(small, small, fc.boolean(), (a, b, isOff) => {
      const product = (a * b + (isOff ? 1n : 0n)) % r;
      const data = concatBytes(
        g1(times(ALT_BN128, GENERATOR, a)),
        g2(b),
        g1(negative(ALT_BN128, times(ALT_BN128, GENERATOR, product))),
        g2(1n),
      );
      assert.is(callCrypto("alt_bn128_pairing_check", [data]).result, isOff ? 0n : 1n);
    }),
    RUNS,
  );
});

pairings("infinity on either side is a factor of one", () => {
  const none = { g1: new Uint8Array(64), g2: new Uint8Array(128) };
  const some = { g1: g1(GENERATOR), g2: g2(7n) };
  const check = (...data: Uint8Array[]): bigint | null =>
    callCrypto("alt_bn128_pairing_check", [concatBytes(...data)]).result;
  assert.is(check(none.g1, none.g2), 1n);
  assert.is(check(some.g1, none.g2), 1n);
  assert.is(check(none.g1, some.g2), 1n);
  assert.is(check(some.g1, some.g2), 0n);
  assert.is(check(none.g1, some.g2, some.g1, some.g2), 0n);
});

pairings("a point of the twist outside the subgroup is refused", () => {
  const { Fp2 } = bn254.fields;
  const { Point } = bn254.G2;
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: p - 1n }), (start) => {
      for (let c0 = start; ; c0 = (c0 + 1n) % p) {
        const x = Fp2.fromBigTuple([c0, 5n]);
        const y = squareRoot(Fp2.add(Fp2.mul(Fp2.sqr(x), x), Point.CURVE().b));
        if (y === null) continue;
        // Multiplying by the order tells as much as noble's shortcut, without it.
        let sum = Point.ZERO;
        const base = Point.fromAffine({ x, y });
        for (const bit of r.toString(2)) {
          sum = sum.double();
          if (bit === "1") sum = sum.add(base);
        }
        assert.not.ok(sum.is0(), "a random point is practically never in the subgroup");
        const raw = concatBytes(...[x.c0, x.c1, y.c0, y.c1].map((part) => littleEndian(part, 32)));
        const { error } = callCrypto("alt_bn128_pairing_check", [concatBytes(g1(null), raw)]);
        assert.is(error, `AltBn128InvalidInput: invalid g2: [${shown(raw)}]`);
        return;
      }
    }),
    { numRuns: 4 },
  );

  function squareRoot(value: Parameters<typeof Fp2.sqrt>[0]): ReturnType<typeof Fp2.sqrt> | null {
    try {
      return Fp2.sqrt(value);
    } catch {
      return null;
    }
  }
});

pairings.run();

const errors = suite("vm: alt_bn128, elements that are none");

const [good, one] = [g1({ x: 1n, y: 2n }), littleEndian(1n, 32)];
const tooLarge = littleEndian(p, 32);
const offCurve = concatBytes(littleEndian(1n, 32), littleEndian(3n, 32));

errors("the first bad field of the first bad element is named, with its bytes", () => {
  const plus2 = Uint8Array.of(2);
  const cases: readonly (readonly [string, Uint8Array[], string])[] = [
    ["alt_bn128_g1_sum", [plus2, tooLarge, tooLarge], "bool: [2]"],
    ["alt_bn128_g1_sum", [Uint8Array.of(255), good], "bool: [FF]"],
    [
      "alt_bn128_g1_sum",
      [Uint8Array.of(1), tooLarge, good.subarray(32)],
      `fq: [${shown(tooLarge)}]`,
    ],
    ["alt_bn128_g1_sum", [Uint8Array.of(1), one, tooLarge], `fq: [${shown(tooLarge)}]`],
    ["alt_bn128_g1_sum", [Uint8Array.of(0), offCurve], `g1: [${shown(offCurve)}]`],
    ["alt_bn128_g1_sum", [Uint8Array.of(0), good, plus2, good], "bool: [2]"],
    ["alt_bn128_g1_multiexp", [offCurve, littleEndian(r, 32)], `g1: [${shown(offCurve)}]`],
    ["alt_bn128_g1_multiexp", [good, littleEndian(r, 32)], `fr: [${shown(littleEndian(r, 32))}]`],
    [
      "alt_bn128_g1_multiexp",
      [good, one, offCurve, littleEndian(r, 32)],
      `g1: [${shown(offCurve)}]`,
    ],
    ["alt_bn128_pairing_check", [offCurve, tooLarge, one, one, one], `g1: [${shown(offCurve)}]`],
    ["alt_bn128_pairing_check", [good, one, one, one, tooLarge], `fq: [${shown(tooLarge)}]`],
    [
      "alt_bn128_pairing_check",
      [good, one, one, one, one],
      `g2: [${shown(concatBytes(one, one, one, one))}]`,
    ],
  ];
  for (const [name, parts, text] of cases) {
    const data = concatBytes(...parts);
    const args = name === "alt_bn128_pairing_check" ? [data] : [data, RESULT];
    assert.is(callCrypto(name, args).error, `AltBn128InvalidInput: invalid ${text}`);
  }
});

errors("bytes are shown in upper case, without leading zeros", () => {
  const raw = new Uint8Array(64);
  raw.set([0x0a, 0xff, 0x00, 0xb0]);
  const { error } = callCrypto("alt_bn128_g1_sum", [concatBytes(Uint8Array.of(0), raw), RESULT]);
  assert.is(
    error,
    `AltBn128InvalidInput: invalid g1: [A, FF, 0, B0, ${Array(60).fill("0").join(", ")}]`,
  );
});

errors("only (0, 0) is infinity: (0, y) and (x, 0) are not on the curve", () => {
  for (const raw of [concatBytes(new Uint8Array(32), one), concatBytes(one, new Uint8Array(32))]) {
    const { error } = callCrypto("alt_bn128_g1_sum", [concatBytes(Uint8Array.of(0), raw), RESULT]);
    assert.is(error, `AltBn128InvalidInput: invalid g1: [${shown(raw)}]`);
  }
});

errors.run();

function g2(factor: bigint): Uint8Array {
  const { x, y } = bn254.G2.Point.BASE.multiplyUnsafe(factor).toAffine();
  return concatBytes(...[x.c0, x.c1, y.c0, y.c1].map((part) => littleEndian(part, 32)));
}

function g1(value: SlowPoint): Uint8Array {
  const { x, y } = value ?? { x: 0n, y: 0n };
  return concatBytes(littleEndian(x, 32), littleEndian(y, 32));
}

function register(name: string, data: readonly Uint8Array[]): string | null {
  return callCrypto(name, [concatBytes(...data), RESULT]).register;
}

function shown(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase()).join(", ");
}
