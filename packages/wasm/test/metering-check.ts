/**
 * Compares what the instrumenter made of a module with the interpreter, and with the module as it was.
 * @module
 */
import { encodeModule } from "./metering-encode.ts";
import { generateModule } from "./metering-generate.ts";
import type { Instruction, Module } from "./metering-module.ts";
import { createRandom, type Random } from "./metering-random.ts";
import {
  memoryDifference,
  runMetered,
  runPlain,
  runReference,
  type Budget,
  type Run,
  type Trace,
} from "./metering-run.ts";
import { STACK_BUDGET } from "./metering-stack.ts";
import { shrinkModule } from "./metering-shrink.ts";

/** What was compared. */
export interface Tally {
  modules: number;
  runs: number;
  steps: number;
  readonly endings: Map<string, number>;
}

/** Nothing yet. */
export function emptyTally(): Tally {
  return { modules: 0, runs: 0, steps: 0, endings: new Map() };
}

/** How to compare one module. */
export interface Effort {
  /** Instructions of a function, roughly. */
  readonly size: number;
  /** Enough for most, an end for the others. */
  readonly gas: bigint;
  /** How many lower limits are tried as well. */
  readonly limits: number;
}

/** Generates the module of a seed and compares; throws with the smallest module that it finds to differ. */
export function checkSeed(seed: number, effort: Effort, tally: Tally): void {
  const random = createRandom(seed);
  const observesNan = random.chance(0.5);
  const module = generateModule(random, {
    observesNan,
    isFloating: random.chance(0.3),
    size: effort.size,
  });
  const bytes = encodeModule(module, random);
  const lots = random.int(2 ** 31);
  const compare = (candidate: Uint8Array<ArrayBuffer>, of: Module): string | null => {
    const about = createRandom(lots);
    return (
      compareMetered(candidate, effort, about, tally) ??
      (observesNan ? null : comparePlain(candidate, of, effort))
    );
  };
  tally.modules++;
  const difference = compare(bytes, module);
  if (difference === null) return;
  const small = shrinkModule(module, (candidate) => {
    try {
      return compare(encodeModule(candidate), candidate) !== null;
    } catch {
      return true;
    }
  });
  const why = compare(encodeModule(small), small) ?? "only with the padding of the seed";
  throw new Error(`seed ${seed}: ${difference}\nsmallest: ${why}\n${describeModule(small)}`);
}

/** @returns what differs, or null */
export function compareMetered(
  bytes: Uint8Array<ArrayBuffer>,
  { gas, limits }: Effort,
  random: Random,
  tally: Tally,
): string | null {
  const compare = (budget: Budget): { used: bigint; difference: string | null } => {
    const reference = runReference(bytes, budget);
    const metered = runMetered(bytes, budget);
    const { ending } = reference.trace;
    tally.runs++;
    tally.steps += reference.steps;
    tally.endings.set(ending, (tally.endings.get(ending) ?? 0) + 1);
    const left = reference.trace.gas.at(-1) ?? budget.gas;
    const found = differenceOf(reference, metered, (trace) => trace);
    const about = `with ${budget.gas} gas, ${budget.stack} of stack`;
    return { used: budget.gas - left, difference: found === null ? null : `${about}: ${found}` };
  };
  const { used, difference } = compare({ gas, stack: STACK_BUDGET });
  if (difference !== null) return difference;
  const most = used > gas ? gas : used;
  for (let index = 0; index < limits; index++) {
    // The exact amount, one less, and anything below.
    const limit =
      index === 0
        ? most - 1n
        : index === 1
          ? most
          : (most * BigInt(random.int(1_000_001))) / 1_000_000n;
    const stack = random.chance(0.5) ? STACK_BUDGET : 64 + random.int(1000);
    if (limit < 0n) continue;
    const found = compare({ gas: limit, stack });
    if (found.difference !== null) return found.difference;
  }
  return null;
}

/** For a module that cannot see the bits of a NaN. @returns what differs, or null */
export function comparePlain(
  bytes: Uint8Array<ArrayBuffer>,
  module: Module,
  { gas }: Effort,
): string | null {
  const metered = runMetered(bytes, { gas, stack: STACK_BUDGET });
  if (metered.trace.ending === "gas" || metered.trace.ending === "stack") return null;
  const plain = runPlain(module);
  const uncounted = ({ calls, ...trace }: Trace): Trace => ({
    ...trace,
    calls: calls.map(([name, argument]) => [name, argument, null]),
    gas: [],
  });
  const found = differenceOf(plain, metered, uncounted);
  return found === null ? null : `unmetered against metered: ${found}`;
}

function differenceOf(expected: Run, actual: Run, view: (trace: Trace) => Trace): string | null {
  const [one, other] = [expected, actual].map(({ trace }) => view(trace));
  const left = showTrace(one);
  const right = showTrace(other);
  if (left !== right) return `expected ${left}\n     got ${right}`;
  return memoryDifference(expected, actual);
}

function showTrace(trace: Trace | undefined): string {
  return JSON.stringify(trace, (_, value: unknown) =>
    typeof value === "bigint" ? `${value}` : value,
  );
}

/** A module as a person reads it. */
function describeModule({ types, functions, ...rest }: Module): string {
  const bodies = functions.map(({ type, locals, body }, index) => {
    const { params = [], results = [] } = types[type] ?? {};
    return `  #${index} (${params.join()}) → (${results.join()}) locals ${locals.join()}: ${body.map(describe).join(" · ")}`;
  });
  return `${JSON.stringify({ ...rest, globals: rest.globals.length }, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value))}\n${bodies.join("\n")}`;
}

function describe({ op, index, bits, labels, type, offset }: Instruction): string {
  return [op, index, bits, labels?.join(), type, offset].filter((part) => part != null).join(" ");
}
