/**
 * Counts what senders ask for and what the relayer pays.
 * @module
 */
import type { Delegate, DelegateV2 } from "@yoctonear/transactions";
import { totalDeposit } from "@yoctonear/transactions/cost";
import type { CheckedPolicy } from "./policy.ts";
import { Refusal } from "./refusal.ts";
import type { RelayCharge, RelayStore } from "./store.ts";

/** Counts by the policy's rate and budget. */
export interface Till {
  /**
   * Counts one of a sender's turns.
   * @throws {Refusal} `rate_limited`
   */
  admit(senderId: string): Promise<{ giveBack(): Promise<void> }>;
  /**
   * Sets the most that a delegate action can cost aside.
   * @throws {Refusal} `budget_exhausted`
   */
  setAside(maxCost: bigint): Promise<RelayCharge | undefined>;
  /** Gives back all that was set aside. */
  giveBack(charge: RelayCharge | undefined): Promise<void>;
  /** Gives back what was set aside and not paid. */
  settle(
    charge: RelayCharge | undefined,
    tokensBurnt: bigint,
    delegated: Delegate | DelegateV2,
  ): Promise<void>;
}

/** Makes a till. */
export function createTill(
  { rate, budget }: CheckedPolicy,
  store: RelayStore,
  now: () => number,
): Till {
  const giveBack = async (charge: RelayCharge | undefined): Promise<void> => {
    if (charge === undefined) return;
    await store.count(charge.counter, -BigInt(charge.amount), 0n, charge.expires);
  };
  return {
    admit: async (senderId) => {
      if (rate === undefined) return { giveBack: async () => undefined };
      const { name, expires } = periodOf(rate.per, now());
      const counter = `rate ${senderId} ${name}`;
      if (!(await store.count(counter, 1n, BigInt(rate.count), expires))) {
        const reason = `expected ${rate.count} or fewer delegate actions of ${senderId} in ${rate.per} ms, got more`;
        throw new Refusal("rate_limited", reason, { retryAfter: expires - now() });
      }
      return { giveBack: () => giveBack({ counter, amount: "1", expires }) };
    },
    setAside: async (maxCost) => {
      if (budget === undefined) return undefined;
      const period = budget.per === undefined ? undefined : periodOf(budget.per, now());
      const counter = `budget ${period?.name ?? "in all"}`;
      if (!(await store.count(counter, maxCost, budget.amount, period?.expires))) {
        const retryAfter = period === undefined ? undefined : period.expires - now();
        const reason = "expected enough of the relayer's budget to be left, got less";
        throw new Refusal("budget_exhausted", reason, { retryAfter });
      }
      return { counter, amount: `${maxCost}`, expires: period?.expires };
    },
    giveBack,
    settle: async (charge, tokensBurnt, { delegateAction }) => {
      if (charge === undefined) return;
      // Deposits are gone whatever became of the actions: where they fail, the sender gets them.
      const unpaid = BigInt(charge.amount) - tokensBurnt - totalDeposit(delegateAction.actions);
      if (unpaid > 0n) await giveBack({ ...charge, amount: `${unpaid}` });
    },
  };
}

function periodOf(per: number, time: number): { readonly name: string; readonly expires: number } {
  const index = Math.floor(time / per);
  return { name: `${per} ${index}`, expires: (index + 1) * per };
}
