/**
 * Calls of host functions without a contract, as nearcore's unit tests make them.
 * @module
 */
import type { VmContext } from "@yoctonear/vm";
import { createHost } from "#vm/create-host";
import type { Host } from "#vm/host";
import { HostFailure } from "#vm/host-error";
import type { HostError } from "#vm/host-error";
import { HOST_FUNCTIONS } from "#vm/host-functions";
import { VM_CONFIG, type VmLimits } from "#vm/vm-config";
import { MemoryExternal } from "./memory-external.ts";
import { testContext } from "./test-context.ts";

const MEMORY_SIZE = 65_536;

/** A host without a contract. */
export interface DirectHost {
  readonly host: Host;
  readonly external: MemoryExternal;
}

/** Returns a host with a page of memory. */
export function directHost(
  context: Partial<VmContext> = {},
  limits: Partial<VmLimits> = {},
): DirectHost {
  const external = new MemoryExternal();
  const host = createHost({
    context: testContext({ prepaidGas: VM_CONFIG.maxGasBurnt, ...context }),
    external,
    config: { ...VM_CONFIG, limits: { ...VM_CONFIG.limits, ...limits } },
  });
  host.memory.attach({ buffer: new ArrayBuffer(MEMORY_SIZE) });
  return { host, external };
}

/** Calls a host function. */
export function call(
  { host }: DirectHost,
  name: string,
  ...args: readonly bigint[]
): bigint | void {
  const called = HOST_FUNCTIONS.get(name);
  if (called === undefined) throw new RangeError(`expected a host function, got ${name}`);
  if (called.params !== args.length)
    throw new RangeError(`expected ${called.params} arguments, got ${args.length}`);
  const [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n, i = 0n] = args;
  return called.call(host, a, b, c, d, e, f, g, h, i);
}

/** Calls something that must fail, and returns its error. */
export function failureOf(run: () => unknown): HostError {
  try {
    run();
  } catch (error) {
    if (error instanceof HostFailure) return error.error;
    throw error;
  }
  throw new Error("expected a host error, got none");
}
