/**
 * Runs a module in the engine, metered or not, and in the interpreter, and tells what can be seen afterwards in one form.
 * @module
 */
import { FUNCTION_PREFIX, prepareContract } from "@yoctonear/wasm";
import { encodeModule } from "./metering-encode.ts";
import { interpret, type Ending } from "./metering-interpret.ts";
import { present, type Module } from "./metering-module.ts";
import { big, num } from "./metering-numeric.ts";

/** A call of the host with the gas left; null where nothing is counted. */
type HostTrace = readonly [name: string, argument: string, gas: bigint | null];

/** What a run may use. */
export interface Budget {
  readonly gas: bigint;
  /** Bytes of frames. */
  readonly stack: number;
}

/** What a run leaves behind. */
export interface Trace {
  readonly ending: Ending | "instantiation";

  readonly calls: readonly HostTrace[];
  /** Gas left after each call from outside; negative once it ran out. */
  readonly gas: readonly bigint[];
  readonly pages: number;
}

/** Gives the bytes of a memory. */
type Reader = (page: number) => Uint8Array | undefined;

/** A trace, and the memory it left. */
export interface Run {
  readonly trace: Trace;
  readonly page: Reader;
  readonly written: readonly number[];
  readonly steps: number;
}

const PAGE = 65_536;
const NOTHING: Omit<Trace, "ending"> = {
  calls: [],
  gas: [],
  pages: 0,
};
const INSTANTIATION: Run = {
  trace: { ...NOTHING, ending: "instantiation" },
  page: () => undefined,
  written: [],
  steps: 0,
};

/** Answers of the host, and what `burn` takes. */
function answer(
  name: string,
  argument: bigint | number | undefined,
  count: number,
): { result?: bigint; burnt: bigint } {
  if (name === "ask") return { result: BigInt(count) * 0x1_0000_0001n, burnt: 0n };
  if (name === "burn" && typeof argument === "bigint")
    return { result: BigInt.asIntN(64, argument ^ 1n), burnt: argument & 0xff_ffffn };
  return { burnt: 0n };
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Runs in the interpreter. */
export function runReference(bytes: Uint8Array, budget: Budget): Run {
  const calls: HostTrace[] = [];
  const instance = interpret(bytes, budget, (name, [argument], gas) => {
    calls.push([name, String(argument), gas.left]);
    const { result, burnt } = answer(name, argument ?? undefined, calls.length);
    gas.left -= least(gas.left, burnt);
    return result;
  });
  if (typeof instance === "string") return INSTANTIATION;
  const { module, memory, gas } = instance;
  const left: bigint[] = [];
  let ending: Ending = "return";
  for (const index of entries(module)) {
    if (ending !== "return") break;
    ending = instance.call(index);
    left.push(gas.left);
  }
  const trace: Trace = {
    ending,
    calls,
    gas: left,
    pages: memory.pages(),
  };
  return {
    trace,
    page: (page) => memory.written().get(page),
    written: [...memory.written().keys()],
    steps: instance.steps(),
  };
}

function entries(module: Module): readonly number[] {
  const runs = module.exports
    .filter(({ name }) => name.startsWith("run"))
    .map(({ index }) => index);
  return module.start === undefined ? runs : [module.start, ...runs];
}

/** Runs what `prepareContract` makes of a module. */
export function runMetered(bytes: Uint8Array, budget: Budget): Run {
  const prepared = prepareContract(bytes);
  return runInEngine(
    new WebAssembly.Module(prepared.bytes),
    budget,
    FUNCTION_PREFIX,
    prepared.hasStart,
  );
}

/** Runs the module as it is, but with the memory and the table of nearcore and its start function called from outside. */
export function runPlain(module: Module): Run {
  const { start, table, exports, ...rest } = module;
  const bytes = encodeModule({
    ...rest,
    memory: { min: 1024, max: 2048 },
    ...(table !== undefined && {
      table: { min: table.min, max: Math.min(table.max ?? 10_000, 10_000) },
    }),
    exports: [
      ...exports.filter(({ kind }) => kind !== "memory"),
      { name: "memory", kind: "memory", index: 0 },
      ...(start === undefined ? [] : [{ name: "start", kind: "function" as const, index: start }]),
    ],
  });
  return runInEngine(new WebAssembly.Module(bytes), null, "", start !== undefined);
}

function runInEngine(
  module: WebAssembly.Module,
  budget: Budget | null,
  prefix: string,
  hasStart: boolean,
): Run {
  const calls: HostTrace[] = [];
  const counted: { gas?: WebAssembly.Global; stack?: WebAssembly.Global } = {};
  const host = (name: string) => (argument?: bigint | number) => {
    const { gas } = counted;
    calls.push([name, String(argument), gas === undefined ? null : big(gas.value)]);
    const { result, burnt } = answer(name, argument, calls.length);
    if (gas !== undefined) gas.value = big(gas.value) - least(big(gas.value), burnt);
    return result;
  };
  let instance: WebAssembly.Instance;
  try {
    instance = new WebAssembly.Instance(module, {
      env: { note: host("note"), ask: host("ask"), burn: host("burn") },
    });
  } catch {
    return INSTANTIATION;
  }
  const { exports } = instance;
  if (budget !== null) {
    counted.gas = globalNamed(exports, "remaining_gas");
    counted.stack = globalNamed(exports, "remaining_stack");
    counted.gas.value = budget.gas;
  }
  const left: bigint[] = [];
  let ending: Ending = "return";
  const names = Object.keys(exports).filter((name) => name.startsWith(`${prefix}run`));
  for (const name of hasStart ? ["start", ...names] : names) {
    if (ending !== "return") break;
    if (counted.stack !== undefined && budget !== null) counted.stack.value = budget.stack;
    ending = callExport(exports[name], counted);
    if (counted.gas !== undefined) left.push(big(counted.gas.value));
  }
  const memory = exports["memory"];
  const buffer =
    memory instanceof WebAssembly.Memory ? new Uint8Array(memory.buffer) : new Uint8Array(0);
  const trace: Trace = {
    ending,
    calls,
    gas: left,
    pages: buffer.length / PAGE,
  };
  return {
    trace,
    page: (page) => buffer.subarray(page * PAGE, (page + 1) * PAGE),
    written: [],
    steps: 0,
  };
}

function globalNamed(exports: WebAssembly.Exports, name: string): WebAssembly.Global {
  const found = exports[name];
  if (!(found instanceof WebAssembly.Global))
    throw new TypeError(`expected a global ${JSON.stringify(name)}`);
  return found;
}

function callExport(
  callee: unknown,
  { gas, stack }: { gas?: WebAssembly.Global; stack?: WebAssembly.Global },
): Ending {
  try {
    if (typeof callee !== "function") throw new TypeError("expected an exported function");
    Reflect.apply(callee, undefined, []);
    return "return";
  } catch (error) {
    if (stack !== undefined && num(stack.value) < 0) return "stack";
    if (gas !== undefined && big(gas.value) < 0n) return "gas";
    if (error instanceof WebAssembly.RuntimeError) return trapOf(error.message);
    throw error;
  }
}

/** Texts of V8 and JavaScriptCore. */
function trapOf(message: string): Ending {
  if (
    /divi|remainder|unrepresentable|Integer overflow|Out of bounds trunc|Out of bounds Trunc/i.test(
      message,
    )
  )
    return "arithmetic";
  if (/unreachable/i.test(message)) return "unreachable";
  if (/out[ -]of[ -]bounds|out of range/i.test(message)) return "bounds";
  if (/null function|signature|null table entry/i.test(message)) return "indirect";
  throw new RangeError(`expected a known trap, got "${message}"`);
}

/** The first difference of two memories in the pages that matter, or null. */
export function memoryDifference(reference: Run, other: Run): string | null {
  for (const page of new Set([...reference.written, 0, 1, 1023])) {
    if (page >= other.trace.pages) continue;
    const expected = reference.page(page);
    const actual = present(other.page(page));
    for (let index = 0; index < PAGE; index++) {
      const want = expected?.[index] ?? 0;
      const byte = actual[index];
      if (want !== byte) return `byte ${page * PAGE + index}: expected ${want}, got ${byte}`;
    }
  }
  return null;
}
