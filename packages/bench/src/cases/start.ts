/**
 * How long a chain of ten accounts takes to start: the modules are loaded already.
 * @module
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median } from "../measure.ts";
import type { Figure } from "./figure.ts";

const PROCESSES = 7;
const SCRIPT = fileURLToPath(new URL("./start-once.js", import.meta.url));

const run = promisify(execFile);

/** The figures. */
export const startFigures: readonly Figure[] = [
  {
    title: "start with 10 accounts, first in its process",
    unit: "ms",
    target: 20,
    measure: () => inFreshProcesses(([first]) => first),
  },
  {
    title: "start with 10 accounts, later",
    unit: "ms",
    target: 20,
    measure: () => inFreshProcesses(([, ...later]) => median(later)),
  },
];

async function inFreshProcesses(
  pick: (times: readonly number[]) => number | undefined,
): Promise<number> {
  const picked: number[] = [];
  for (let index = 0; index < PROCESSES; index++) {
    const { stdout } = await run(process.execPath, [SCRIPT]);
    const times: unknown = JSON.parse(stdout);
    const time = Array.isArray(times) ? pick(times.map(Number)) : undefined;
    if (time === undefined) throw new TypeError(`expected times, got ${stdout}`);
    picked.push(time);
  }
  return median(picked);
}
