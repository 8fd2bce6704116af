/**
 * What a contract becomes before it runs.
 * @module
 */

/** Types of values in the WebAssembly that nearcore accepts. */
export type ValueType = "i32" | "i64" | "f32" | "f64" | "funcref";

/** Type of a function. */
export interface FunctionSignature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A function that the contract imports; the module is always `env`. */
export interface FunctionImport {
  readonly name: string;
  readonly signature: FunctionSignature;
}

/** A contract ready for the engine: its code with gas and stack counted. */
export interface PreparedContract {
  /**
   * The module. It exports each function of the contract under {@link FUNCTION_PREFIX} and its name, and
   * besides `memory`, the counters `remaining_gas` (mutable i64) and `remaining_stack` (mutable i32), and
   * `start` where there is a start function, which the engine does not run by itself; where there is a table, `table` and
   * `called_index` (mutable i32), the index that `call_indirect` called last. A counter that has
   * run out is negative, and the module trapped. `remaining_gas` is exact whenever the module does not
   * run: in host functions, after a trap, after the end; it must not be set beyond the largest i64.
   * `remaining_stack` is not restored when functions end: set it to {@link STACK_BUDGET} before each call.
   */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where in the bytes the flags of the memory's limits stand, for a host that changes them. */
  readonly memoryFlags: number;
  /** In order. */
  readonly imports: readonly FunctionImport[];
  /** The functions that the contract exports, by name. */
  readonly functions: ReadonlyMap<string, FunctionSignature>;
  readonly hasStart: boolean;
  /** Locals that its functions declare, all together. */
  readonly localCount: number;
  /** Bytes that nearcore's engine keeps for an instance, besides memory and table. */
  readonly instanceSize: number;
}

/** Precedes the names of exported functions, so that they cannot meet those of the counters. */
export const FUNCTION_PREFIX = "\0";

/** Bytes of operands and locals that the functions on the call stack may have together. */
export const STACK_BUDGET = 262_144;
