/**
 * A campaign in which the process is killed at random steps and started again: its journal and the shop's own
 * book outlive it, nothing else does.
 * @module
 */
import {
  connect,
  createMemoryJournal,
  type Journal,
  journalled,
  keyPool,
  resumeJournal,
  type SigningAccount,
} from "@yoctonear/account";
import { type CampaignReport, reportOf } from "./campaign-report.ts";
import type { FaultPlan } from "./fault.ts";
import { faultyTransport } from "./faulty-transport.ts";
import { beginLife, type Life } from "./life.ts";
import { seededRandom } from "./random.ts";
import { openShop, PAYER, SHOP, type Shop } from "./shop.ts";
import { type Told, told } from "./verdict.ts";

/** How much of what. */
export interface CrashOptions {
  /** All that is random follows from it. */
  readonly seed: number;
  readonly transfers: number;
  /** Share of the requests that meet a fault; 0.3 unless told. */
  readonly rate?: number | undefined;
  /** Keys of the payer; 4 unless told. */
  readonly lanes?: number | undefined;
  /** Whether all payments are of the same amount. */
  readonly areAlike?: boolean | undefined;
  /** Whether the lanes are the nonces of one gas key, instead of keys. */
  readonly hasGasKey?: boolean | undefined;
  /** How many times the process is killed; 6 unless told. */
  readonly crashes?: number | undefined;
  /** Another journal than one in memory that forgets nothing. */
  readonly journal?: Journal | undefined;
}

/** What outlives the process. */
interface Disk {
  readonly journal: Journal;
  /** Hashes of the payments that were made, by their reference. */
  readonly book: Map<string, string>;
  /** All that was ever told. */
  readonly ends: Told[];
}

const DEFAULT_RATE = 0.3;
const DEFAULT_LANES = 4;
const DEFAULT_CRASHES = 6;
/** Steps of a life for each lane, at most: it ends at once, in the first payments, or after some. */
const STEPS_OF_LANE = [1, 8, 40];
/** Milliseconds, longer than any request can be late. */
const CALM = 30_000;
const TIMEOUTS = [2_000, 10_000, 30_000, undefined];

/** Runs a campaign. In virtual time (`inVirtualTime`), or else it takes minutes. */
export async function runCrashCampaign(options: CrashOptions): Promise<CampaignReport> {
  const { seed, transfers, rate = DEFAULT_RATE, crashes = DEFAULT_CRASHES } = options;
  const { lanes = DEFAULT_LANES } = options;
  const random = seededRandom(seed);
  const shop = await openShop({ lanes, hasGasKey: options.hasGasKey, areAlike: options.areAlike });
  const disk: Disk = {
    journal: options.journal ?? createMemoryJournal(),
    book: new Map(),
    ends: [],
  };
  const plans: FaultPlan[] = [];
  let killed = 0;
  for (let index = 0; index <= crashes; index += 1) {
    const steps =
      index === crashes ? Infinity : 1 + random.below(random.pick(STEPS_OF_LANE) * lanes);
    const life = beginLife(steps, random);
    const faults = { seed: seed * 31 + index, rate };
    const { transport, plan } = faultyTransport(shop.chain.transport, faults);
    plans.push(plan);
    const work = live(life, life.transport(transport), shop, disk, { transfers, random });
    const end = await Promise.race([work, life.death.then(() => "killed" as const)]);
    if (end === "killed") killed += 1;
  }
  await pause(CALM);
  const last = Array.from({ length: transfers }, (_, index): Told => {
    const hash = disk.book.get(referenceOf(index));
    return { verdict: hash === undefined ? "not sent" : "executed", hash };
  });
  const violations = await shop.prove(last);
  const left = await disk.journal.list();
  if (left.length > 0) violations.push(`the journal still lists ${left.length} transactions`);
  const { ends } = disk;
  return reportOf(shop.chain, { seed, transfers, ends, plans, violations, crashes: killed });
}

/** What the process does each time: first what the last one left behind, then what is not in the book. */
async function live(
  life: Life,
  transport: SigningAccount["transport"],
  { keys, amountOf }: Shop,
  { journal: file, book, ends }: Disk,
  { transfers, random }: { transfers: number; random: { pick<T>(items: readonly T[]): T } },
): Promise<void> {
  const journal = life.journal(file);
  const write = async (reference: string, hash: string): Promise<void> => {
    await life.step(async () => void book.set(reference, hash));
    await journal.remove(hash);
  };
  for (const { hash, reference = "" } of await journal.list()) {
    if (book.get(reference) === hash) await journal.remove(hash);
  }
  for (const { entry, result } of await resumeJournal(transport, journal)) {
    const end = await told(
      result.status === "fulfilled" ? Promise.resolve(result.value) : Promise.reject(result.reason),
    );
    ends.push(end);
    if (end.verdict === "executed") await write(entry.reference ?? "", entry.hash);
  }
  const account = connect(transport, { journal: journalled(journal) }).account(
    PAYER,
    keyPool(keys),
  );
  const pay = async (index: number): Promise<void> => {
    const reference = referenceOf(index);
    while (!book.has(reference)) {
      const sending = account.transfer(SHOP, amountOf(index), {
        reference,
        timeout: random.pick(TIMEOUTS),
      });
      const end = await told(sending);
      await life.ifAlive(async () => void ends.push(end));
      if (end.verdict === "executed" && end.hash !== undefined) await write(reference, end.hash);
    }
  };
  await Promise.all(Array.from({ length: transfers }, (_, index) => pay(index)));
}

function referenceOf(index: number): string {
  return `invoice ${index}`;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
