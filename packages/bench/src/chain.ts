/**
 * The table of the chain in memory and its contracts.
 * @module
 */
import { calls } from "./cases/calls.ts";
import type { Figure } from "./cases/figure.ts";
import { lanes } from "./cases/lanes.ts";
import { memory } from "./cases/memory.ts";
import { metering } from "./cases/metering.ts";
import { overHttp } from "./cases/over-http.ts";
import { snapshots } from "./cases/snapshots.ts";
import { start } from "./cases/start.ts";
import { tokens } from "./cases/tokens.ts";
import { transfers } from "./cases/transfers.ts";
import { formatRatio, formatTime, printTable } from "./table.ts";

const GROUPS = [start, transfers, snapshots, metering, calls, tokens, lanes, overHttp, memory];

/**
 * Measures and prints.
 * @param isWanted - says of the title of each group whether to measure it; `null` if all that do not take long
 */
export async function measureChain(isWanted: ((title: string) => boolean) | null): Promise<void> {
  const rows: string[][] = [];
  for (const { title, isLong, measure } of GROUPS) {
    if (isWanted === null ? isLong !== true : isWanted(title))
      rows.push(...(await measure()).map(rowOf));
  }
  printTable(["chain in memory", "median", "target", ""], rows);
}

function rowOf(figure: Figure): string[] {
  const { title, value, unit, target, isLeast = unit === "/s" } = figure;
  if (target === undefined) return [title, show(value, unit), "", ""];
  const isReached = isLeast ? value >= target : value <= target;
  const goal = `${isLeast ? "≥" : "≤"} ${target} ${unit}`;
  return [title, show(value, unit), goal, isReached ? "reached" : "MISSED"];
}

function show(value: number, unit: Figure["unit"]): string {
  if (unit === "ms") return formatTime(value * 1e6);
  if (unit === "×") return formatRatio(value);
  return `${unit === "MB" ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
