/**
 * How long a chain of ten accounts takes to start, with the modules loaded already: the first of its
 * process, where nothing is compiled or computed yet, and the later ones.
 * @module
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median } from "../measure.ts";
import type { Group } from "./figure.ts";

const PROCESSES = 9;
const TARGET = 20;
const SCRIPT = fileURLToPath(new URL("./start-once.js", import.meta.url));

const run = promisify(execFile);

/** The figures. */
export const start: Group = {
  title: "start",
  measure: async () => {
    const first: number[] = [];
    const later: number[] = [];
    for (let index = 0; index < PROCESSES; index++) {
      const [time = NaN, ...times] = await startInFreshProcess();
      first.push(time);
      later.push(...times);
    }
    const title = "start with 10 accounts";
    return [
      { title: `${title}, first`, value: median(first), unit: "ms", target: TARGET },
      { title: `${title}, later`, value: median(later), unit: "ms", target: TARGET },
    ];
  },
};

async function startInFreshProcess(): Promise<readonly number[]> {
  const { stdout } = await run(process.execPath, [SCRIPT]);
  const times: unknown = JSON.parse(stdout);
  if (!Array.isArray(times)) throw new TypeError(`expected times, got ${stdout}`);
  return times.map(Number);
}
