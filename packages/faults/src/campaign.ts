/**
 * A campaign: many payments through a network that fails, and the proof that each was executed once or
 * reported as not executed.
 * @module
 */
import {
  connect,
  keyPool,
  type Outcome,
  type SigningAccount,
  type WaitLevel,
} from "@yoctonear/account";
import type { KeyPair } from "@yoctonear/keys";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { block, type Transport } from "@yoctonear/rpc";
import type { FaultKind } from "./fault.ts";
import { faultyTransport } from "./faulty-transport.ts";
import { balanceOf, feeOf, listPayments } from "./ledger.ts";
import { seededRandom } from "./random.ts";
import { isNotExecuted, type Told, told, type Verdict, violations } from "./verdict.ts";

/** How much of what. */
export interface CampaignOptions {
  /** All that is random follows from it. */
  readonly seed: number;
  readonly transfers: number;
  /** Share of the requests that meet a fault; 0.3 unless told. */
  readonly rate?: number | undefined;
  /** Keys of the payer, each a lane; 16 unless told. */
  readonly lanes?: number | undefined;
  readonly kinds?: readonly FaultKind[] | undefined;
  /** Independent senders on the same keys, as if of other processes; 1 unless told. */
  readonly processes?: number | undefined;
  /** Another sender than ours, to see that it is caught. */
  readonly sender?: Sender | undefined;
}

/** Opens the payer's account. */
export type Sender = (
  transport: Transport,
  accountId: string,
  keys: readonly KeyPair[],
) => SigningAccount;

/** What came of it. */
export interface CampaignReport {
  readonly seed: number;
  readonly transfers: number;
  /** How many times which end was told, of all attempts. */
  readonly told: ReadonlyMap<Verdict, number>;
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly requests: number;
  readonly blocks: number;
  /** Empty when all is well. */
  readonly violations: readonly string[];
  /** Hash of the newest block: the same for the same seed. */
  readonly head: string;
}

const PAYER = "payer.near";
const SHOP = "shop.near";
const BLOCK_TIME = 600;
const WAITS: readonly (WaitLevel | undefined)[] = [
  undefined,
  undefined,
  "INCLUDED",
  "INCLUDED_FINAL",
  "FINAL",
];
/** Milliseconds that callers give. */
const TIMEOUTS = [2_000, 10_000, 30_000, undefined];
/** Milliseconds, longer than any request can be late. */
const CALM = 30_000;
/** Times that a payer tries while the network fails, and afterwards. */
const TRIES = 4;
const CALM_TRIES = 100;
const DEFAULT_LANES = 16;
const DEFAULT_RATE = 0.3;

/**
 * Runs a campaign. In virtual time (`inVirtualTime`), or else it takes minutes.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const { seed, transfers, lanes = DEFAULT_LANES, rate = DEFAULT_RATE, processes = 1 } = options;
  const random = seededRandom(seed);
  const { chain, keys } = await openChain(lanes);
  const healthy = chain.transport;
  const before = { payer: await balanceOf(healthy, PAYER), shop: await balanceOf(healthy, SHOP) };
  const networks = Array.from({ length: processes }, (_, index) =>
    faultyTransport(healthy, { seed: seed * 31 + index, rate, kinds: options.kinds }, {}),
  );
  const { sender = ourSender } = options;
  const payers = networks.map(({ transport }) => sender(transport, PAYER, keys));
  const ends: Told[] = [];
  const pay = async (index: number): Promise<Told> => {
    const payer = payers[index % payers.length];
    if (payer === undefined) throw new RangeError("expected a payer");
    const limits = { wait: random.pick(WAITS), timeout: random.pick(TIMEOUTS) };
    return note(payer.transfer(SHOP, amountOf(index), limits));
  };
  const note = async (payment: Promise<Outcome>): Promise<Told> => {
    const end = await told(payment);
    ends.push(end);
    return end;
  };
  /** Makes a payment as long as it is proved not to be made, and takes up what is not known. */
  const persist = async (index: number, before: Told | undefined, tries: number): Promise<Told> => {
    let end = before ?? (await pay(index));
    for (let left = tries; left > 0 && end.verdict !== "executed"; left -= 1) {
      if (isNotExecuted(end)) end = await pay(index);
      else if (end.resume !== undefined) end = await note(end.resume());
    }
    return end;
  };
  const indices = Array.from({ length: transfers }, (_, index) => index);
  const first = await Promise.all(indices.map((index) => persist(index, undefined, TRIES)));
  for (const { plan } of networks) plan.calm();
  const last = await Promise.all(indices.map((index) => persist(index, first[index], CALM_TRIES)));
  await pause(CALM);
  const payments = await listPayments(healthy, 1n);
  const fees = await sumOf(payments, (payment) => feeOf(healthy, payment));
  const paid = payments.reduce((sum, { amount }) => sum + amount, 0n);
  const found = violations(last, amountOf, payments);
  const after = { payer: await balanceOf(healthy, PAYER), shop: await balanceOf(healthy, SHOP) };
  if (after.shop - before.shop !== paid) found.push("the shop's balance is another");
  if (before.payer - after.payer !== paid + fees) found.push("the payer's balance is another");
  const { header } = await block(healthy);
  chain.stop();
  return {
    seed,
    transfers,
    told: countOf(ends),
    faults: mergeCounts(networks.map(({ plan }) => plan.counts)),
    requests: networks.reduce((sum, { plan }) => sum + plan.requests(), 0),
    blocks: Number(header.height),
    violations: found,
    head: header.hash,
  };
}

function ourSender(
  transport: Transport,
  accountId: string,
  keys: readonly KeyPair[],
): SigningAccount {
  return connect(transport).account(accountId, keyPool(keys));
}

interface Stage {
  readonly chain: Localnet;
  /** Of the payer. */
  readonly keys: readonly KeyPair[];
}

async function openChain(lanes: number): Promise<Stage> {
  const chain = await createLocalnet({
    accounts: { [PAYER]: "1000000 NEAR", [SHOP]: "1 NEAR" },
    blocks: { interval: BLOCK_TIME },
  });
  const keys = Array.from({ length: lanes }, (_, index) => chain.signer(`key-${index}.${PAYER}`));
  for (const { publicKey } of keys) {
    await chain.createAccount(PAYER, { publicKey, balance: "1000000 NEAR" });
  }
  await chain.produceBlocks(4);
  return { chain, keys };
}

/** Tells payments apart, whatever else they have in common. */
function amountOf(index: number): bigint {
  return 1_000_000n + BigInt(index);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

function countOf(ends: readonly Told[]): Map<Verdict, number> {
  const counts = new Map<Verdict, number>();
  for (const { verdict } of ends) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return counts;
}

function mergeCounts<K>(maps: readonly ReadonlyMap<K, number>[]): Map<K, number> {
  const sums = new Map<K, number>();
  for (const map of maps) {
    for (const [key, count] of map) sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return sums;
}

async function sumOf<T>(
  items: readonly T[],
  valueOf: (item: T) => Promise<bigint>,
): Promise<bigint> {
  let sum = 0n;
  for (const item of items) sum += await valueOf(item);
  return sum;
}
