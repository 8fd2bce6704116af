/**
 * What it costs to count gas and stack: once for each contract, and in all that it computes.
 * @module
 */
import { loadContract } from "@yoctonear/contracts";
import { FUNCTION_PREFIX, prepareContract } from "@yoctonear/wasm";
import { median } from "../measure.ts";
import type { Figure, Group } from "./figure.ts";
import { enlarged } from "./large-module.ts";

const WARM_UP = 20;
const ROUNDS = 15;
const SIZE = 300_000;
const PROGRAMS = ["fibonacci", "sieve", "mix", "mandelbrot", "sort"] as const;
const GAS_OF_A_CALL = 300_000_000_000_000n;

/** The figures. */
export const metering: Group = {
  title: "metering",
  measure: async () => {
    const code = await loadContract("compute");
    return [...(await instrument()), ...compute(code), spin(code)];
  },
};

/** Warm, as in a process that has seen a contract or two. */
async function instrument(): Promise<readonly Figure[]> {
  const module = enlarged(await loadContract("fungible-token"), SIZE);
  const [first = NaN, ...later] = Array.from({ length: WARM_UP + ROUNDS }, () =>
    timeOf(() => prepareContract(module)),
  );
  const title = `instrument ${Math.round(module.length / 1000)} kB`;
  return [
    { title, value: median(later.slice(WARM_UP)), unit: "ms", target: 12 },
    { title: "  the first of a process", value: first, unit: "ms" },
  ];
}

/** Each program metered and as it is, in turn, each time in a fresh instance, as a contract runs. */
function compute(code: Uint8Array<ArrayBuffer>): readonly Figure[] {
  const plain = new WebAssembly.Module(code);
  const metered = new WebAssembly.Module(prepareContract(code).bytes);
  const ratios = PROGRAMS.map((name) => {
    const rounds = Array.from({ length: ROUNDS }, () => {
      const before = instantiate(plain);
      const after = instantiate(metered);
      setGas(after, 2n ** 62n);
      return [
        timeOf(() => run(before, name)),
        timeOf(() => run(after, FUNCTION_PREFIX + name)),
        resultOf(before, "") === resultOf(after, FUNCTION_PREFIX),
      ] as const;
    });
    if (rounds.some(([, , isSame]) => !isSame))
      throw new Error(`expected the same result of ${name}`);
    // What else the machine does can only add: the quickest of each are what the code takes.
    const quickest = (side: 0 | 1): number => Math.min(...rounds.map((times) => times[side]));
    return { name, ratio: quickest(1) / quickest(0) };
  });
  const mean = Math.exp(
    ratios.reduce((sum, { ratio }) => sum + Math.log(ratio), 0) / ratios.length,
  );
  return [
    { title: "metered over plain, five programs", value: mean, unit: "×", target: 2 },
    ...ratios.map(({ name, ratio }): Figure => ({ title: `  ${name}`, value: ratio, unit: "×" })),
  ];
}

/** Until the gas of the largest call is used up by instructions alone. */
function spin(code: Uint8Array<ArrayBuffer>): Figure {
  const metered = new WebAssembly.Module(prepareContract(code).bytes);
  const times = Array.from({ length: 5 }, () => {
    const instance = instantiate(metered);
    setGas(instance, GAS_OF_A_CALL);
    return timeOf(() => {
      try {
        run(instance, `${FUNCTION_PREFIX}spin`);
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      }
    });
  });
  return { title: "300 Tgas of instructions", value: median(times), unit: "ms", target: 60 };
}

function timeOf(task: () => unknown): number {
  const begin = performance.now();
  task();
  return performance.now() - begin;
}

function instantiate(module: WebAssembly.Module): WebAssembly.Instance {
  return new WebAssembly.Instance(module, { env: { abort: () => {} } });
}

function run({ exports }: WebAssembly.Instance, name: string): unknown {
  const method = exports[name];
  if (typeof method !== "function") throw new TypeError(`expected a method ${name}`);
  return Reflect.apply(method, undefined, []);
}

function setGas({ exports }: WebAssembly.Instance, gas: bigint): void {
  const counter = exports["remaining_gas"];
  if (!(counter instanceof WebAssembly.Global)) throw new TypeError("expected a counter");
  counter.value = gas;
}

function resultOf(instance: WebAssembly.Instance, prefix: string): unknown {
  const { memory } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError("expected a memory");
  const address = Number(run(instance, `${prefix}resultAddress`));
  return new DataView(memory.buffer).getBigInt64(address, true);
}
