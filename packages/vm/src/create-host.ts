/**
 * A call about to begin.
 * @module
 */
import type { VmContext } from "./context.ts";
import type { External } from "./external.ts";
import { GasCounter } from "./gas-counter.ts";
import { GuestMemory } from "./guest-memory.ts";
import type { Host } from "./host.ts";
import { Logs } from "./logs.ts";
import { Promises } from "./promises.ts";
import { Registers } from "./registers.ts";
import { VM_CONFIG, type VmConfig } from "./vm-config.ts";

/** Returns the state of a call before it runs. */
export function createHost({
  context,
  external,
  config = VM_CONFIG,
}: {
  readonly context: VmContext;
  readonly external: External;
  readonly config?: VmConfig | undefined;
}): Host {
  return {
    config,
    context,
    external,
    gas: new GasCounter(config, context),
    memory: new GuestMemory(),
    registers: new Registers(config.limits),
    logs: new Logs(config.limits),
    promises: new Promises(config, external),
    balance: context.accountBalance + context.attachedDeposit,
    storageUsage: context.storageUsage,
    returned: { type: "none" },
  };
}
