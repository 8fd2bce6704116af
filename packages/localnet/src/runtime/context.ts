/**
 * What a chunk is applied with, and what comes out of it.
 * @module
 */
import type { CompiledModules, VmConfig } from "@yoctonear/vm";
import type { ExecutionOutcome } from "../chain/outcome.ts";
import type { Receipt } from "../chain/receipt.ts";
import type { ValidatorStake } from "../chain/validator-stake.ts";
import type { StateChange } from "../state/state-change.ts";
import type { StateRecord } from "../state/state-record.ts";
import type { Trie } from "../state/trie.ts";
import type { SignatureVerdicts } from "./signature.ts";

/** Everything outside the state that the runtime may look at: the same context gives the same bytes. */
export interface ApplyContext {
  /** Height of the block that holds the chunk. */
  readonly height: number;
  /** Timestamp of that block, nanoseconds since 1970. */
  readonly timestamp: bigint;
  /** Price at which gas is burnt in this block, yoctoNEAR: `next_gas_price` of the block before. */
  readonly gasPrice: bigint;
  /** No new receipt is started once the chunk's compute has reached this. */
  readonly gasLimit: bigint;
  /** The block's random value, base58. */
  readonly randomValue: string;
  readonly prevBlockHash: string;
  readonly chainId: string;
  readonly protocolVersion: number;
  readonly epochHeight: bigint;
  /** False when the block repeats an old chunk: then only the scheduler's row and the validators move. */
  readonly hasNewChunk: boolean;
  /** Tells whether a transaction that names this block has expired, or the block is not of this chain. */
  readonly isExpired: (blockHash: string) => boolean;
  /** Least stake that a Stake action may ask for: floor(seat price of the next epoch / minimum_stake_divisor). */
  readonly minimumStake: bigint;
  /** Rewards and returned stakes, in the first block of an epoch. */
  readonly validatorUpdate: ValidatorUpdate | null;
  /** Records written after everything else (`sandbox_patch_state`). */
  readonly statePatch: readonly StateRecord[];
  /** Congestion info after the chunk before (of its header), or {@link NO_CONGESTION}. */
  readonly congestion: CongestionInfo;
  /** Verdicts of delegate signatures found beforehand; those missing are found here, more slowly. */
  readonly verdicts?: SignatureVerdicts | undefined;
  /** Validators of this epoch. */
  readonly validators: readonly ValidatorStake[];
  /** Contracts compiled beforehand, by code hash, where this runtime compiles none. */
  readonly modules?: CompiledModules | undefined;
  /** Numbers by which contracts run; those of protocol 86 unless told. */
  readonly vmConfig?: VmConfig | undefined;
}

/** What happens to the validators' accounts in the first block of an epoch (nearcore `ValidatorAccountsUpdate`). */
export interface ValidatorUpdate {
  /** Account → largest stake of the last three epochs, for every account that has stake locked. */
  readonly maxStakes: ReadonlyMap<string, bigint>;
  /** Account → reward of the epoch that ended. */
  readonly rewards: ReadonlyMap<string, bigint>;
  /** Account → stake of its last proposal. */
  readonly lastProposals: ReadonlyMap<string, bigint>;
  /** Account that gets the treasury's reward, unless it is a validator. */
  readonly treasuryAccountId: string | null;
}

/** Congestion of a shard, as it enters the chunk header (the allowed shard is the header's own matter). */
export interface CongestionInfo {
  readonly delayedReceiptsGas: bigint;
  readonly bufferedReceiptsGas: bigint;
  readonly receiptBytes: bigint;
}

/** No receipt is waiting. */
export const NO_CONGESTION: CongestionInfo = {
  delayedReceiptsGas: 0n,
  bufferedReceiptsGas: 0n,
  receiptBytes: 0n,
};

/** What applying a chunk gives. */
export interface ApplyResult {
  readonly state: Trie;
  /** One for each transaction and each executed action receipt, in the order of execution. */
  readonly outcomes: readonly ExecutionOutcome[];
  /** Receipts for the next chunk, in the order of emission. */
  readonly outgoingReceipts: readonly Receipt[];
  /** Every receipt made in this chunk, also those that ran here at once or wait here. */
  readonly createdReceipts: readonly Receipt[];
  /** Id of the transaction or receipt that each of them comes from. */
  readonly receiptParents: readonly string[];
  /** Sum of the gas burnt in the outcomes. */
  readonly gasUsed: bigint;
  /** yoctoNEAR that left the supply: tokens burnt less the rewards of contracts. */
  readonly balanceBurnt: bigint;
  readonly validatorProposals: readonly ValidatorStake[];
  readonly congestion: CongestionInfo;
  /** Every row written, with its cause, in order. */
  readonly changes: readonly StateChange[];
  /** Hashes of the transactions that were skipped, since the chunk had them twice. */
  readonly skippedTransactions: readonly string[];
}
