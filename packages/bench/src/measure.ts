/**
 * Times tasks side by side: each round measures every one of them in turn, so that what else the
 * machine does meets all alike. Ratios of the medians count more than the times.
 * @module
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { do_not_optimize, measure } from "mitata";
import type { Task } from "./peers/peer.ts";

const ROUNDS = 7;
/** Nanoseconds that a task is measured in each round, at least. */
const ROUND_TIME = 60e6;
/** Tasks below this time are measured many calls at once: the clock costs 30 ns. */
const BATCH_BELOW = 100_000;
const BATCH = 128;
const MIN_SAMPLES = 8;

/** Collects all garbage there is. */
export const collectGarbage: () => void = exposeGarbageCollector();

/**
 * Measures tasks in interleaved rounds.
 * @param tasks - a missing one is skipped
 * @returns for each the median time of a call over all rounds, in nanoseconds
 */
export async function race(
  tasks: readonly (Task | undefined)[],
): Promise<readonly (number | undefined)[]> {
  const times = tasks.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, task] of tasks.entries()) {
      if (task === undefined) continue;
      collectGarbage();
      const { p50 } = await measure(() => consumed(task), {
        gc: false,
        min_cpu_time: ROUND_TIME,
        min_samples: MIN_SAMPLES,
        batch_samples: BATCH,
        batch_threshold: BATCH_BELOW,
      });
      // The first round only warms up.
      if (round > 0) times[index]?.push(p50);
    }
  }
  return times.map((each) => (each.length === 0 ? undefined : median(each)));
}

/** The middle of numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError("expected numbers, got none");
  return middle;
}

function consumed(task: Task): unknown {
  const result = task();
  do_not_optimize(result);
  return result;
}

/** Nobody shall pay for the garbage of the one before. */
function exposeGarbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  return () => {
    if (typeof collect === "function") Reflect.apply(collect, undefined, []);
  };
}
