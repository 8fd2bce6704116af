/**
 * Numbers of protocol version 86 that the runtime uses (`core/parameters/res/runtime_configs`), each
 * under nearcore's name. A test compares them with the whole table.
 * @module
 */

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
/** yoctoNEAR that making an account costs, the gas for it included. */
export const ACCOUNT_CREATION_CHARGE = 7_000_000_000_000_000_000_000n;

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
/** Blocks after which a yield that nobody resumed is resumed without data. */
export const YIELD_TIMEOUT = 200n;
