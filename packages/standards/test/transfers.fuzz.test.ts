// Compiles WebAssembly at run time, which workerd forbids.
import { isNearError } from "@yoctonear/base";
import { ft } from "@yoctonear/standards";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { setStage, TOKEN } from "./stage.ts";

const property = suite("ft: properties");

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
