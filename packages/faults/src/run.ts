/**
 * `node packages/faults/dist/run.js [--seeds 20] [--first 1] [--transfers 500] [--rate 0.3]`: payments through networks that
 * fail, in virtual time, and the table of what came of them. Ends with 1 where a payment was made twice, or lost.
 * @module
 */
import { parseArgs } from "node:util";
import { type CampaignOptions, type CampaignReport, runCampaign } from "./campaign.ts";
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

async function summarize(title: string, options: Partial<CampaignOptions>): Promise<Summary> {
  const reports: CampaignReport[] = [];
  for (let index = 0; index < (seeds ?? 0); index += 1) {
    const seed = (first ?? 1) + index;
    const all = { seed, transfers: transfers ?? 0, rate, ...options };
    const report = await inVirtualTime(() => runCampaign(all));
    for (const violation of report.violations) console.log(`${title}, seed ${seed}: ${violation}`);
    reports.push(report);
  }
  return { title, reports };
}

const summaries = [
  await summarize("one process, 16 lanes", {}),
  await summarize("two processes on the same 16 keys", { processes: 2 }),
  await summarize("one key", { lanes: 1, transfers: Math.ceil((transfers ?? 0) / 16) }),
];
const reports = summaries.flatMap((summary) => summary.reports);
console.log(`${campaignTable(summaries)}\n\n${faultTable(reports)}`);
if (reports.some(({ violations }) => violations.length > 0)) process.exitCode = 1;
