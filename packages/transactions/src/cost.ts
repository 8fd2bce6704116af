/**
 * What transactions cost: nearcore's fees at protocol 86 and its sums of them. Nothing here asks a node.
 * @module
 */
export {
  ACTION_FEES,
  type ActionCostName,
  type ActionFees,
  DEFAULT_PROTOCOL_VERSION,
  type Fee,
  MIN_GAS_PURCHASE_PRICE,
  ML_DSA_VERIFICATION_COST,
  UNIVERSAL_STATE_INIT_FEES,
} from "./cost/action-fees.ts";
export {
  accessKeyRowLength,
  execFee,
  type FeeStep,
  keyHandleLength,
  sendFees,
  sendStep,
  universalStateInitCounts,
} from "./cost/fees.ts";
export { stateInitCounts } from "./cost/state-init-counts.ts";
export {
  isDelegate,
  prepaidGas,
  prepaidSend,
  prepaidTotal,
  totalDeposit,
  type TransactionCost,
  transactionCost,
} from "./cost/transaction-cost.ts";
