import { isNearError } from "@yoctonear/base";
import { formatTokens, ft, parseTokens } from "@yoctonear/standards";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { setStage, TOKEN } from "./stage.ts";

const property = suite("standards: properties");
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

property("random transfers conserve the supply, and each balance is what was sent", async () => {
  const people = ["alice.near", "bob.near", "defi.near"] as const;
  const move = fc.record({
    from: fc.constantFrom(...people),
    to: fc.constantFrom(...people, "nobody.near", "carol"),
    amount: fc.oneof(
      fc.bigInt({ min: 0n, max: 1_200n }),
      fc.constantFrom("0.5", "1", "0.25", "0.001", "0.0001"),
    ),
    msg: fc.constantFrom(undefined, "keep", "7", "fail"),
  });
  const { chain, act, near } = await setStage({ decimals: 3, supply: 1_000n });
  const fresh = chain.snapshot();
  const token = ft(near, TOKEN);
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 6 }), async (moves) => {
      await chain.restore(fresh);
      const balances = new Map<string, bigint>([["alice.near", 1_000n]]);
      const add = (id: string, amount: bigint) =>
        balances.set(id, (balances.get(id) ?? 0n) + amount);
      for (const { from, to, amount, msg } of moves) {
        const input = typeof amount === "bigint" ? amount : { tokens: amount };
        const hands = ft(act(from), TOKEN);
        try {
          const { sent, taken } =
            msg === undefined
              ? { taken: undefined, ...(await hands.transfer(to, input)) }
              : await hands.transferCall(to, input, msg);
          assert.is(msg === undefined, taken === undefined);
          add(from, -(taken ?? sent));
          add(to, taken ?? sent);
        } catch (error) {
          assert.ok(
            isNearError(error, "failed") || isNearError(error, "invalid_amount"),
            String(error),
          );
        }
      }
      let sum = 0n;
      for (const id of [...people, "nobody.near", "carol"]) {
        const balance = await token.balance(id);
        assert.is(balance, balances.get(id) ?? 0n, id);
        sum += balance;
      }
      assert.is(sum, 1_000n);
      assert.is(await token.totalSupply(), 1_000n);
    }),
    { numRuns: 30 },
  );
});

property.run();
