import {
  connect,
  createMemoryJournal,
  type Journal,
  journalled,
  resumeJournal,
  TransactionError,
} from "@yoctonear/account";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { parseNear } from "@yoctonear/primitives";
import { type Transport, TransportError } from "@yoctonear/rpc";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("journal: a process killed at any step of its I/O");

const ONE = parseNear("1 NEAR");
const COUNT = 3;

/** Of each payment a digit of its own, so that the sum tells which came, and how often. */
const amountOf = (index: number): bigint => 4n ** BigInt(index);

/** A process that ends at a step: what it has asked for then, is done or not, but it never hears of it. */
interface Process {
  /** Steps so far. */
  steps(): number;
  isKilled(): boolean;
  /** Settles when it is killed. */
  readonly killed: Promise<void>;
  readonly signal: AbortSignal;
  /** Lets go what a killed process still waits for. */
  bury(): void;
  run<T>(task: () => Promise<T>): Promise<T>;
}

/** @param at - the step at which it is killed: even before it is done, odd after */
function start(at: number): Process {
  let steps = 0;
  let isKilled = false;
  let kill: () => void = () => undefined;
  const killed = new Promise<void>((resolve) => {
    kill = resolve;
  });
  const controller = new AbortController();
  const step = async (): Promise<void> => {
    if (steps === at) isKilled = true;
    steps += 1;
    if (!isKilled) return;
    kill();
    await new Promise(() => {});
  };
  return {
    steps: () => steps,
    isKilled: () => isKilled,
    killed,
    signal: controller.signal,
    bury: () => controller.abort(new Error("killed")),
    run: async (task) => {
      await step();
      const result = await task();
      await step();
      return result;
    },
  };
}

interface Bank {
  readonly chain: Localnet;
  readonly journal: Journal;
  /** References of what the caller has written down as paid. */
  readonly books: Set<string>;
  readonly reports: string[];
}

interface Faults {
  /** Whether a process takes up the journal before it pays, or by the references only. */
  readonly resumes: boolean;
  /** Of the broadcasts, in order: whether request or answer is lost. */
  readonly sends: readonly ("pass" | "request" | "answer")[];
}

/** What a process of the bank does: first what the last one has left, then what is not paid yet. */
async function work(
  { chain, journal, books, reports }: Bank,
  process: Process,
  faults: Faults,
): Promise<void> {
  let sends = 0;
  const transport: Transport = (request, options) =>
    process.run(async () => {
      const fault = request.method === "send_tx" ? faults.sends[sends++] : undefined;
      if (fault === "request") throw new TransportError("network", "connection refused");
      const answer = await chain.transport(request, options);
      if (fault === "answer") throw new TransportError("network", "connection reset");
      return answer;
    });
  const kept: Journal = {
    put: (entry) => process.run(() => journal.put(entry)),
    remove: (hash) => process.run(() => journal.remove(hash)),
    list: () => process.run(() => journal.list()),
  };
  const write = (reference: string): Promise<void> =>
    process.run(async () => {
      books.add(reference);
    });
  const options = { pollInterval: 0, signal: process.signal };
  const left = faults.resumes ? await resumeJournal(transport, kept, options) : [];
  for (const { entry, result } of left) {
    if (result.status === "fulfilled" && entry.reference !== undefined) {
      await write(entry.reference);
      await kept.remove(entry.hash);
    }
  }
  if (!faults.resumes) {
    for (const { reference = "", hash } of await kept.list()) {
      if (books.has(reference)) await kept.remove(hash);
    }
  }
  const alice = connect(transport, { journal: journalled(kept) }).account(
    "alice.near",
    chain.signer("alice.near"),
  );
  await Promise.all(
    Array.from({ length: COUNT }, async (_, index) => {
      const reference = `payment ${index}`;
      if (books.has(reference)) return;
      try {
        const { hash } = await alice.transfer("bob.near", amountOf(index), {
          ...options,
          reference,
        });
        await write(reference);
        await kept.remove(hash);
      } catch (error) {
        if (process.isKilled()) return;
        if (!(error instanceof TransactionError)) throw error;
        reports.push(`${reference} ${error.code}`);
      }
    }),
  );
}

async function live(kills: readonly number[], faults: Faults): Promise<number> {
  const chain = await createLocalnet({
    accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR" },
  });
  const bank: Bank = { chain, journal: createMemoryJournal(), books: new Set(), reports: [] };
  let steps = 0;
  // The last one is not killed; what it was told to be dead is paid by another.
  for (const at of [...kills, Infinity, Infinity]) {
    const process = start(at);
    const working = work(bank, process, faults);
    await Promise.race([process.killed, working]);
    process.bury();
    working.catch(() => undefined);
    steps = Math.max(steps, process.steps());
  }
  const bob = await connect(chain).account("bob.near").balance();
  const expected = Array.from({ length: COUNT }, (_, index) => amountOf(index));
  const sum = expected.reduce((all, amount) => all + amount, 0n);
  const label = `killed at ${kills.join(", ")}; ${bank.reports.join(", ")}`;
  assert.is(bob.total - ONE, sum, label);
  assert.is(bank.books.size, COUNT, label);
  assert.is((await bank.journal.list()).length, 0, label);
  return steps;
}

for (const resumes of [true, false]) {
  const how = resumes ? "resumeJournal" : "their references";
  test(`P1: killed at each step of journal and transport, taken up by ${how}: every payment once`, async () => {
    const faults: Faults = { sends: [], resumes };
    const steps = await live([], faults);
    assert.ok(steps > 30, `${steps} steps`);
    for (let at = 0; at < steps; at += 1) await live([at], faults);
  });
}

test("P1: killed again and again, on a bad network: every payment once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(60), { maxLength: 4 }),
      fc.record({
        resumes: fc.boolean(),
        sends: fc.array(fc.constantFrom("pass" as const, "request" as const, "answer" as const), {
          maxLength: 8,
        }),
      }),
      async (kills, faults) => {
        await live(kills, faults);
      },
    ),
    { numRuns: 40, endOnFailure: true },
  );
});

test.run();
