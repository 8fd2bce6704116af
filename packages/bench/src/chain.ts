/**
 * The table of the chain in memory.
 * @module
 */
import type { Figure } from "./cases/figure.ts";
import { snapshots } from "./cases/snapshots.ts";
import { start } from "./cases/start.ts";
import { transfers } from "./cases/transfers.ts";
import { formatTime, printTable } from "./table.ts";

/**
 * Measures and prints.
 * @param isWanted - says of the title of each group whether to measure it
 */
export async function measureChain(isWanted: (title: string) => boolean): Promise<void> {
  const rows: string[][] = [];
  for (const { title, measure } of [start, transfers, snapshots]) {
    if (isWanted(title)) rows.push(...(await measure()).map(rowOf));
  }
  printTable(["chain in memory", "median", "target", ""], rows);
}

function rowOf({ title, value, unit, target }: Figure): string[] {
  const isTime = unit === "ms";
  const shown = isTime ? formatTime(value * 1e6) : `${Math.round(value)} /s`;
  if (target === undefined) return [title, shown, "", ""];
  const isReached = isTime ? value <= target : value >= target;
  const goal = isTime ? `≤ ${target} ms` : `≥ ${target} /s`;
  return [title, shown, goal, isReached ? "reached" : "MISSED"];
}
