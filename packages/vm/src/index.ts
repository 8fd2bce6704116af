/**
 * The contract VM of NEAR: runs the code of a contract and tells what came of it, gas for gas.
 * @module
 */
export { ACTION_FEES, type ActionCostName, type ActionFees, type Fee } from "./action-fees.ts";
export type { ContractKind, PromiseResult, VmContext } from "./context.ts";
export type { External, NodeCount } from "./external.ts";
export { VM_CONFIG, type VmConfig, type VmLimits } from "./vm-config.ts";
