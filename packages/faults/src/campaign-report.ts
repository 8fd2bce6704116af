/**
 * What came of a campaign.
 * @module
 */
import type { Localnet } from "@yoctonear/localnet";
import { block } from "@yoctonear/rpc";
import type { FaultKind, FaultPlan } from "./fault.ts";
import type { Told, Verdict } from "./verdict.ts";

/** What came of a campaign. */
export interface CampaignReport {
  readonly seed: number;
  readonly transfers: number;
  /** How many times which end was told, of all attempts. */
  readonly told: ReadonlyMap<Verdict, number>;
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly requests: number;
  /** How many times a process was killed. */
  readonly crashes: number;
  readonly blocks: number;
  /** Empty when all is well. */
  readonly violations: readonly string[];
  /** Hash of the newest block: the same for the same seed. */
  readonly head: string;
}

/** Sums up, and ends the chain. */
export async function reportOf(
  chain: Localnet,
  parts: {
    readonly seed: number;
    readonly transfers: number;
    readonly ends: readonly Told[];
    readonly plans: readonly FaultPlan[];
    readonly violations: readonly string[];
    readonly crashes?: number;
  },
): Promise<CampaignReport> {
  const { seed, transfers, ends, plans, violations, crashes = 0 } = parts;
  const { header } = await block(chain.transport);
  chain.stop();
  return {
    seed,
    transfers,
    told: sums(ends.map(({ verdict }) => new Map([[verdict, 1]]))),
    faults: sums(plans.map(({ counts }) => counts)),
    requests: plans.reduce((sum, plan) => sum + plan.requests(), 0),
    crashes,
    blocks: Number(header.height),
    violations,
    head: header.hash,
  };
}

function sums<K>(maps: readonly ReadonlyMap<K, number>[]): Map<K, number> {
  const result = new Map<K, number>();
  for (const map of maps) {
    for (const [key, count] of map) result.set(key, (result.get(key) ?? 0) + count);
  }
  return result;
}
