/**
 * Numbers of protocol version 86 that the runtime uses (`core/parameters/res/runtime_configs`), each
 * under nearcore's name. A test compares them with the whole table.
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
export type CostName =
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

/** Fees of actions and receipts, in gas. */
export const FEES: Readonly<Record<CostName, Fee>> = {
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

/** Compute where it is more than gas: deploying compiles the code. */
export const DEPLOY_COMPUTE_BASE = 20_000_000_000_000n;
export const DEPLOY_COMPUTE_PER_BYTE = 250_000_000n;
/** Compute of installing a global contract, when its distribution receipt arrives. */
export const GLOBAL_DEPLOY_COMPUTE_BASE = 20_000_000_000_000n;
export const GLOBAL_DEPLOY_COMPUTE_PER_BYTE = 250_000_000n;
/** Compute of removing one nonce row of a gas key. */
export const STORAGE_REMOVE_COMPUTE_BASE = 200_000_000_000n;
export const STORAGE_REMOVE_COMPUTE_KEY_BYTE = 38_220_384n;
export const STORAGE_REMOVE_COMPUTE_VALUE_BYTE = 11_531_556n;

/** yoctoNEAR that must be staked for a byte of storage. */
export const STORAGE_PRICE = 10_000_000_000_000_000_000n;
/** yoctoNEAR burnt for a byte of a global contract. */
export const GLOBAL_CONTRACT_PRICE = 100_000_000_000_000_000_000n;
/** Share of the gas burnt in a call that its contract gets. */
export const REWARD_NUMERATOR = 3n;
export const REWARD_DENOMINATOR = 10n;
/** Least price, yoctoNEAR, at which gas is bought; it is burnt at the block's price. */
export const MIN_GAS_PURCHASE_PRICE = 1_000_000_000n;
/** yoctoNEAR that making an account costs, the gas for it included. */
export const ACCOUNT_CREATION_CHARGE = 7_000_000_000_000_000_000_000n;
/** Gas of checking an ML-DSA-65 signature; the other schemes are free. */
export const ML_DSA_VERIFICATION_COST = 100_000_000_000n;

/** Accounts that take no more bytes than this need no balance (NEP-448). */
export const ZERO_BALANCE_STORAGE_LIMIT = 770n;
/** Accounts whose keys and data take more bytes than this cannot be deleted. */
export const MAX_DELETABLE_STORAGE = 10_000n;
/** Nonces of a height: those of a new key start at (height − 1) times this. */
export const NONCE_RANGE = 1_000_000n;
/** Most nonce lanes of a gas key. */
export const MAX_GAS_KEY_NONCES = 1024;
/** Largest balance of gas keys, yoctoNEAR, that is burnt with them. */
export const MAX_BURNABLE_GAS_KEY_BALANCE = 1_000_000_000_000_000_000_000_000n;
/** Shorter top-level account ids are made by the registrar only. */
export const MIN_TOP_LEVEL_LENGTH = 65;
export const REGISTRAR_ID = "registrar";

export const MAX_TOTAL_PREPAID_GAS = 1_000_000_000_000_000n;
export const MAX_ACTIONS = 100;
export const MAX_DEPLOY_ACTIONS = 10;
export const MAX_METHOD_NAMES_BYTES = 2_000;
export const MAX_METHOD_NAME_LENGTH = 256;
export const MAX_ARGUMENTS_LENGTH = 4_194_304;
export const MAX_RETURNED_DATA_LENGTH = 4_194_304;
export const MAX_CONTRACT_SIZE = 4_194_304;
export const MAX_TRANSACTION_SIZE = 1_572_864;
export const MAX_RECEIPT_SIZE = 4_194_304;
export const MAX_STORAGE_KEY_LENGTH = 2_048;
export const MAX_STORAGE_VALUE_LENGTH = 4_194_304;
export const MAX_INPUT_DATA = 128;
/** Most bytes of outgoing receipts that the bandwidth scheduler grants a shard per block. */
export const MAX_SHARD_BANDWIDTH = 4_500_000n;
/** Bandwidth, bytes, that a new chunk uses up for the link of a shard to itself. */
export const BASE_BANDWIDTH = 100_000n;
