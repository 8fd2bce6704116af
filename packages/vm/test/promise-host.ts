/**
 * Calls of host functions without a contract, as nearcore's unit tests of its VM make them.
 * @module
 */
import { encodeUtf8 } from "@yoctonear/base";
import { field, integer, type Json, record } from "@yoctonear/vectors";
import {
  ACTION_FEES,
  type ActionCostName,
  type ActionFees,
  type Fee,
} from "@yoctonear/transactions/cost";
import type { VmContext } from "#vm/context";
import type { External } from "#vm/external";
import { GasCounter } from "#vm/gas-counter";
import { GuestMemory } from "#vm/guest-memory";
import { GAS_KEY_FUNCTIONS } from "#vm/host/gas-keys";
import { PROMISE_ACTION_FUNCTIONS } from "#vm/host/promise-actions";
import { PROMISE_CALL_FUNCTIONS } from "#vm/host/promise-calls";
import { PROMISE_CONTRACT_FUNCTIONS } from "#vm/host/promise-contracts";
import { PROMISE_FUNCTIONS } from "#vm/host/promises";
import { YIELD_FUNCTIONS } from "#vm/host/yields";
import type { Host, HostFunctions } from "#vm/host";
import { HostFailure } from "#vm/host-error";
import { Logs } from "#vm/logs";
import { Promises } from "#vm/promises";
import { Registers } from "#vm/registers";
import { VM_CONFIG, type VmConfig } from "#vm/vm-config";

/** A length that names a register. */
export const REGISTER = 2n ** 64n - 1n;

const FUNCTIONS: HostFunctions = {
  ...PROMISE_FUNCTIONS,
  ...PROMISE_CALL_FUNCTIONS,
  ...PROMISE_ACTION_FUNCTIONS,
  ...PROMISE_CONTRACT_FUNCTIONS,
  ...GAS_KEY_FUNCTIONS,
  ...YIELD_FUNCTIONS,
};

/** An argument: a number, or bytes that are passed by length and pointer. */
export type Argument = bigint | string | Uint8Array | { readonly amount: bigint };

/** A call under way, with what tests look at. */
export interface TestHost {
  readonly host: Host;
  /** Calls a host function; an amount is passed by its pointer, other bytes by length and pointer. */
  call(name: string, ...args: readonly Argument[]): bigint | void;
  /** Calls it and returns the name of the error that it must end with. */
  fail(name: string, ...args: readonly Argument[]): string;
}

/** How a call is made. */
export interface TestHostOptions {
  readonly context?: Partial<VmContext>;
  readonly config?: Partial<VmConfig>;
  readonly external?: Partial<External>;
}

/** A host of alice.near with 110 yoctoNEAR, a deposit of 10 in it, and 100 Tgas. */
export function createTestHost({ context, config, external }: TestHostOptions = {}): TestHost {
  const memory = new GuestMemory({ buffer: new ArrayBuffer(65_536) });
  const host = createHost(
    { ...CONTEXT, ...context },
    { ...VM_CONFIG, ...config },
    { ...createExternal(), ...external },
    memory,
  );
  const call: TestHost["call"] = (name, ...args) => {
    let end = 0n;
    const place = (bytes: Uint8Array): bigint => {
      const pointer = end;
      memory.write(pointer, bytes);
      end += BigInt(bytes.length);
      return pointer;
    };
    const values = args.flatMap((arg) => {
      if (typeof arg === "bigint") return [arg];
      if (typeof arg === "object" && "amount" in arg) return [place(u128(arg.amount))];
      const bytes = typeof arg === "string" ? encodeUtf8(arg) : arg;
      return [BigInt(bytes.length), place(bytes)];
    });
    const found = FUNCTIONS[name];
    if (found === undefined) throw new TypeError(`expected a host function, got ${name}`);
    if (found.params !== values.length) {
      throw new TypeError(`expected ${found.params} arguments of ${name}, got ${values.length}`);
    }
    const [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n, i = 0n] = values;
    return found.call(host, a, b, c, d, e, f, g, h, i);
  };
  const fail: TestHost["fail"] = (name, ...args) => {
    try {
      call(name, ...args);
    } catch (error) {
      if (error instanceof HostFailure) return error.error.name;
      throw error;
    }
    return "no failure";
  };
  return { host, call, fail };
}

/** Fees as the vectors have them: `[send_sir, send_not_sir, execution]` by nearcore's names. */
export function readFees(fees: Json): ActionFees {
  const read: Partial<Record<ActionCostName, Fee>> = {};
  for (const name of Object.keys(record(fees))) {
    read[costName(name)] = {
      sendSir: integer(fees, name, 0),
      sendNotSir: integer(fees, name, 1),
      exec: integer(field(fees, name), 2),
    };
  }
  return { ...ACTION_FEES, ...read };
}

/** Name of a cost here, from nearcore's. */
export function costName(name: string): ActionCostName {
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  for (const known of costNames()) if (known === camel) return known;
  throw new TypeError(`expected the name of a cost, got ${name}`);
}

function* costNames(): Iterable<ActionCostName> {
  for (const name in ACTION_FEES) if (isCostName(name)) yield name;
}

function isCostName(name: string): name is ActionCostName {
  return Object.hasOwn(ACTION_FEES, name);
}

const CONTEXT: VmContext = {
  currentAccountId: "alice.near",
  signerAccountId: "bob.near",
  signerPublicKey: new Uint8Array(33),
  predecessorAccountId: "carol.near",
  refundToAccountId: "carol.near",
  chainId: "localnet",
  input: new Uint8Array(),
  promiseResults: [],
  blockHeight: 10n,
  blockTimestamp: 42n,
  epochHeight: 1n,
  accountBalance: 100n,
  accountLockedBalance: 50n,
  storageUsage: 12n,
  contract: { type: "none" },
  attachedDeposit: 10n,
  prepaidGas: 100_000_000_000_000n,
  randomSeed: new Uint8Array(32),
  isView: false,
  outputDataReceivers: [],
};

function createHost(
  context: VmContext,
  config: VmConfig,
  external: External,
  memory: GuestMemory,
): Host {
  return {
    config,
    context,
    external,
    gas: new GasCounter(config, context),
    memory,
    registers: new Registers(config.limits),
    logs: new Logs(config.limits),
    promises: new Promises(config, external),
    balance: context.accountBalance + context.attachedDeposit,
    storageUsage: context.storageUsage,
    returned: { type: "none" },
  };
}

/** An empty chain: data ids count up. */
function createExternal(): External {
  let count = 0;
  return {
    storageGet: () => null,
    storageSet: () => {},
    storageRemove: () => {},
    noteRead: () => {},
    touchNodes: () => ({ touched: 0, cached: 0 }),
    touchValue: () => ({ touched: 0, cached: 0 }),
    validatorStake: () => 0n,
    validatorTotalStake: () => 0n,
    generateDataId: () => {
      count++;
      return new Uint8Array(32).fill(count);
    },
    hasYield: () => false,
    yieldDataId: () => null,
  };
}

function u128(value: bigint): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt.asUintN(64, value), true);
  view.setBigUint64(8, value >> 64n, true);
  return bytes;
}
