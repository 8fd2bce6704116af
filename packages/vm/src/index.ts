/**
 * The contract VM of NEAR: runs the code of a contract and tells what came of it, gas for gas.
 * @module
 */
export type { ContractKind, PromiseResult, VmContext } from "./context.ts";
export type { CompiledModules } from "./contract-module.ts";
export { EXT_COSTS, type ExtCost, type ExtCostName } from "./ext-costs.ts";
export type { External, NodeCount } from "./external.ts";
export {
  type FunctionCallError,
  functionCallErrorDebug,
  functionCallErrorJson,
  type FunctionCallErrorJson,
  type MethodResolveError,
  type WasmTrap,
} from "./function-call-error.ts";
export type { HostError, HostErrorField } from "./host-error.ts";
export type { ProfileEntry, VmOutcome, VmReturn } from "./outcome.ts";
export { runContract, type RunRequest } from "./run-contract.ts";
export { type VerifyMlDsa, VM_CONFIG, type VmConfig, type VmLimits } from "./vm-config.ts";
export type { VmActionReceipt, VmResume } from "./vm-receipt.ts";
