import { ParseError } from "@yoctonear/base";
import {
  formatDecimal,
  formatGas,
  formatNear,
  type GasInput,
  type NearInput,
  parseDecimal,
  parseGas,
  parseNear,
} from "@yoctonear/primitives";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const u128 = fc.bigInt(0n, 2n ** 128n - 1n);
const u64 = fc.bigInt(0n, 2n ** 64n - 1n);

const isNearInput = (text: string): text is Extract<NearInput, string> =>
  / (yocto)?NEAR$/.test(text);
const isGasInput = (text: string): text is Extract<GasInput, string> => / [TG]?gas$/.test(text);

function readNear(text: string): bigint {
  if (!isNearInput(text)) throw new TypeError(`expected a unit, got ${text}`);
  return parseNear(text);
}
function readGas(text: string): bigint {
  if (!isGasInput(text)) throw new TypeError(`expected a unit, got ${text}`);
  return parseGas(text);
}

const property = suite("near, gas: properties");

property("reads back every amount that it shows", () => {
  fc.assert(
    fc.property(u128, u64, (yocto, gas) => {
      assert.is(readNear(formatNear(yocto)), yocto);
      assert.is(parseNear(`${yocto} yoctoNEAR`), yocto);
      assert.is(parseNear(yocto), yocto);
      assert.is(readGas(formatGas(gas)), gas);
      assert.is(parseGas(`${gas} gas`), gas);
    }),
    { numRuns: 2_000 },
  );
});

property("agrees with long multiplication", () => {
  const whole = fc.bigInt(0n, 10n ** 14n);
  const fraction = fc.stringMatching(/^[0-9]{1,24}$/);
  fc.assert(
    fc.property(whole, fraction, (units, decimals) => {
      const expected = units * 10n ** 24n + BigInt(decimals) * 10n ** BigInt(24 - decimals.length);
      assert.is(parseNear(`${units}.${decimals} NEAR`), expected);
    }),
    { numRuns: 2_000 },
  );
});

property("shows digits alone, without a trailing zero or point", () => {
  fc.assert(
    fc.property(u128, (yocto) => {
      assert.match(formatNear(yocto), /^(0|[1-9][0-9]*)(\.[0-9]*[1-9])? NEAR$/);
    }),
  );
});

property("shows the opposite of an amount with a sign before it", () => {
  fc.assert(
    fc.property(u128, (yocto) => {
      fc.pre(yocto > 0n);
      assert.is(formatNear(-yocto), `-${formatNear(yocto)}`);
    }),
  );
});

property("gives an amount in range or a ParseError for any text before the unit", () => {
  const before = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."0123456789.,-+e_ ".split("")), maxLength: 12 }),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(before, (text) => {
      try {
        const yocto = parseNear(`${text} NEAR`);
        assert.ok(yocto >= 0n && yocto < 2n ** 128n);
        assert.match(text, /^[0-9]+(\.[0-9]+)?$/);
      } catch (error) {
        assert.instance(error, ParseError);
      }
    }),
    { numRuns: 10_000 },
  );
});

property("gives an amount or a ParseError for anything", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      try {
        // @ts-expect-error an amount of any type
        assert.type(parseNear(value), "bigint");
      } catch (error) {
        assert.instance(error, ParseError);
      }
    }),
    { numRuns: 2_000 },
  );
});

property("reads back what it wrote, for a unit of any decimals", () => {
  fc.assert(
    fc.property(u128, fc.integer({ min: 0, max: 40 }), (amount, decimals) => {
      const written = formatDecimal(amount, decimals);
      assert.match(written, /^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$/);
      assert.is(parseDecimal(`${written} X`, { X: decimals }, 128, "X"), amount);
    }),
  );
});

property.run();
