/**
 * What actions and receipts cost at protocol 86 (nearcore `ActionCosts`, core/parameters/res/runtime_configs); 87 has
 * the same figures. A test compares the whole table.
 * @module
 */

/** Gas of one kind of cost. */
export interface Fee {
  /** Burnt when a receipt is made whose sender is its receiver. */
  readonly sendSir: bigint;
  /** Burnt when a receipt is made for another account. */
  readonly sendNotSir: bigint;
  /** Burnt when it runs. */
  readonly exec: bigint;
}

/** Name of a cost (nearcore `ActionCosts`). */
export type ActionCostName =
  | "createAccount"
  | "deleteAccount"
  | "deployContractBase"
  | "deployContractByte"
  | "functionCallBase"
  | "functionCallByte"
  | "transfer"
  | "stake"
  | "addFullAccessKey"
  | "addFunctionCallKeyBase"
  | "addFunctionCallKeyByte"
  | "deleteKey"
  | "newActionReceipt"
  | "newDataReceiptBase"
  | "newDataReceiptByte"
  | "delegate"
  | "deployGlobalContractBase"
  | "deployGlobalContractByte"
  | "useGlobalContractBase"
  | "useGlobalContractByte"
  | "deterministicStateInitBase"
  | "deterministicStateInitByte"
  | "deterministicStateInitEntry"
  | "gasKeyTransferBase"
  | "gasKeyByte"
  | "gasKeyNonceWriteBase";

/** The protocol version whose costs are told unless another is asked for. */
export const DEFAULT_PROTOCOL_VERSION = 86;
/** First protocol version with universal accounts. */
export const UNIVERSAL_ACCOUNTS_VERSION = 88;

/** Fees of actions and receipts by their cost. */
export type ActionFees = Readonly<Record<ActionCostName, Fee>>;

/** Least price, yoctoNEAR, at which gas is bought; it is burnt at the block's price. */
export const MIN_GAS_PURCHASE_PRICE = 1_000_000_000n;
/** Gas of checking an ML-DSA-65 signature; the other schemes are free. */
export const ML_DSA_VERIFICATION_COST = 100_000_000_000n;

/** Fees of actions and receipts at protocol 86, in gas. */
export const ACTION_FEES: ActionFees = {
  createAccount: {
    sendSir: 500_000_000_000n,
    sendNotSir: 500_000_000_000n,
    exec: 7_200_000_000_000n,
  },
  deleteAccount: {
    sendSir: 147_489_000_000n,
    sendNotSir: 147_489_000_000n,
    exec: 147_489_000_000n,
  },
  deployContractBase: {
    sendSir: 184_765_750_000n,
    sendNotSir: 184_765_750_000n,
    exec: 184_765_750_000n,
  },
  deployContractByte: { sendSir: 6_812_999n, sendNotSir: 47_683_715n, exec: 64_572_944n },
  functionCallBase: {
    sendSir: 200_000_000_000n,
    sendNotSir: 200_000_000_000n,
    exec: 780_000_000_000n,
  },
  functionCallByte: { sendSir: 2_235_934n, sendNotSir: 47_683_715n, exec: 2_235_934n },
  transfer: { sendSir: 115_123_062_500n, sendNotSir: 115_123_062_500n, exec: 115_123_062_500n },
  stake: { sendSir: 141_715_687_500n, sendNotSir: 141_715_687_500n, exec: 102_217_625_000n },
  addFullAccessKey: {
    sendSir: 101_765_125_000n,
    sendNotSir: 101_765_125_000n,
    exec: 101_765_125_000n,
  },
  addFunctionCallKeyBase: {
    sendSir: 102_217_625_000n,
    sendNotSir: 102_217_625_000n,
    exec: 102_217_625_000n,
  },
  addFunctionCallKeyByte: { sendSir: 1_925_331n, sendNotSir: 47_683_715n, exec: 1_925_331n },
  deleteKey: { sendSir: 94_946_625_000n, sendNotSir: 94_946_625_000n, exec: 94_946_625_000n },
  newActionReceipt: {
    sendSir: 108_059_500_000n,
    sendNotSir: 108_059_500_000n,
    exec: 108_059_500_000n,
  },
  newDataReceiptBase: {
    sendSir: 36_486_732_312n,
    sendNotSir: 36_486_732_312n,
    exec: 36_486_732_312n,
  },
  newDataReceiptByte: { sendSir: 17_212_011n, sendNotSir: 47_683_715n, exec: 17_212_011n },
  delegate: { sendSir: 200_000_000_000n, sendNotSir: 200_000_000_000n, exec: 200_000_000_000n },
  deployGlobalContractBase: {
    sendSir: 184_765_750_000n,
    sendNotSir: 184_765_750_000n,
    exec: 184_765_750_000n,
  },
  deployGlobalContractByte: { sendSir: 6_812_999n, sendNotSir: 47_683_715n, exec: 70_000_000n },
  useGlobalContractBase: {
    sendSir: 184_765_750_000n,
    sendNotSir: 184_765_750_000n,
    exec: 184_765_750_000n,
  },
  useGlobalContractByte: { sendSir: 6_812_999n, sendNotSir: 47_683_715n, exec: 64_572_944n },
  deterministicStateInitBase: {
    sendSir: 500_000_000_000n,
    sendNotSir: 500_000_000_000n,
    exec: 7_430_000_000_000n,
  },
  deterministicStateInitByte: { sendSir: 72_000_000n, sendNotSir: 72_000_000n, exec: 70_000_000n },
  deterministicStateInitEntry: { sendSir: 0n, sendNotSir: 0n, exec: 200_000_000_000n },
  gasKeyTransferBase: {
    sendSir: 115_123_062_500n,
    sendNotSir: 115_123_062_500n,
    exec: 235_676_644_250n,
  },
  gasKeyByte: { sendSir: 59_357_464n, sendNotSir: 59_357_464n, exec: 101_435_400n },
  gasKeyNonceWriteBase: { sendSir: 0n, sendNotSir: 0n, exec: 64_196_736_000n },
};

/** Fees of a universal state init by what it has (nearcore `88.yaml`); its keys cost as added ones do. */
export const UNIVERSAL_STATE_INIT_FEES: Readonly<Record<"base" | "byte" | "entry", Fee>> = {
  base: { sendSir: 500_000_000_000n, sendNotSir: 500_000_000_000n, exec: 7_430_000_000_000n },
  byte: { sendSir: 78_000_000n, sendNotSir: 78_000_000n, exec: 74_000_000n },
  entry: { sendSir: 3_100_000_000n, sendNotSir: 3_100_000_000n, exec: 200_000_000_000n },
};
