import { isNearError } from "@yoctonear/base";
import { formatTokens, parseTokens } from "@yoctonear/standards";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const property = suite("token amounts: properties");
const u128 = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });
const anyDecimals = fc.integer({ min: 0, max: 38 });

property("an amount reads back from its text, for all decimals", () => {
  fc.assert(
    fc.property(u128, anyDecimals, (amount, decimals) => {
      const tokens = formatTokens(amount, decimals);
      assert.match(tokens, /^(0|[1-9]\d*)(\.\d*[1-9])?$/);
      assert.is(parseTokens({ tokens }, decimals), amount);
      assert.is(formatTokens(-amount, decimals), amount === 0n ? "0" : `-${tokens}`);
    }),
    { numRuns: 2_000 },
  );
});

property("text is exact or refused: whole and fraction are its digits", () => {
  const digits = (maxLength: number) =>
    fc.string({ unit: fc.constantFrom(..."0123456789".split("")), minLength: 1, maxLength });
  fc.assert(
    fc.property(digits(10), digits(45), anyDecimals, (whole, fraction, decimals) => {
      const tokens = `${whole}.${fraction}`;
      try {
        const amount = parseTokens({ tokens }, decimals);
        // Compared as fractions, by integers alone.
        const scale = 10n ** BigInt(fraction.length);
        assert.is(amount * scale, BigInt(whole + fraction) * 10n ** BigInt(decimals));
        assert.ok(fraction.length <= decimals);
      } catch (error) {
        assert.ok(isNearError(error, "invalid_amount"), String(error));
        const fits =
          BigInt(whole + fraction) * 10n ** BigInt(Math.max(0, decimals - fraction.length)) <
          2n ** 128n;
        assert.not(fraction.length <= decimals && fits);
      }
    }),
    { numRuns: 2_000 },
  );
});

property("anything is an amount or an error", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.anything(), fc.record({ tokens: fc.anything() })),
      anyDecimals,
      (value, decimals) => {
        try {
          // @ts-expect-error an amount of any type
          assert.type(parseTokens(value, decimals), "bigint");
        } catch (error) {
          assert.ok(isNearError(error, "invalid_amount"), String(error));
        }
      },
    ),
    { numRuns: 2_000 },
  );
  for (const decimals of [-1, 39, 6.5, Number.NaN]) {
    assert.throws(() => parseTokens(1n, decimals), /0 to 38/);
    assert.throws(() => formatTokens(1n, decimals), /0 to 38/);
  }
});

property.run();
