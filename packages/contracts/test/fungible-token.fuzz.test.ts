// Compiles WebAssembly at run time, which workerd forbids.
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { TransactionError } from "yoctonear";
import { openStage } from "./stage.ts";

const test = suite("contracts: fungible token, any transfers");
const ID = "token.near";
const NAMES = ["alice.near", "bob.near", "carol.near"];
const amount = fc.oneof(
  fc.bigInt(0n, 10n),
  fc.bigInt(2n ** 32n - 1n, 2n ** 32n + 1n),
  fc.bigInt(2n ** 64n - 1n, 2n ** 64n + 1n),
  fc.bigInt(0n, 2n ** 128n - 1n),
);
const transfers = fc.array(
  fc.record({ from: fc.constantFrom(...NAMES), to: fc.constantFrom(...NAMES), amount }),
  { maxLength: 6 },
);

test("balances are those of plain arithmetic, and none is lost", async () => {
  const { chain, as, near, deploy } = await openStage(ID, ...NAMES);
  await deploy(ID, "fungible-token");
  const fresh = chain.snapshot();
  await fc.assert(
    fc.asyncProperty(amount, transfers, async (total, moves) => {
      await chain.restore(fresh);
      const metadata = { spec: "ft-1.0.0", name: "Token", symbol: "TOK", decimals: 8 };
      const init = { owner_id: "alice.near", total_supply: total.toString(), metadata };
      await as("alice.near").call(ID, "new", init);
      const expected = new Map(NAMES.map((name) => [name, name === "alice.near" ? total : 0n]));
      for (const account_id of NAMES.slice(1)) {
        const deposit = { deposit: "0.01 NEAR" } as const;
        await as("alice.near").call(ID, "storage_deposit", { account_id }, deposit);
      }
      for (const { from, to, amount } of moves) {
        const balance = expected.get(from) ?? 0n;
        const isPossible = from !== to && amount > 0n && amount <= balance;
        const args = { receiver_id: to, amount: amount.toString() };
        const isDone = await as(from)
          .call(ID, "ft_transfer", args, { deposit: 1n })
          .then(
            () => true,
            (error: unknown) => !(error instanceof TransactionError),
          );
        assert.is(isDone, isPossible);
        if (!isPossible) continue;
        expected.set(from, balance - amount);
        expected.set(to, (expected.get(to) ?? 0n) + amount);
      }
      for (const [account_id, balance] of expected) {
        assert.is(await near.view(ID, "ft_balance_of", { account_id }), balance.toString());
      }
      assert.is(await near.view(ID, "ft_total_supply"), total.toString());
    }),
    { numRuns: 25 },
  );
});

test.run();
