/**
 * A process that pays, started with `fork`: `payer-process.js <url> <journal file or -> <payments> <keys…>`.
 * With a journal it first takes up what an earlier process has left. Each payment that is made goes to the
 * parent, which writes it down and says so; only then it goes off the journal.
 * @module
 */
import {
  connect,
  type Journal,
  journalled,
  keyPool,
  type Outcome,
  resumeJournal,
} from "@yoctonear/account";
import { ed25519KeyPair } from "@yoctonear/keys/ed25519";
import { openFileJournal } from "@yoctonear/node";
import { amountOf, PAYER, SHOP } from "./shop.ts";
import { member } from "./transaction-in.ts";
import { isNotExecuted, type Told, told } from "./verdict.ts";

const [url = "", file = "-", payments = "", ...secrets] = process.argv.slice(2);
const POLL_INTERVAL = 30;
const TIMEOUT = 10_000;

/** Tells the parent, and waits until it has written it down. */
function record(index: number, hash: string): Promise<void> {
  return new Promise((resolve) => {
    const listen = (message: unknown): void => {
      if (member(message, "index") !== index) return;
      process.off("message", listen);
      resolve();
    };
    process.on("message", listen);
    process.send?.({ index, hash });
  });
}

const journal: Journal | undefined = file === "-" ? undefined : await openFileJournal(file);
const near = connect({ url }, journal === undefined ? {} : { journal: journalled(journal) });
const pool = keyPool(secrets.map((secret) => ed25519KeyPair(secret)));
const account = near.account(PAYER, pool);
const limits = { timeout: TIMEOUT, pollInterval: POLL_INTERVAL };
const made = new Set<number>();

async function finish(index: number, hash: string): Promise<void> {
  await record(index, hash);
  made.add(index);
  await journal?.remove(hash);
}

/** Before anything is signed anew; a question without an answer is asked again. */
async function takeUp(listed: Journal): Promise<void> {
  for (;;) {
    try {
      for (const { entry, result } of await resumeJournal(near.transport, listed, limits)) {
        if (result.status === "fulfilled") await finish(Number(entry.reference), entry.hash);
      }
      return;
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, POLL_INTERVAL);
      });
    }
  }
}

function send(index: number): Promise<Outcome> {
  const reference = journal === undefined ? undefined : String(index);
  return account.transfer(SHOP, amountOf(index), { ...limits, reference });
}

async function pay(index: number): Promise<void> {
  let end: Told | undefined;
  while (!made.has(index)) {
    const again = end === undefined || journal !== undefined || isNotExecuted(end);
    if (again) end = await told(send(index));
    else if (end?.resume !== undefined) end = await told(end.resume(limits));
    if (end?.verdict === "executed") await finish(index, end.hash ?? "");
  }
}

if (journal !== undefined) await takeUp(journal);
await Promise.all(
  payments
    .split(",")
    .filter(Boolean)
    .map((index) => pay(Number(index))),
);
process.disconnect();
