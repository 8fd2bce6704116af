/**
 * Campaigns with real processes over HTTP: several on the same keys, or one that is killed with SIGKILL and started
 * again from its journal on the disk. In real time.
 * @module
 */
import { serve } from "@yoctonear/examples";
import { type ChildProcess, fork } from "node:child_process";
import { FAULT_KINDS, type FaultKind } from "./fault.ts";
import { faultyFetch } from "./faulty-fetch.ts";
import { type Random, seededRandom } from "./random.ts";
import { openShop, type Shop } from "./shop.ts";
import { member } from "./transaction-in.ts";
import type { Told } from "./verdict.ts";

/** How much of what. */
export interface ProcessOptions {
  readonly seed: number;
  readonly transfers: number;
  readonly rate: number;
  readonly lanes: number;
  /** How many processes pay at once, each its share of the payments. */
  readonly processes: number;
  /** File of the journal, for one process that is killed so many times. */
  readonly journal?: { readonly path: string; readonly kills: number } | undefined;
}

/** What came of it. */
export interface ProcessReport {
  readonly violations: readonly string[];
  readonly kills: number;
  readonly requests: number;
  readonly faults: number;
}

/** No faults that take a minute. */
const KINDS: readonly FaultKind[] = FAULT_KINDS.filter((kind) => kind !== "hang");
const MAX_DELAY = 300;
/** Requests after which a process is killed, at most. */
const LIFE = 60;

/** Runs a campaign. */
export async function runProcesses(options: ProcessOptions): Promise<ProcessReport> {
  const { seed, transfers, rate, lanes, processes, journal } = options;
  const random = seededRandom(seed);
  const shop = await openShop({ lanes, blocks: "instant" });
  const { fetch, plan } = faultyFetch(shop.chain.fetch, {
    seed,
    rate,
    kinds: KINDS,
    maxDelay: MAX_DELAY,
  });
  const seen = { onRequest: (): void => undefined };
  const server = await serve((request) => {
    seen.onRequest();
    return fetch(request);
  });
  const book = new Map<number, string>();
  const start = (index: number): ChildProcess => {
    // What is in the book is not paid again: the book is the parent's.
    const payments = Array.from({ length: transfers }, (_, each) => each).filter(
      (each) => each % processes === index && !book.has(each),
    );
    const parameters = [server.url, journal?.path ?? "-", payments.join(","), ...secretsOf(shop)];
    return startPayer(parameters, book);
  };
  let kills = 0;
  try {
    if (journal !== undefined) kills = await killAgainAndAgain(start, seen, journal.kills, random);
    await Promise.all(Array.from({ length: processes }, (_, index) => ended(start(index))));
    // What is late arrives.
    await new Promise((resolve) => {
      setTimeout(resolve, MAX_DELAY);
    });
    const last = Array.from({ length: transfers }, (_, index): Told => {
      const hash = book.get(index);
      return { verdict: hash === undefined ? "not sent" : "executed", hash };
    });
    const faults = [...plan.counts.values()].reduce((sum, count) => sum + count, 0);
    return { violations: await shop.prove(last), kills, requests: plan.requests(), faults };
  } finally {
    await server.close();
    shop.chain.stop();
  }
}

/** Kills each process once so many requests have come. */
async function killAgainAndAgain(
  start: (index: number) => ChildProcess,
  seen: { onRequest: () => void },
  kills: number,
  random: Random,
): Promise<number> {
  let killed = 0;
  while (killed < kills) {
    const child = start(0);
    let left = 1 + random.below(LIFE);
    seen.onRequest = () => {
      left -= 1;
      if (left === 0) child.kill("SIGKILL");
    };
    const isDone = await ended(child).then(
      () => true,
      () => false,
    );
    seen.onRequest = () => undefined;
    if (isDone) break;
    killed += 1;
  }
  return killed;
}

function startPayer(parameters: readonly string[], book: Map<number, string>): ChildProcess {
  const child = fork(new URL("./payer-process.js", import.meta.url), parameters);
  child.on("message", (message) => {
    const [index, hash] = [member(message, "index"), member(message, "hash")];
    if (typeof index !== "number" || typeof hash !== "string") return;
    book.set(index, hash);
    // It may have been killed meanwhile.
    child.send({ index }, () => undefined);
  });
  return child;
}

/** Resolves when a process has done its work. @throws {Error} when it ended otherwise */
function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`expected the payer to end well, got ${code ?? signal}`));
    });
  });
}

function secretsOf({ keys }: Shop): string[] {
  return keys.map((key) => key.revealSecretKey());
}
