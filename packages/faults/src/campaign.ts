/**
 * A campaign: many payments through a network that fails, and the proof that each was executed once or
 * reported as not executed.
 * @module
 */
import {
  connect,
  keyPool,
  type Outcome,
  resend,
  type SigningAccount,
  type WaitLevel,
} from "@yoctonear/account";
import type { KeyPair } from "@yoctonear/keys";
import type { Transport } from "@yoctonear/rpc";
import { type CampaignReport, reportOf } from "./campaign-report.ts";
import type { FaultKind } from "./fault.ts";
import { faultyTransport } from "./faulty-transport.ts";
import { seededRandom } from "./random.ts";
import { openShop, PAYER, SHOP } from "./shop.ts";
import { isNotExecuted, type Told, told } from "./verdict.ts";

/** How much of what. */
export interface CampaignOptions {
  /** All that is random follows from it. */
  readonly seed: number;
  readonly transfers: number;
  /** Share of the requests that meet a fault; 0.3 unless told. */
  readonly rate?: number | undefined;
  /** Keys of the payer, each a lane; 16 unless told. */
  readonly lanes?: number | undefined;
  /** Whether all payments are of the same amount. */
  readonly areAlike?: boolean | undefined;
  /** Whether the lanes are the nonces of one gas key, instead of keys. */
  readonly hasGasKey?: boolean | undefined;
  /** Whether some callers wait for nothing (`NONE`), and then do not know whether they have paid. */
  readonly hasHasty?: boolean | undefined;
  readonly kinds?: readonly FaultKind[] | undefined;
  /** Independent senders on the same keys, as if of other processes; 1 unless told. */
  readonly processes?: number | undefined;
  /** Whether the one process goes by chain id and genesis hash, as with a URL. */
  readonly isLikeUrl?: boolean | undefined;
  /** Another sender than ours, to see that it is caught. */
  readonly sender?: Sender | undefined;
}

/** Opens the payer's account. */
export type Sender = (
  transport: Transport,
  accountId: string,
  keys: readonly KeyPair[],
) => SigningAccount;

const WAITS: readonly (WaitLevel | undefined)[] = [
  undefined,
  undefined,
  "INCLUDED",
  "INCLUDED_FINAL",
  "FINAL",
];
/** Milliseconds that callers give. */
const TIMEOUTS = [2_000, 10_000, 30_000, undefined];
/** Milliseconds after which the caller leaves, mostly not at all. */
const LEAVING = [0, 1_500, 6_000, ...Array.from({ length: 17 }, () => undefined)];
/** Milliseconds, longer than any request can be late. */
const CALM = 30_000;
/** Times that a payer tries while the network fails, and afterwards. */
const TRIES = 4;
const CALM_TRIES = 100;
const DEFAULT_LANES = 16;
const DEFAULT_RATE = 0.3;

/** Runs a campaign. In virtual time (`inVirtualTime`), or else it takes minutes. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const { seed, transfers, lanes = DEFAULT_LANES, rate = DEFAULT_RATE, processes = 1 } = options;
  const random = seededRandom(seed);
  const { chain, keys, amountOf, prove } = await openShop({
    lanes,
    hasGasKey: options.hasGasKey,
    areAlike: options.areAlike,
  });
  const healthy = chain.transport;
  const scope = options.isLikeUrl ? "chain" : "own";
  const networks = Array.from({ length: processes }, (_, index) =>
    faultyTransport(healthy, { seed: seed * 31 + index, rate, kinds: options.kinds }, scope),
  );
  const { sender = ourSender } = options;
  const waits = options.hasHasty ? [...WAITS, "NONE" as const] : WAITS;
  const payers = networks.map(({ transport }) => sender(transport, PAYER, keys));
  const ends: Told[] = [];
  const pay = async (index: number): Promise<Told> => {
    const payer = payers[index % payers.length];
    if (payer === undefined) throw new RangeError("expected a payer");
    const caller = new AbortController();
    const { signal } = caller;
    const leaving = random.pick(LEAVING);
    const left = leaving === undefined ? undefined : setTimeout(() => caller.abort(), leaving);
    const limits = { wait: random.pick(waits), timeout: random.pick(TIMEOUTS), signal };
    const end = await note(payer.transfer(SHOP, amountOf(index), limits));
    clearTimeout(left);
    return end;
  };
  const note = async (payment: Promise<Outcome>): Promise<Told> => {
    const end = await told(payment);
    ends.push(end);
    return end;
  };
  const takeUp = ({ resume, bytes }: Told, index: number): Promise<Told> => {
    const transport = networks[index % networks.length]?.transport;
    if (resume === undefined || transport === undefined) throw new RangeError("expected resume()");
    const isStored = bytes !== undefined && random.below(2) === 0;
    return note(isStored ? resend(transport, bytes) : resume());
  };
  /** Makes a payment as long as it is proved not to be made, and takes up what is not known. */
  const persist = async (index: number, before: Told | undefined, tries: number): Promise<Told> => {
    let end = before ?? (await pay(index));
    for (let left = tries; left > 0; left -= 1) {
      if (end.verdict === "executed" || end.verdict === "sent") break;
      end = isNotExecuted(end) ? await pay(index) : await takeUp(end, index);
    }
    return end;
  };
  const indices = Array.from({ length: transfers }, (_, index) => index);
  const first = await Promise.all(indices.map((index) => persist(index, undefined, TRIES)));
  for (const { plan } of networks) plan.calm();
  const last = await Promise.all(indices.map((index) => persist(index, first[index], CALM_TRIES)));
  await pause(CALM);
  const violations = await prove(last);
  const report = { seed, transfers, ends, plans: networks.map(({ plan }) => plan), violations };
  return reportOf(chain, report);
}

function ourSender(
  transport: Transport,
  accountId: string,
  keys: readonly KeyPair[],
): SigningAccount {
  return connect(transport).account(accountId, keyPool(keys));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
