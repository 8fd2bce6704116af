/**
 * Payments through a network that fails, by every library with the same seeds: how many were executed once, how many twice,
 * and how many callers were told what is not so. In virtual time, so that each library may wait and try again as long as it
 * likes, and every run gives the same numbers: the requests and responses of `fetch` go to the chain as they are. Over real
 * sockets (`isOverHttp`) it depends on the machine in which order they come.
 * @module
 */
import {
  faultyFetch,
  type FaultOptions,
  inVirtualTime,
  listPayments,
  type Payment,
} from "@yoctonear/faults";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import type { End, Payer, Secret } from "../peers/payers.ts";
import { openWire, type Wire } from "./wire.ts";

/** What came of the payments of one library. */
export interface Tally {
  /** Told to be paid, and paid once. */
  once: number;
  /** Executed two times or more, whatever was told. */
  twice: number;
  /** Told to have failed, yet executed. */
  failedButPaid: number;
  /** Told to be paid, yet not executed. */
  lost: number;
  /** Told to have failed, and not executed: it may be paid again. */
  failed: number;
  /** Told that nobody knows: taken up again afterwards, and then counted among the others. */
  unknown: number;
  /** Neither an answer nor an error after a day. */
  never: number;
  requests: number;
  /** Lies that the chain can prove. */
  wrongHash: number;
}

/** Under what the libraries pay. */
export interface Conditions {
  readonly seeds: readonly number[];
  /** Payments of each seed, all at once. */
  readonly payments: number;
  readonly keys: number;
  /** Share of the requests that meet a fault. */
  readonly rate: number;
  /** Faults that may come; all unless told. */
  readonly kinds?: FaultOptions["kinds"];
  /** Whether a server of `node:http` stands between. */
  readonly isOverHttp: boolean;
}

const URL = "http://node.test";
const SHOP = "shop.near";
const BLOCK_TIME = 600;
/** Blocks for which a transaction is valid on mainnet. */
const VALIDITY = 86_400;
/** Milliseconds in which a library that waits at all has ended. */
const DAY = 86_400_000;
/** Milliseconds, longer than any request is late. */
const CALM = 120_000;

/** Lets a library pay. */
export async function payThroughFaults(payer: Payer, conditions: Conditions): Promise<Tally> {
  const tally: Tally = {
    once: 0,
    twice: 0,
    failedButPaid: 0,
    lost: 0,
    failed: 0,
    unknown: 0,
    never: 0,
    requests: 0,
    wrongHash: 0,
  };
  for (const seed of conditions.seeds) {
    const wire = conditions.isOverHttp ? await openWire() : undefined;
    const pay = (): Promise<void> => payOnce(payer, conditions, seed, tally, wire);
    await inVirtualTime(pay, wire?.isBusy);
    await wire?.close();
  }
  return tally;
}

async function payOnce(
  payer: Payer,
  { payments, keys, rate, kinds }: Conditions,
  seed: number,
  tally: Tally,
  wire: Wire | undefined,
): Promise<void> {
  // near-kit remembers nonces by account and key in all the process.
  const name = payer.name.replaceAll(/[^a-z]/g, "");
  const accountId = `payer-${name}-${seed}-${rate * 100}-${kinds?.length ?? "all"}.near`;
  const { chain, secrets } = await openChain(accountId, keys);
  const { fetch, plan } = faultyFetch(chain.fetch, { seed, rate, kinds });
  wire?.handle(fetch);
  const restore = replaceFetch(wire?.fetch ?? ((url, init) => fetch(new Request(url, init))));
  try {
    const pay = await payer.open(wire?.url ?? URL, accountId, secrets);
    const amounts = Array.from({ length: payments }, (_, index) => 1_000_000n + BigInt(index));
    const first = await Promise.all(amounts.map((amount) => inTime(pay(SHOP, amount))));
    plan.calm();
    tally.unknown += first.filter((end) => end?.type === "unknown").length;
    const last = await Promise.all(
      first.map(async (end) => (end?.type === "unknown" ? end.resume() : end)),
    );
    await pause(CALM);
    const onChain = await listPayments(chain.transport, accountId, 1n);
    for (const [index, amount] of amounts.entries()) {
      count(
        tally,
        last[index],
        onChain.filter((payment) => payment.amount === amount),
      );
    }
    tally.requests += plan.requests();
  } finally {
    restore();
    chain.stop();
  }
}

function count(tally: Tally, end: End | undefined, paid: readonly Payment[]): void {
  if (paid.length > 1) tally.twice += 1;
  const isPaid = paid.length > 0;
  if (end === undefined || end.type === "unknown") {
    tally.never += 1;
  } else if (end.type === "failed") {
    if (isPaid) tally.failedButPaid += 1;
    else tally.failed += 1;
  } else if (!isPaid) {
    tally.lost += 1;
  } else {
    if (paid.length === 1) tally.once += 1;
    if (!paid.some(({ hash }) => hash === end.hash)) tally.wrongHash += 1;
  }
}

async function openChain(
  accountId: string,
  keys: number,
): Promise<{ readonly chain: Localnet; readonly secrets: readonly Secret[] }> {
  const first = await createLocalnet({
    accounts: { [accountId]: "1000000 NEAR", [SHOP]: "1 NEAR" },
  });
  const genesis = { ...first.dumpState(), transaction_validity_period: VALIDITY };
  first.stop();
  const chain = await createLocalnet({ genesis, blocks: { interval: BLOCK_TIME } });
  const secrets: Secret[] = [];
  for (let index = 0; index < keys; index += 1) {
    const key = chain.signer(`key-${index}.${accountId}`);
    const { publicKey } = key;
    await chain.createAccount(accountId, { publicKey, balance: "1000000 NEAR" });
    const secret = key.revealSecretKey();
    secrets.push(`ed25519:${secret.slice(secret.indexOf(":") + 1)}`);
  }
  await chain.produceBlocks(20);
  return { chain, secrets };
}

/** The end of a payment; undefined where there is none in a day. */
async function inTime(payment: Promise<End>): Promise<End | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), DAY);
  });
  const end = await Promise.race([payment, late]);
  clearTimeout(timer);
  return end;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

function replaceFetch(fetch: (url: string, init: RequestInit) => Promise<Response>): () => void {
  const before = globalThis.fetch;
  Reflect.set(globalThis, "fetch", fetch);
  return () => void Reflect.set(globalThis, "fetch", before);
}
