/**
 * A call under way, as the host functions see it (nearcore `VMLogic`).
 * @module
 */
import type { VmContext } from "./context.ts";
import type { External } from "./external.ts";
import type { GasCounter } from "./gas-counter.ts";
import type { GuestMemory } from "./guest-memory.ts";
import type { Logs } from "./logs.ts";
import type { VmReturn } from "./outcome.ts";
import type { Promises } from "./promises.ts";
import type { Registers } from "./registers.ts";
import type { VmConfig } from "./vm-config.ts";

/** A call under way. */
export interface Host {
  readonly config: VmConfig;
  readonly context: VmContext;
  readonly external: External;
  readonly gas: GasCounter;
  readonly memory: GuestMemory;
  readonly registers: Registers;
  readonly logs: Logs;
  readonly promises: Promises;
  /** yoctoNEAR that can still be attached; the deposit is in it. */
  balance: bigint;
  storageUsage: bigint;
  returned: VmReturn;
}

/**
 * Runs a host function. Arguments are unsigned 64-bit integers, 32-bit ones widened; so is the result.
 * @throws {HostFailure}
 */
export type HostCall = (
  host: Host,
  a: bigint,
  b: bigint,
  c: bigint,
  d: bigint,
  e: bigint,
  f: bigint,
  g: bigint,
  h: bigint,
  i: bigint,
) => bigint | void;

/** A function that contracts import from `env`. */
export interface HostFunction {
  /** Number of parameters, and their type: all the same in every function. */
  readonly params: number;
  readonly type: "i64" | "i32";
  readonly result: "i64" | "i32" | null;
  readonly call: HostCall;
}

/** Host functions by their import name. */
export type HostFunctions = Readonly<Record<string, HostFunction>>;
