/**
 * Runs the code of a contract (nearcore `run`, runtime/near-vm-runner/src/wasmtime_runner/mod.rs): on the engine's own
 * WebAssembly, in an instance of its own, synchronously.
 * @module
 */
import { FUNCTION_PREFIX } from "@yoctonear/wasm";
import type { VmContext } from "./context.ts";
import { type CompiledModules, type ContractModule, loadContract } from "./contract-module.ts";
import type { External } from "./external.ts";
import type { FunctionCallError } from "./function-call-error.ts";
import { Guest } from "./guest.ts";
import { GuestMeter } from "./guest-meter.ts";
import type { Host } from "./host.ts";
import { HostFailure } from "./host-error.ts";
import { createHost } from "./create-host.ts";
import { type HostScope, importOf } from "./host-imports.ts";
import type { VmOutcome } from "./outcome.ts";
import { dropMemory } from "./shared-memory.ts";
import { isSince87, type VmConfig } from "./vm-config.ts";
import { trapOf } from "./wasm-trap.ts";

/** Bytes of code that a contract must have for each local, since protocol 87. */
const MIN_BYTES_PER_LOCAL = 2;

/** A call to run. */
export interface RunRequest {
  /** Code of the contract, or `null` where there is none. */
  readonly code: Uint8Array | null;
  /** Base58 of the code's SHA-256, where it is known; taken on trust. */
  readonly codeHash?: string | undefined;
  readonly method: string;
  readonly context: VmContext;
  readonly external: External;
  /** Numbers of another protocol. */
  readonly config?: VmConfig | undefined;
  /** Contracts compiled ahead, for runtimes that do not compile: of `prepareContract(code).bytes`, by the code's hash. */
  readonly modules?: CompiledModules | undefined;
}

/**
 * Runs a method of a contract, and tells what came of it. A call that fails is an outcome, too.
 *
 * One thing differs from nearcore: where the engine's own stack ends before that of contracts, the call fails with a stack
 * overflow.
 * @param request - the call
 * @throws {NearError} `wasm_forbidden` where this runtime does not compile WebAssembly and the module was not given
 * @example
 * ```ts
 * import { runContract, type External, type VmContext } from "@yoctonear/vm";
 * const context: VmContext = {
 *   currentAccountId: "alice.near", signerAccountId: "bob.near", signerPublicKey: new Uint8Array(33),
 *   predecessorAccountId: "bob.near", refundToAccountId: "bob.near", chainId: "localnet", input: new Uint8Array(),
 *   promiseResults: [], blockHeight: 1n, blockTimestamp: 1n, epochHeight: 1n, accountBalance: 10n ** 24n,
 *   accountLockedBalance: 0n, storageUsage: 100n, contract: { type: "none" }, attachedDeposit: 0n,
 *   prepaidGas: 30_000_000_000_000n, randomSeed: new Uint8Array(32), isView: false, outputDataReceivers: [],
 * };
 * const external: External = {
 *   storageGet: () => null, storageSet: () => undefined, storageRemove: () => undefined, noteRead: () => undefined,
 *   touchNodes: () => ({ touched: 0, cached: 0 }), touchValue: () => ({ touched: 0, cached: 0 }),
 *   validatorStake: () => 0n, validatorTotalStake: () => 0n, generateDataId: () => new Uint8Array(32),
 *   hasYield: () => false, yieldDataId: () => null,
 * };
 * // (module (func (export "main")))
 * const code = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 109, 97, 105, 110,
 *   0, 0, 10, 4, 1, 2, 0, 11);
 * const outcome = runContract({ code, method: "main", context, external });
 * outcome.error; // null
 * outcome.gasBurnt; // 79064041n
 * ```
 */
export function runContract(request: RunRequest): VmOutcome {
  const { code, method, context } = request;
  const host = createHost(request);
  if (code === null)
    return fail(host, { type: "codeDoesNotExist", accountId: context.currentAccountId });
  if (method === "") return fail(host, { type: "methodResolveError", error: "MethodEmptyName" });
  const contract = loadContract(code, request.codeHash, request.modules);
  const isLater = isSince87(host.config);
  if ("failure" in contract) {
    const isPaid = isLater && contract.failure.type === "loadingError";
    if (isPaid && !payForLoading(host, code.length)) return failOutOfGas(host);
    return fail(host, contract.failure);
  }
  if (isLater && contract.localCount * MIN_BYTES_PER_LOCAL > code.length)
    return fail(host, { type: "prepareError", error: "TooManyLocals" });
  if (!payForLoading(host, code.length)) return failOutOfGas(host);
  const { imports } = contract;
  if (imports === null || contract.since > host.config.protocolVersion)
    return fail(host, { type: "linkError", message: "unknown or invalid import" });
  const signature = contract.functions.get(method);
  if (signature === undefined) return failUnresolved(request, "MethodNotFound");
  if (signature.params.length > 0 || signature.results.length > 0)
    return failUnresolved(request, "MethodInvalidSignature");
  const error = execute(contract, imports, method, host);
  return error === null ? succeed(host) : fail(host, error);
}

function payForLoading({ gas }: Host, length: number): boolean {
  try {
    gas.payPer("contractLoadingBytes", length);
    gas.payBase("contractLoadingBase");
    return true;
  } catch (error) {
    if (error instanceof HostFailure) return false;
    throw error;
  }
}

/** Also where the limit, not the prepaid gas, was too low. */
function failOutOfGas(host: Host): VmOutcome {
  return fail(host, { type: "hostError", error: { name: "GasExceeded", fields: {} } });
}

/** The loading fee is not charged then: nothing is. */
function failUnresolved(
  request: RunRequest,
  error: "MethodNotFound" | "MethodInvalidSignature",
): VmOutcome {
  return fail(createHost(request), { type: "methodResolveError", error });
}

/** Runs the start function, if any, and the method; returns how it failed. */
function execute(
  { module, hasStart }: ContractModule,
  imports: NonNullable<ContractModule["imports"]>,
  method: string,
  host: Host,
): FunctionCallError | null {
  const scope: HostScope = { host, meter: null };
  const env: Record<string, WebAssembly.ImportValue> = {};
  for (const [name, called] of imports) env[name] = importOf(called, scope);
  let instance: Guest | null = null;
  try {
    instance = new Guest(new WebAssembly.Instance(module, { env }));
    host.memory.attach(instance.memory);
    scope.meter = new GuestMeter(host.gas, instance.remainingGas);
    if (hasStart) instance.call("start");
    instance.call(FUNCTION_PREFIX + method);
    scope.meter.enterHost();
    return null;
  } catch (error) {
    return failureOf(error, instance, scope.meter);
  } finally {
    if (instance !== null) dropMemory(instance.memory);
  }
}

function failureOf(
  error: unknown,
  instance: Guest | null,
  meter: GuestMeter | null,
): FunctionCallError {
  if (error instanceof HostFailure) return { type: "hostError", error: error.error };
  const trap = trapOf(error);
  if (trap === null) throw error;
  try {
    // The gas of the instructions up to the trap; more than there was, where the trap is the counter's own.
    meter?.enterHost();
  } catch (exhausted) {
    return failureOf(exhausted, instance, null);
  }
  if (instance?.isStackExhausted === true)
    return { type: "hostError", error: { name: "MemoryAccessViolation", fields: {} } };
  const isNull = trap === "IncorrectCallIndirectSignature" && instance?.hasCalledNull === true;
  return { type: "wasmTrap", trap: isNull ? "IndirectCallToNull" : trap };
}

function fail(host: Host, error: FunctionCallError): VmOutcome {
  return { ...outcomeOf(host), error, receipts: [], resumes: [] };
}

function succeed(host: Host): VmOutcome {
  // Shared last: the calls that asked for a share get what the whole call left over.
  host.gas.reserve(host.promises.distributeGas(host.gas.remaining));
  return outcomeOf(host);
}

function outcomeOf({ gas, logs, balance, storageUsage, returned, promises }: Host): VmOutcome {
  return {
    error: null,
    gasBurnt: gas.burnt,
    gasUsed: gas.used,
    compute: gas.compute,
    logs: logs.messages,
    profile: gas.profile,
    balance,
    storageUsage,
    subsidized: promises.subsidized,
    returned,
    receipts: promises.receipts,
    resumes: promises.resumes,
  };
}
