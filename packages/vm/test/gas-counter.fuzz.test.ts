import { type ActionCostName, ACTION_FEES } from "@yoctonear/transactions/cost";
import { EXT_COSTS, type ExtCostName, VM_CONFIG } from "@yoctonear/vm";
import * as fc from "fast-check";
import { GasCounter } from "#vm/gas-counter";
import { HostFailure } from "#vm/host-error";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("vm: gas counter, properties");

const MAX_U64 = 2n ** 64n - 1n;

/** nearcore's counter, word for word, in exact arithmetic: what the fast one must equal. */
class SlowCounter {
  burnt = 0n;
  promises = 0n;
  limit: bigint;
  readonly prepaid: bigint;
  readonly maxBurnt: bigint;

  constructor(prepaid: bigint, maxBurnt: bigint) {
    this.prepaid = prepaid;
    this.maxBurnt = maxBurnt;
    this.limit = min(prepaid, maxBurnt);
  }

  burn(gas: bigint): string | null {
    if (gas > MAX_U64) return "IntegerOverflow";
    const burnt = this.burnt + gas;
    if (burnt > MAX_U64) return "IntegerOverflow";
    if (burnt > this.limit) return this.exceed(burnt, (burnt + this.promises) & MAX_U64);
    this.burnt = burnt;
    return null;
  }

  deduct(burn: bigint, use: bigint): string | null {
    if (burn > MAX_U64 || use > MAX_U64) return "IntegerOverflow";
    const promises = this.promises + (use - burn);
    const burnt = this.burnt + burn;
    if (promises > MAX_U64 || burnt > MAX_U64 || burnt + promises > MAX_U64)
      return "IntegerOverflow";
    if (burnt > this.maxBurnt || burnt + promises > this.prepaid)
      return this.exceed(burnt, burnt + promises);
    if (use > burn) this.limit = min(this.maxBurnt, this.prepaid - promises);
    this.burnt = burnt;
    this.promises = promises;
    return null;
  }

  exceed(burnt: bigint, used: bigint): string {
    this.burnt = min(burnt, min(this.prepaid, this.maxBurnt));
    const promises = min(this.prepaid, used) - this.burnt;
    this.promises = promises < 0n ? 0n : promises;
    return burnt > this.maxBurnt ? "GasLimitExceeded" : "GasExceeded";
  }
}

type Step =
  | { readonly type: "base" | "per"; readonly cost: ExtCostName; readonly count: bigint }
  | {
      readonly type: "action";
      readonly cost: ActionCostName;
      readonly count: bigint;
      readonly sir: boolean;
    }
  | { readonly type: "prepay" | "instructions"; readonly gas: bigint };

const count = fc.oneof(
  fc.bigInt({ min: 0n, max: 5_000n }),
  fc.bigInt({ min: 0n, max: MAX_U64 }),
  fc.constantFrom(MAX_U64, 2n ** 53n, 2n ** 53n + 1n),
);
const gas = fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 14n }), count);
const hostCost = fc.constantFrom(...names(EXT_COSTS));
const actionCost = fc.constantFrom(...names(ACTION_FEES));
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant("base" as const), cost: hostCost, count }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("per" as const), cost: hostCost, count }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("action" as const),
      cost: actionCost,
      count,
      sir: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom("prepay", "instructions"), gas }) },
);
const amount = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 15n }),
  fc.bigInt({ min: 0n, max: 10n ** 10n }),
);

test("burns, reserves and fails as nearcore's counter in exact arithmetic", () => {
  fc.assert(
    fc.property(amount, amount, fc.array(step, { maxLength: 20 }), (prepaid, maxBurnt, steps) => {
      const fast = new GasCounter(
        { ...VM_CONFIG, maxGasBurnt: maxBurnt },
        { prepaidGas: prepaid, isView: false },
      );
      const slow = new SlowCounter(prepaid, maxBurnt);
      for (const one of steps) {
        const failed = runSlow(slow, one);
        assert.is(
          failure(() => runFast(fast, one)),
          failed,
        );
        assert.is(fast.burnt, slow.burnt);
        assert.is(fast.used, slow.burnt + slow.promises);
        assert.is(fast.remaining, prepaid - slow.burnt - slow.promises);
        // A failure ends a call.
        if (failed !== null) break;
      }
      assert.ok(fast.burnt <= min(prepaid, maxBurnt));
      assert.ok(fast.used <= prepaid);
      const total = fast.profile.reduce((sum, entry) => sum + entry.gas, 0n);
      assert.is(total, fast.burnt);
      assert.ok(fast.compute >= 0n);
    }),
  );
});

function runFast(counter: GasCounter, one: Step): void {
  switch (one.type) {
    case "base":
      return counter.payBase(one.cost);
    case "per":
      return counter.payPer(one.cost, one.count);
    case "action":
      return counter.payActionPer(one.cost, one.count, one.sir);
    case "prepay":
      return counter.prepay(one.gas);
    case "instructions":
      return counter.payInstructions(one.gas);
  }
}

function runSlow(counter: SlowCounter, one: Step): string | null {
  switch (one.type) {
    case "base":
      return counter.burn(BigInt(EXT_COSTS[one.cost].gas));
    case "per":
      return counter.burn(BigInt(EXT_COSTS[one.cost].gas) * one.count);
    case "action": {
      const fee = ACTION_FEES[one.cost];
      const burn = (one.sir ? fee.sendSir : fee.sendNotSir) * one.count;
      return counter.deduct(burn, burn + fee.exec * one.count);
    }
    case "prepay":
      return counter.deduct(0n, one.gas);
    case "instructions":
      return counter.burn(one.gas);
  }
}

function failure(run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof HostFailure) return error.error.name;
    throw error;
  }
}

function names<T extends string>(table: Readonly<Record<T, unknown>>): T[] {
  const found: T[] = [];
  for (const name in table) found.push(name);
  return found;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

test.run();
