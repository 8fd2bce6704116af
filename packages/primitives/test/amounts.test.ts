import { isNearError } from "@yoctonear/base";
import { formatGas, formatNear, parseGas, parseNear } from "@yoctonear/primitives";
import { text, vectorsOf } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const NEAR = 10n ** 24n;
const isInvalidAmount = (error: unknown): boolean => isNearError(error, "invalid_amount");

/** The compiler refuses most of what follows; the run-time check must as well. */
function parseAnyNear(input: unknown): bigint {
  // @ts-expect-error an amount of any type
  return parseNear(input);
}
function parseAnyGas(input: unknown): bigint {
  // @ts-expect-error gas of any type
  return parseGas(input);
}

const near = suite("near: parseNear and formatNear");

near("agrees with every vector of units", async () => {
  const vectors = await vectorsOf("units");
  for (const { id, input, expected } of vectors) {
    const decimal = text(input, "near");
    const yocto = BigInt(text(expected, "yocto"));
    assert.is(parseNear(`${decimal} NEAR`), yocto, id);
    assert.is(parseNear(`${yocto} yoctoNEAR`), yocto, id);
    assert.is(formatNear(yocto), `${decimal} NEAR`, id);
  }
  assert.is(vectors.length, 4);
  console.log(`units: ${vectors.length} vectors`);
});

near("reads each form", () => {
  assert.is(parseNear("1.5 NEAR"), 3n * (NEAR / 2n));
  assert.is(parseNear("0 NEAR"), 0n);
  assert.is(parseNear("0.000000000000000000000001 NEAR"), 1n);
  assert.is(parseNear("1 yoctoNEAR"), 1n);
  assert.is(parseNear(7n), 7n);
  assert.is(parseNear(0n), 0n);
});

near("takes 2^128 − 1 yoctoNEAR and not one more", () => {
  const max = 2n ** 128n - 1n;
  assert.is(parseNear(max), max);
  assert.is(parseNear(`${max} yoctoNEAR`), max);
  assert.is(parseNear("340282366920938.463463374607431768211455 NEAR"), max);
  assert.throws(() => parseNear(max + 1n), isInvalidAmount);
  assert.throws(() => parseNear(`${max + 1n} yoctoNEAR`), isInvalidAmount);
  assert.throws(() => parseNear("340282366920938.463463374607431768211456 NEAR"), isInvalidAmount);
  assert.throws(() => parseNear("999999999999999999999999999999999999999 NEAR"), isInvalidAmount);
});

near("P15: a bare number or bare text is never money", () => {
  for (const bare of [
    1,
    0,
    1.5,
    "1",
    "1.5",
    "",
    "NEAR",
    " NEAR",
    null,
    undefined,
    true,
    [],
    ["1 NEAR"],
    {},
  ]) {
    assert.throws(() => parseAnyNear(bare), isInvalidAmount);
  }
});

near("P15: thousands separators, signs, exponents and two points are refused", () => {
  for (const bad of [
    "1,000 NEAR",
    "1_000 NEAR",
    "1 000 NEAR",
    "1.2.3 NEAR",
    "-1 NEAR",
    "+1 NEAR",
  ]) {
    assert.throws(() => parseAnyNear(bad), isInvalidAmount);
  }
  for (const bad of ["1e3 NEAR", "0x10 NEAR", "Infinity NEAR", "NaN NEAR", ".5 NEAR", "5. NEAR"]) {
    assert.throws(() => parseAnyNear(bad), isInvalidAmount);
  }
  assert.throws(() => parseNear(-1n), isInvalidAmount);
});

near("P15: excess decimals are refused, not cut", () => {
  assert.throws(() => parseNear("0.0000000000000000000000001 NEAR"), isInvalidAmount);
  assert.throws(() => parseNear("1.0000000000000000000000000 NEAR"), isInvalidAmount);
  assert.throws(() => parseNear("1.0 yoctoNEAR"), isInvalidAmount);
});

near("P15: nothing passes through a float", () => {
  assert.is(parseNear("0.1 NEAR") + parseNear("0.2 NEAR"), parseNear("0.3 NEAR"));
  assert.is(parseNear("9007199.254740993 NEAR"), 9_007_199_254_740_993n * 10n ** 15n);
});

near("refuses other units, spaces, digits of other scripts, and what every object has", () => {
  for (const bad of [
    "1 near",
    "1 N",
    "1NEAR",
    "1  NEAR",
    " 1 NEAR",
    "1 NEAR ",
    "1\tNEAR",
    "1 NEAR\n",
  ]) {
    assert.throws(() => parseAnyNear(bad), isInvalidAmount);
  }
  for (const bad of ["١ NEAR", "１ NEAR", "1 Tgas", "1 constructor", "1 __proto__", "1 toString"]) {
    assert.throws(() => parseAnyNear(bad), isInvalidAmount);
  }
});

near("says what was expected and what came", () => {
  assert.throws(
    () => parseAnyNear("1,000 NEAR"),
    (error: unknown) =>
      String(error) ===
      'ParseError: expected "1.5 NEAR", "1 yoctoNEAR" or a bigint, below 2^128, got string "1,000 NEAR"',
  );
  assert.throws(() => parseAnyNear(5), /got number "5"$/);
  assert.throws(() => parseAnyNear(-1n), /got bigint "-1"$/);
  assert.throws(() => parseAnyNear({}), /got object$/);
});

near("stays quick and short for endless text", () => {
  const digits = "1".repeat(1_000_000);
  for (const long of [`${digits} NEAR`, `1.${digits} NEAR`, digits, " ".repeat(1_000_000)]) {
    try {
      parseAnyNear(long);
      assert.unreachable();
    } catch (error) {
      assert.ok(String(error).length < 140);
    }
  }
});

near("P20: what is shown is exact", () => {
  assert.is(formatNear(parseNear("0.00999 NEAR")), "0.00999 NEAR");
  assert.is(formatNear(1n), "0.000000000000000000000001 NEAR");
  assert.is(formatNear(NEAR - 1n), "0.999999999999999999999999 NEAR");
  assert.is(formatNear(0n), "0 NEAR");
  assert.is(formatNear(100n * NEAR), "100 NEAR");
  assert.is(formatNear(2n ** 128n - 1n), "340282366920938.463463374607431768211455 NEAR");
});

near("shows a difference with its sign", () => {
  assert.is(formatNear(-1n * NEAR - NEAR / 2n), "-1.5 NEAR");
  assert.is(formatNear(-1n), "-0.000000000000000000000001 NEAR");
});

near("refuses to show a number", () => {
  // @ts-expect-error a number is not exact
  assert.throws(() => formatNear(1e24), /expected a bigint, got number/);
});

near.run();

const gas = suite("gas: parseGas and formatGas");

gas("reads each form", () => {
  assert.is(parseGas("30 Tgas"), 30_000_000_000_000n);
  assert.is(parseGas("0.5 Tgas"), 500_000_000_000n);
  assert.is(parseGas("1 Ggas"), 1_000_000_000n);
  assert.is(parseGas("5 gas"), 5n);
  assert.is(parseGas(5n), 5n);
});

gas("P12: gas of 2^64 and more, and less than none, is refused", () => {
  const max = 2n ** 64n - 1n;
  assert.is(parseGas(max), max);
  assert.is(parseGas(`${max} gas`), max);
  assert.is(parseGas("18446744.073709551615 Tgas"), max);
  assert.throws(() => parseGas(max + 6n), isInvalidAmount);
  assert.throws(() => parseGas("18446744.073709551616 Tgas"), isInvalidAmount);
  assert.throws(() => parseGas(-1n), isInvalidAmount);
});

gas("P15: bare numbers, excess decimals and other units are refused", () => {
  for (const bad of [
    30,
    "30",
    "30 TGas",
    "30 tgas",
    "30 NEAR",
    "1.5 gas",
    "0.0000000000001 Tgas",
  ]) {
    assert.throws(() => parseAnyGas(bad), isInvalidAmount);
  }
});

gas("shows Tgas, exactly", () => {
  assert.is(formatGas(30_000_000_000_000n), "30 Tgas");
  assert.is(formatGas(2_428_025_000_000n), "2.428025 Tgas");
  assert.is(formatGas(1n), "0.000000000001 Tgas");
  assert.is(formatGas(0n), "0 Tgas");
});

gas.run();
