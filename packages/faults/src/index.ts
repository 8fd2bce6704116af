/**
 * A network that fails on purpose, seeded, and the campaigns that send through it.
 * @module
 */
export { type CampaignOptions, runCampaign, type Sender } from "./campaign.ts";
export type { CampaignReport } from "./campaign-report.ts";
export { type CrashOptions, runCrashCampaign } from "./crash-campaign.ts";
export {
  type Fault,
  FAULT_KINDS,
  type FaultKind,
  type FaultOptions,
  type FaultPlan,
} from "./fault.ts";
export { type FaultyFetch, faultyFetch, type FetchHandler } from "./faulty-fetch.ts";
export { type FaultyTransport, faultyTransport } from "./faulty-transport.ts";
export { listPayments, type Payment } from "./ledger.ts";
export { markdown } from "./report.ts";
export { type Random, seededRandom } from "./random.ts";
export type { Verdict } from "./verdict.ts";
export { inVirtualTime } from "./virtual-time.ts";
