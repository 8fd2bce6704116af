/**
 * Epochs: where they start, who validates in them, what happens at their turn. Stakes proposed in one
 * epoch count in the next but one. Source: nearcore chain/epoch-manager/src/lib.rs.
 * @module
 */
import type { ValidatorUpdate } from "../runtime/context.ts";
import type { BlockHeader } from "./block-header.ts";
import {
  electValidators,
  type EpochInfo,
  genesisEpochInfo,
  type Kickout,
} from "./epoch-election.ts";
import { countRewards, type EpochWork, kickoutsForWork, NO_WORK } from "./epoch-reward.ts";
import type { GenesisConfig } from "./genesis-config.ts";
import { ZERO_HASH } from "./hash.ts";
import { blockProducersHash, type ValidatorStake } from "./validator-stake.ts";

/** A block's place in its epoch. */
export interface EpochPosition {
  readonly epochId: string;
  readonly nextEpochId: string;
  /** Height of the epoch's first block. */
  readonly firstHeight: number;
  /** Timestamp, ns, of the last block of the epoch before. */
  readonly startedAfter: bigint;
  readonly current: EpochInfo;
  readonly next: EpochInfo;
  /** Hash of the next epoch's block producers. */
  readonly nextBpHash: string;
  /** The last proposal of each account in this epoch so far. */
  readonly proposals: ReadonlyMap<string, ValidatorStake>;
  /** Work in this epoch so far. */
  readonly work: EpochWork;
  /** yoctoNEAR minted by this block: in the first one of an epoch. */
  readonly minted: bigint;
  /** Rewards and returned stakes: in the first block of an epoch. */
  readonly update: Omit<ValidatorUpdate, "lastProposals"> | null;
}

/** What of a block its successor's place depends on. */
export interface EpochParent {
  readonly header: Pick<BlockHeader, "hash" | "height" | "timestamp" | "totalSupply">;
  /** Height of its last final block. */
  readonly finalHeight: number;
  readonly epoch: EpochPosition;
}

/** A block that is to be placed. */
export interface EpochBlock {
  readonly height: number;
  readonly hasNewChunk: boolean;
  /** Proposals in its new chunks. */
  readonly proposals: readonly ValidatorStake[];
}

/** An epoch ends once a block this many heights before its end is final. */
const FINALITY_LAG = 3;

/** The place of the genesis block. */
export function genesisEpoch(config: GenesisConfig): EpochPosition {
  const info = genesisEpochInfo(config);
  return {
    epochId: ZERO_HASH,
    nextEpochId: ZERO_HASH,
    firstHeight: config.genesisHeight,
    startedAfter: config.genesisTime,
    current: info,
    next: info,
    nextBpHash: blockProducersHash(blockProducers(info, config)),
    proposals: new Map(),
    work: NO_WORK,
    minted: 0n,
    update: null,
  };
}

/** Tells whether the block after this one is the first of an epoch. */
export function endsEpoch(parent: EpochParent, config: GenesisConfig): boolean {
  const { header, finalHeight, epoch } = parent;
  if (header.height === config.genesisHeight) return true;
  return finalHeight + FINALITY_LAG >= epoch.firstHeight + config.epochLength;
}

/** The place of a block after its parent. */
export function epochAfter(
  parent: EpochParent,
  block: EpochBlock,
  config: GenesisConfig,
): EpochPosition {
  const start = endsEpoch(parent, config)
    ? startEpoch(parent, block.height, config)
    : { ...parent.epoch, minted: 0n, update: null };
  return {
    ...start,
    proposals: withProposals(start.proposals, block.proposals),
    work: {
      expectedBlocks: start.work.expectedBlocks + block.height - parent.header.height,
      producedBlocks: start.work.producedBlocks + 1,
      expectedChunks: start.work.expectedChunks + 1,
      producedChunks: start.work.producedChunks + (block.hasNewChunk ? 1 : 0),
    },
  };
}

/** The validators of an epoch that may produce blocks. */
export function blockProducers(info: EpochInfo, config: GenesisConfig): readonly ValidatorStake[] {
  return info.validators.slice(0, config.numBlockProducerSeats);
}

/**
 * Those whose approvals a block takes, in order. Shortly before an epoch's end the producers of the
 * next one approve too.
 */
export function approvers(parent: EpochParent, config: GenesisConfig): readonly ValidatorStake[] {
  const { epoch, header, finalHeight } = parent;
  const [current, next] = [epoch.current, epoch.next].map((info) => blockProducers(info, config));
  if (current === undefined || next === undefined) return [];
  if (endsEpoch(parent, config)) return next;
  const end = epoch.firstHeight + config.epochLength;
  const isNear = finalHeight + FINALITY_LAG < end && header.height + FINALITY_LAG >= end;
  if (!isNear) return current;
  const known = new Set(current.map(({ accountId }) => accountId));
  return [...current, ...next.filter(({ accountId }) => !known.has(accountId))];
}

function startEpoch(parent: EpochParent, height: number, config: GenesisConfig): EpochPosition {
  const { header, epoch } = parent;
  const isFirst = header.height === config.genesisHeight;
  const afterNext = isFirst ? epoch.next : settle(parent, config);
  const infos = [epoch.current, epoch.next, afterNext];
  return {
    epochId: epoch.nextEpochId,
    nextEpochId: header.hash,
    firstHeight: height,
    startedAfter: header.timestamp,
    current: epoch.next,
    next: afterNext,
    nextBpHash: blockProducersHash(blockProducers(afterNext, config)),
    proposals: new Map(),
    work: NO_WORK,
    minted: isFirst ? 0n : afterNext.minted,
    update: {
      maxStakes: largestStakes(infos.map(({ stakeChange }) => stakeChange)),
      rewards: afterNext.rewards,
      treasuryAccountId: config.protocolTreasuryAccount,
    },
  };
}

/** Closes the parent's epoch and settles the next but one. */
function settle({ header, epoch }: EpochParent, config: GenesisConfig): EpochInfo {
  const { current, next, proposals, work } = epoch;
  const kickouts = new Map<string, Kickout>();
  for (const { accountId, stake } of proposals.values()) {
    const isStaked = (next.stakeChange.get(accountId) ?? 0n) !== 0n;
    if (stake === 0n && isStaked) kickouts.set(accountId, { type: "Unstaked" });
  }
  for (const [accountId, kickout] of kickoutsForWork(current, work, next.kickouts, config)) {
    kickouts.set(accountId, kickout);
  }
  const duration = header.timestamp - epoch.startedAfter;
  const supply = header.totalSupply;
  const earned = countRewards(current, work, kickouts, { supply, duration }, config);
  return electValidators(
    { before: next, proposals: proposals.values(), kickouts, ...earned },
    config,
  );
}

function largestStakes(
  changes: readonly ReadonlyMap<string, bigint>[],
): ReadonlyMap<string, bigint> {
  const largest = new Map<string, bigint>();
  for (const change of changes) {
    for (const [accountId, stake] of change) {
      if (stake >= (largest.get(accountId) ?? 0n)) largest.set(accountId, stake);
    }
  }
  return largest;
}

function withProposals(
  proposals: ReadonlyMap<string, ValidatorStake>,
  more: readonly ValidatorStake[],
): ReadonlyMap<string, ValidatorStake> {
  if (more.length === 0) return proposals;
  return new Map([
    ...proposals,
    ...more.map((proposal) => [proposal.accountId, proposal] as const),
  ]);
}
