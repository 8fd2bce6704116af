/**
 * The table of campaigns.
 * @module
 */
import type { CampaignReport } from "./campaign-report.ts";
import { FAULT_KINDS } from "./fault.ts";
import type { Verdict } from "./verdict.ts";

/** Campaigns of a kind, summed up. */
export interface Summary {
  readonly title: string;
  readonly reports: readonly CampaignReport[];
}

const VERDICTS: readonly (readonly [title: string, verdicts: readonly Verdict[]])[] = [
  ["not sent", ["not sent"]],
  ["rejected", ["rejected"]],
  ["expired", ["expired"]],
  ["unknown, taken up again", ["unknown_outcome"]],
];

/** Writes the table as Markdown. */
export function campaignTable(summaries: readonly Summary[]): string {
  const head = [
    "campaign",
    "seeds",
    "payments",
    "requests",
    "faults",
    ...VERDICTS.map(([title]) => title),
    "executed once",
    "twice or lost",
  ];
  return markdown([head, ...summaries.map(rowOf)]);
}

function rowOf({ title, reports }: Summary): readonly string[] {
  const sum = (valueOf: (report: CampaignReport) => number): number =>
    reports.reduce((total, report) => total + valueOf(report), 0);
  const toldOf = (verdicts: readonly Verdict[]): number =>
    sum(({ told }) => verdicts.reduce((total, verdict) => total + (told.get(verdict) ?? 0), 0));
  const payments = sum(({ transfers }) => transfers);
  const wrong = sum(({ violations }) => violations.length);
  return [
    title,
    String(reports.length),
    count(payments),
    count(sum(({ requests }) => requests)),
    count(sum(({ faults }) => [...faults.values()].reduce((total, each) => total + each, 0))),
    ...VERDICTS.map(([, verdicts]) => count(toldOf(verdicts))),
    count(payments - wrong),
    count(wrong),
  ];
}

/** Writes how often each fault came. */
export function faultTable(reports: readonly CampaignReport[]): string {
  const rows = FAULT_KINDS.map((kind) => [
    kind,
    count(reports.reduce((sum, { faults }) => sum + (faults.get(kind) ?? 0), 0)),
  ]);
  return markdown([["fault", "times"], ...rows]);
}

/** Lays out a table: the first column to the left, the others to the right. */
export function markdown(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = rows;
  const widths = head.map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `| ${cells.join(" | ")} |`;
  };
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rest.map(line)].join("\n");
}

function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}
