/**
 * The table of the chain in memory.
 * @module
 */
import type { Figure } from "./cases/figure.ts";
import { snapshotFigures } from "./cases/snapshots.ts";
import { startFigures } from "./cases/start.ts";
import { transferFigures } from "./cases/transfers.ts";
import { formatTime, printTable } from "./table.ts";

/**
 * Measures and prints.
 * @param isWanted - says of each title whether to measure it
 */
export async function measureChain(isWanted: (title: string) => boolean): Promise<void> {
  const figures = [...startFigures, ...transferFigures, ...snapshotFigures];
  const rows: string[][] = [];
  for (const figure of figures.filter(({ title }) => isWanted(title))) {
    rows.push(rowOf(figure, await figure.measure()));
  }
  printTable(["chain in memory", "median", "target", ""], rows);
}

function rowOf({ title, unit, target }: Figure, value: number): string[] {
  const isTime = unit === "ms";
  const shown = isTime ? formatTime(value * 1e6) : `${Math.round(value)} /s`;
  if (target === undefined) return [title, shown, "", ""];
  const isReached = isTime ? value <= target : value >= target;
  const goal = isTime ? `≤ ${target} ms` : `≥ ${target} /s`;
  return [title, shown, goal, isReached ? "reached" : "MISSED"];
}
