/**
 * `node packages/faults/dist/run.js [--seeds 20] [--first 1] [--transfers 500] [--rate 0.3]`: payments through networks that
 * fail, in virtual time, and the table of what came of them. Ends with 1 where a payment was made twice, or lost.
 * @module
 */
import { parseArgs } from "node:util";
import { type CampaignOptions, runCampaign } from "./campaign.ts";
import type { CampaignReport } from "./campaign-report.ts";
import { runCrashCampaign } from "./crash-campaign.ts";
import { campaignTable, faultTable, type Summary } from "./report.ts";
import { inVirtualTime } from "./virtual-time.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    first: { type: "string", default: "1" },
    transfers: { type: "string", default: "500" },
    rate: { type: "string", default: "0.3" },
  },
});
const [seeds, first, transfers, rate] = [
  values.seeds,
  values.first,
  values.transfers,
  values.rate,
].map(Number);

const all = { transfers: transfers ?? 0, rate: rate ?? 0 };

async function summarize(
  title: string,
  run: (seed: number) => Promise<CampaignReport>,
): Promise<Summary> {
  const reports: CampaignReport[] = [];
  for (let index = 0; index < (seeds ?? 0); index += 1) {
    const seed = (first ?? 1) + index;
    const report = await inVirtualTime(() => run(seed));
    for (const violation of report.violations) console.log(`${title}, seed ${seed}: ${violation}`);
    reports.push(report);
  }
  return { title, reports };
}

function campaign(options: Partial<CampaignOptions>): (seed: number) => Promise<CampaignReport> {
  return (seed) => runCampaign({ seed, ...all, ...options });
}

const summaries = [
  await summarize("16 lanes", campaign({})),
  await summarize("16 nonces of one gas key", campaign({ hasGasKey: true })),
  await summarize("two processes on the same 16 keys", campaign({ processes: 2 })),
  await summarize(
    "three processes on one key",
    campaign({ lanes: 1, processes: 3, transfers: Math.ceil(all.transfers / 16) }),
  ),
  await summarize(
    "the same, all payments alike",
    campaign({
      lanes: 1,
      processes: 3,
      transfers: Math.ceil(all.transfers / 16),
      areAlike: true,
    }),
  ),
  await summarize("killed 20 times and started from the journal", (seed) =>
    runCrashCampaign({ seed, ...all, lanes: 16, crashes: 20 }),
  ),
];
const reports = summaries.flatMap((summary) => summary.reports);
console.log(`${campaignTable(summaries)}\n\n${faultTable(reports)}`);
if (reports.some(({ violations }) => violations.length > 0)) process.exitCode = 1;
