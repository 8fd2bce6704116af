/**
 * Modules of tests, from text or byte by byte, and what becomes of them.
 * @module
 */
import { concatBytes, encodeUtf8 } from "@yoctonear/base";
import {
  FUNCTION_PREFIX,
  PrepareError,
  type PreparedContract,
  prepareContract,
  STACK_BUDGET,
} from "@yoctonear/wasm";
import wabt from "wabt";

const FEATURES = {
  bulk_memory: true,
  exceptions: true,
  memory64: true,
  multi_value: true,
  mutable_globals: true,
  reference_types: true,
  sat_float_to_int: true,
  sign_extension: true,
  simd: true,
  tail_call: true,
  threads: true,
};

/** Gas of an instruction. */
export const OP = 822_756n;
/** Gas of a function without parameters, locals and instructions. */
export const EMPTY_FUNCTION: bigint = 8n * OP;

const PLENTY = 10n ** 15n;

/** The assembler takes long to start. */
let assembler: ReturnType<typeof wabt> | undefined;

/** Assembles text; what is not valid is assembled all the same. */
export async function assemble(wat: string): Promise<Uint8Array> {
  assembler ??= wabt();
  const { parseWat } = await assembler;
  const text = wat.replaceAll("anyfunc", "funcref").replaceAll("get_local", "local.get");
  const module = parseWat("test.wat", text, FEATURES);
  try {
    return Uint8Array.from(module.toBinary({ canonicalize_lebs: true }).buffer);
  } finally {
    module.destroy();
  }
}

/** What a module made by {@link moduleOf} has. */
export type Section = readonly [id: number, contents: Bytes];
/** Bytes, in pieces. */
export type Bytes = readonly (number | Bytes | Uint8Array)[];

/** Puts the pieces together. */
export function bytesOf(bytes: Bytes): Uint8Array {
  return concatBytes(
    ...bytes.map((part) => {
      if (typeof part === "number") {
        return Uint8Array.of(part);
      }
      return part instanceof Uint8Array ? part : bytesOf(part);
    }),
  );
}

/** Unsigned LEB128. */
export function u32(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...u32(Math.floor(value / 0x80))];
}

/** A name after its length. */
export function name(text: string): Bytes {
  const bytes = encodeUtf8(text);
  return [u32(bytes.length), bytes];
}

/** Items after their number. */
export function vector(items: readonly Bytes[]): Bytes {
  return [u32(items.length), ...items];
}

/** The same item many times, after their number. */
export function repeated(count: number, item: Bytes): Bytes {
  const one = bytesOf(item);
  const all = new Uint8Array(count * one.length);
  for (let index = 0; index < count; index += 1) all.set(one, index * one.length);
  return [u32(count), all];
}

/** Bytes after their number. */
export function sized(contents: Bytes): Bytes {
  const bytes = bytesOf(contents);
  return [u32(bytes.length), bytes];
}

export const HEADER: readonly number[] = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** A module of these sections. */
export function moduleOf(...sections: readonly Section[]): Uint8Array {
  return bytesOf([HEADER, ...sections.map(([id, contents]) => [id, sized(contents)])]);
}

/** The type of functions without parameters and results. */
export const NO_TYPE: Bytes = [0x60, 0, 0];

/** A module of one function `main`; the code has no `end` yet. */
export function moduleWithCode(
  code: Bytes,
  { locals = [0], type = NO_TYPE }: { locals?: Bytes; type?: Bytes } = {},
): Uint8Array {
  return moduleOf(
    [1, vector([type])],
    [3, [1, 0]],
    [7, vector([[name("main"), 0, 0]])],
    [10, vector([sized([locals, code, 0x0b])])],
  );
}

/** nearcore's name of what is wrong with a module; `""` when nothing is. */
export function refusalOf(bytes: Uint8Array): string {
  try {
    prepareContract(bytes);
    return "";
  } catch (error) {
    if (error instanceof PrepareError) return error.code;
    throw error;
  }
}

/** What a run of a prepared contract left behind. */
export interface Run {
  readonly burnt: bigint;
  /** Message of the trap; `""` for none. */
  readonly trap: string;
  /** Whether the gas, or the stack, ran out. */
  readonly isOutOfGas: boolean;
  readonly isOutOfStack: boolean;
  readonly instance: WebAssembly.Instance;
}

/** How to run it. */
export interface RunOptions {
  readonly gas?: bigint;
  readonly method?: string;
  /** What every imported function does, given the gas that is left. */
  readonly onCall?: (left: WebAssembly.Global) => void;
}

/** Prepares a contract, and calls its start function, if any, and a method. */
export function run(bytes: Uint8Array, options: RunOptions = {}): Run {
  const contract = prepareContract(bytes);
  return runPrepared(contract, options);
}

function runPrepared(contract: PreparedContract, options: RunOptions): Run {
  const { gas = PLENTY, method = "main", onCall } = options;
  const module = new WebAssembly.Module(contract.bytes);
  const call = (): void => onCall?.(left);
  const env = Object.fromEntries(contract.imports.map((entry) => [entry.name, call]));
  const instance = new WebAssembly.Instance(module, { env });
  const left = globalOf(instance, "remaining_gas");
  const stack = globalOf(instance, "remaining_stack");
  left.value = gas;
  let trap = "";
  try {
    if (contract.hasStart) callExport(instance, "start");
    stack.value = STACK_BUDGET;
    callExport(instance, FUNCTION_PREFIX + method);
  } catch (error) {
    trap = error instanceof Error ? error.message : "not an error";
  }
  const rest = BigInt(left.value);
  return {
    burnt: gas - rest,
    trap,
    isOutOfGas: rest < 0n,
    isOutOfStack: Number(stack.value) < 0,
    instance,
  };
}

/** An exported global. */
export function globalOf(instance: WebAssembly.Instance, exportName: string): WebAssembly.Global {
  const value = instance.exports[exportName];
  if (value instanceof WebAssembly.Global) return value;
  throw new TypeError(`expected a global named ${exportName}`);
}

/** The exported memory. */
export function memoryOf(instance: WebAssembly.Instance): WebAssembly.Memory {
  const value = instance.exports["memory"];
  if (value instanceof WebAssembly.Memory) return value;
  throw new TypeError("expected a memory");
}

function callExport(instance: WebAssembly.Instance, exportName: string): void {
  const value = instance.exports[exportName];
  if (typeof value !== "function") throw new TypeError(`expected a function named ${exportName}`);
  Reflect.apply(value, undefined, []);
}
