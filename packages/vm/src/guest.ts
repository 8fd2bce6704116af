/**
 * A contract under way: what a metered module exports.
 * @module
 */

import { STACK_BUDGET } from "@yoctonear/wasm";

/** An instance of a metered module. */
export class Guest {
  readonly memory: WebAssembly.Memory;
  readonly remainingGas: WebAssembly.Global<"i64">;
  readonly #remainingStack: WebAssembly.Global<"i32">;
  readonly #exports: WebAssembly.Exports;

  constructor({ exports }: WebAssembly.Instance) {
    this.#exports = exports;
    this.memory = this.#get("memory", isMemory);
    this.remainingGas = this.#get("remaining_gas", isGlobal<"i64">);
    this.#remainingStack = this.#get("remaining_stack", isGlobal<"i32">);
  }

  /** Whether the trap was that of the stack's own counter. */
  get isStackExhausted(): boolean {
    return this.#remainingStack.value < 0;
  }

  /** Whether the last call through the table was of nothing. */
  get hasCalledNull(): boolean {
    const { table } = this.#exports;
    if (!(table instanceof WebAssembly.Table)) return false;
    return table.get(this.#get("called_index", isGlobal<"i32">).value) === null;
  }

  /** Runs an exported function. */
  call(name: string): void {
    this.#remainingStack.value = STACK_BUDGET;
    this.#get(name, isFunction)();
  }

  #get<T>(name: string, is: (value: unknown) => value is T): T {
    const value: unknown = this.#exports[name];
    if (is(value)) return value;
    throw new TypeError(`expected a metered module, got one without ${JSON.stringify(name)}`);
  }
}

function isMemory(value: unknown): value is WebAssembly.Memory {
  return value instanceof WebAssembly.Memory;
}

function isGlobal<T extends WebAssembly.ValueType>(value: unknown): value is WebAssembly.Global<T> {
  return value instanceof WebAssembly.Global;
}

function isFunction(value: unknown): value is () => void {
  return typeof value === "function";
}
