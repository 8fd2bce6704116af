import {
  connect,
  keyPool,
  type Outcome,
  type SigningAccount,
  TransactionError,
  type WaitLevel,
} from "@yoctonear/account";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import type { Signer } from "@yoctonear/keys";
import { parseNear } from "@yoctonear/primitives";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type Trouble,
  type Troubles,
  unreliableNetwork,
  type UnreliableNetwork,
} from "./unreliable-network.ts";

const test = suite("send: exactly once, whatever the network does");

const trouble = (weight: number): fc.Arbitrary<Trouble> =>
  fc.record({
    fault: fc.oneof(
      { weight: 4, arbitrary: fc.constant("pass" as const) },
      { weight, arbitrary: fc.constantFrom("hold", "hold-hang", "mistaken", "drop-answer") },
      {
        weight,
        arbitrary: fc.constantFrom(
          "drop-request",
          "deaf",
          "twice",
          "retry",
          "forget",
          "408",
          "429",
          "502",
          "malformed",
        ),
      },
    ),
    stale: fc.boolean(),
    delay: fc.nat(3),
  });

const troubles: fc.Arbitrary<Troubles> = fc.record({
  sends: fc.array(trouble(4), { maxLength: 30 }),
  reads: fc.array(trouble(1), { maxLength: 40 }),
});

interface Payment {
  /** Which of the objects pays: two on one key, one of another process on it, a pool. */
  readonly payer: number;
  /** Turns before it starts. */
  readonly after: number;
  readonly wait: WaitLevel | undefined;
  readonly timeout: number;
  /** Milliseconds until the caller leaves; never where 0. */
  readonly leaves: number;
  /** More than there is yet. */
  readonly tooMuch: boolean;
  /** Resumes only once everything that is out has expired. */
  readonly patient: boolean;
}

const payment: fc.Arbitrary<Payment> = fc.record({
  payer: fc.nat(4),
  after: fc.nat(8),
  wait: fc.constantFrom(undefined, "NONE", "INCLUDED", "INCLUDED_FINAL", "FINAL"),
  timeout: fc.constantFrom(0, 8, 25, 60, 60),
  leaves: fc.constantFrom(0, 0, 0, 5, 15),
  tooMuch: fc.constantFrom(false, false, false, true),
  patient: fc.boolean(),
});

type Verdict =
  | { readonly type: "resolved"; readonly outcome: Outcome }
  | { readonly type: "transaction error"; readonly error: TransactionError }
  /** Nothing was sent. */
  | { readonly type: "other error"; readonly error: unknown };

async function verdict(sending: Promise<Outcome>): Promise<Verdict> {
  let watch: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    watch = setTimeout(() => reject(new RangeError("never settled")), 20_000);
  });
  try {
    return { type: "resolved", outcome: await Promise.race([sending, late]) };
  } catch (error) {
    if (error instanceof TransactionError) return { type: "transaction error", error };
    if (error instanceof RangeError) throw error;
    return { type: "other error", error };
  } finally {
    clearTimeout(watch);
  }
}

/** Of each payment a digit of its own, so that the sum tells which came, and how often. */
const amountOf = (index: number): bigint => 4n ** BigInt(index);

async function play(payments: readonly Payment[], faults: Troubles, lag: number): Promise<void> {
  const extra = randomEd25519KeyPair();
  const network = await unreliableNetwork(
    { "alice.near": "100 NEAR", "bob.near": "1 NEAR", "carol.near": "100000 NEAR" },
    [["alice.near", extra.publicKey]],
    faults,
    lag,
  );
  try {
    await pay(network, extra, payments, lag);
  } finally {
    await network.stop();
  }
}

async function pay(
  network: UnreliableNetwork,
  extra: Signer,
  payments: readonly Payment[],
  lag: number,
): Promise<void> {
  const key = network.chain.signer("alice.near");
  const [first, second] = [network.process(), network.process()];
  const payers: readonly SigningAccount[] = [
    connect(first).account("alice.near", key),
    connect(first).account("alice.near", key),
    connect(second).account("alice.near", key),
    connect(first).account("alice.near", keyPool([key, extra])),
    connect(second).account("alice.near", extra),
  ];
  const bob = connect(network.chain).account("bob.near");
  const start = (await bob.balance()).total;
  const received = async (): Promise<number[]> => {
    const sum = (await bob.balance()).total - start;
    return payments.map((_, index) => Number((sum / amountOf(index)) % 4n));
  };

  const verdicts = await Promise.all(
    payments.map(async ({ payer, after, wait, timeout, leaves, tooMuch }, index) => {
      for (let i = 0; i < after; i += 1) await network.blocks(1);
      const caller = new AbortController();
      const leaving =
        leaves === 0 ? undefined : setTimeout(() => caller.abort(new Error("left")), leaves);
      const amount = amountOf(index) + (tooMuch ? parseNear("1000 NEAR") : 0n);
      const account = payers[payer];
      if (account === undefined) throw new RangeError("no payer");
      const options = { wait, timeout, pollInterval: 1, signal: caller.signal };
      const found = await verdict(account.transfer("bob.near", amount, options));
      clearTimeout(leaving);
      return found;
    }),
  );

  network.calm();
  // What was too much is so no longer.
  const carol = connect(network.process()).account(
    "carol.near",
    network.chain.signer("carol.near"),
  );
  await carol.transfer("alice.near", "50000 NEAR", { pollInterval: 1 });
  await network.deliver(0.5);
  const again = await Promise.all(
    verdicts.map(async (found, index) => {
      if (found.type !== "transaction error" || found.error.resume === undefined) return found;
      if (payments[index]?.patient) return found;
      const { resume } = found.error;
      const [one, other] = await Promise.all(
        [1, 2].map(() => verdict(resume({ timeout: 15, pollInterval: 1 }))),
      );
      if (one === undefined || other === undefined) throw new RangeError("no verdict");
      return one.type === "transaction error" && one.error.code === "unknown_outcome" ? other : one;
    }),
  );
  await network.deliver(0.3);
  await network.age();
  const last = await Promise.all(
    again.map(async (found) => {
      if (found.type !== "transaction error" || found.error.resume === undefined) return found;
      return verdict(found.error.resume({ timeout: 15_000, pollInterval: 1 }));
    }),
  );
  // No lane is stuck: each key still pays, once the follower knows what another process did with it.
  for (const payer of payers) {
    await network.blocks(lag + 4);
    const paid = await verdict(
      payer.transfer("alice.near", 1n, { pollInterval: 1, timeout: 15_000 }),
    );
    assert.is(paid.type, "resolved", paid.type === "resolved" ? "" : String(paid.error));
  }
  await network.deliver(1);
  await network.blocks(4);
  const landed = await received();
  for (const [index, count] of landed.entries()) {
    const found = last[index];
    const wait = payments[index]?.wait;
    if (found === undefined) throw new RangeError("no verdict");
    const label = `payment ${index}`;
    assert.ok(count <= 1, `${label} came ${count} times`);
    if (found.type === "other error") assert.is(count, 0, `${label}: nothing was sent`);
    if (found.type === "resolved") {
      const isKnown = wait !== "NONE" || found.outcome.level !== "NONE";
      if (isKnown) assert.is(count, 1, `${label}: it resolved at ${found.outcome.level}`);
    }
    if (found.type === "transaction error") {
      assert.ok(
        found.error.code === "rejected" || found.error.code === "expired",
        `${label}: ${found.error.message}`,
      );
      assert.ok(found.error.signedTransaction instanceof Uint8Array);
      assert.is(count, 0, `${label}: ${found.error.message}`);
    }
  }
}

test("money moves once for what resolved, never for what was rejected or expired", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(payment, { minLength: 1, maxLength: 8 }),
      troubles,
      fc.integer({ min: 1, max: 12 }),
      play,
    ),
    { numRuns: 20, endOnFailure: true, includeErrorInReport: true },
  );
});

test.run();
