/**
 * What validators get for an epoch, and who loses the seat. The chain has one producer, which makes
 * every block; other validators only could endorse, and never do.
 * Source: nearcore chain/epoch-manager/src/{reward_calculator,lib}.rs.
 * @module
 */
import type { EpochInfo, Kickout } from "./epoch-election.ts";
import type { GenesisConfig } from "./genesis-config.ts";

/** How much was to be done in an epoch so far, and was. */
export interface EpochWork {
  /** Heights, those without a block too. */
  readonly expectedBlocks: number;
  readonly producedBlocks: number;
  /** One a block. */
  readonly expectedChunks: number;
  readonly producedChunks: number;
}

/** Nothing to do yet. */
export const NO_WORK: EpochWork = {
  expectedBlocks: 0,
  producedBlocks: 0,
  expectedChunks: 0,
  producedChunks: 0,
};

/** Rewards of an epoch. */
export interface EpochRewards {
  /** yoctoNEAR by account, that of the treasury too. */
  readonly rewards: ReadonlyMap<string, bigint>;
  /** yoctoNEAR in all. */
  readonly minted: bigint;
}

/** A fortieth a year is the protocol's own rate; `max_inflation_rate` of the genesis is overruled. */
const INFLATION_DIVISOR = 40n;
const SECONDS_PER_YEAR = 31_536_000n;
const NANOSECONDS = 1_000_000_000n;
const PERCENT = 100n;

/**
 * Counts the rewards of an epoch that ended.
 * @param supply - yoctoNEAR at its last block
 * @param duration - nanoseconds, from the last block of the epoch before it
 */
export function countRewards(
  epoch: EpochInfo,
  work: EpochWork,
  kickouts: ReadonlyMap<string, Kickout>,
  { supply, duration }: { readonly supply: bigint; readonly duration: bigint },
  config: GenesisConfig,
): EpochRewards {
  const year = INFLATION_DIVISOR * SECONDS_PER_YEAR * NANOSECONDS;
  const total = (supply * duration) / year;
  const [numerator, denominator] = config.protocolRewardRate;
  const treasury = (total * numerator) / denominator;
  const rewards = new Map([[config.protocolTreasuryAccount, treasury]]);
  let minted = treasury;
  const totalStake = epoch.validators.reduce((sum, { stake }) => sum + stake, 0n);
  for (const { accountId, stake } of epoch.validators) {
    if (isForWork(kickouts.get(accountId))) continue;
    const [share, whole] = accountId === producerId(config) ? onlineShare(work, config) : [0n, 1n];
    const reward = ((total - treasury) * share * stake) / whole / totalStake;
    rewards.set(accountId, reward);
    minted += reward;
  }
  return { rewards, minted };
}

/**
 * Finds the validators that did not do enough.
 * @param before - those kicked out at the end of the epoch before
 */
export function kickoutsForWork(
  epoch: EpochInfo,
  work: EpochWork,
  before: ReadonlyMap<string, Kickout>,
  config: GenesisConfig,
): ReadonlyMap<string, Kickout> {
  const kickouts = new Map<string, Kickout>();
  for (const { accountId } of epoch.validators) {
    const kickout =
      accountId === producerId(config)
        ? producerKickout(work, config)
        : endorserKickout(work, config);
    if (kickout !== null) kickouts.set(accountId, kickout);
  }
  const stay = epoch.validators.some(
    ({ accountId }) => !kickouts.has(accountId) && !before.has(accountId),
  );
  // Never all of them: the one that made the most blocks stays.
  const producer = epoch.validators.find(({ accountId }) => accountId === producerId(config));
  if (!stay && producer !== undefined) kickouts.delete(producer.accountId);
  return kickouts;
}

/**
 * The account that makes the blocks: the first validator of the genesis.
 * @throws {RangeError} when there is none
 */
export function producerId({ validators: [producer] }: GenesisConfig): string {
  if (producer === undefined) throw new RangeError("expected a validator in the genesis, got none");
  return producer.accountId;
}

function isForWork(kickout: Kickout | undefined): boolean {
  return kickout !== undefined && "produced" in kickout;
}

function producerKickout(work: EpochWork, config: GenesisConfig): Kickout | null {
  const { expectedBlocks, producedBlocks, expectedChunks, producedChunks } = work;
  if (isBelow(producedBlocks, expectedBlocks, config.blockProducerKickoutThreshold)) {
    return { type: "NotEnoughBlocks", produced: producedBlocks, expected: expectedBlocks };
  }
  if (isBelow(producedChunks, expectedChunks, config.chunkProducerKickoutThreshold)) {
    return { type: "NotEnoughChunks", produced: producedChunks, expected: expectedChunks };
  }
  return null;
}

function endorserKickout({ expectedChunks }: EpochWork, config: GenesisConfig): Kickout | null {
  if (!isBelow(0, expectedChunks, config.chunkValidatorOnlyKickoutThreshold)) return null;
  return { type: "NotEnoughChunkEndorsements", produced: 0, expected: expectedChunks };
}

function isBelow(produced: number, expected: number, threshold: bigint): boolean {
  return BigInt(produced) * PERCENT < threshold * BigInt(expected);
}

/** Part of the full reward that the producer has earned, by how much of its work was done. */
function onlineShare(work: EpochWork, config: GenesisConfig): readonly [bigint, bigint] {
  const { expectedBlocks, producedBlocks, expectedChunks, producedChunks } = work;
  if (expectedBlocks === 0 || expectedChunks === 0) return [0n, 1n];
  const [blocks, chunks] = [BigInt(expectedBlocks), BigInt(expectedChunks)];
  // Endorsements, of which each new chunk has one, count all or not at all.
  const cutoff = config.chunkValidatorOnlyKickoutThreshold;
  const endorsed = isBelow(producedChunks, expectedChunks, cutoff) ? 0n : 1n;
  const done =
    BigInt(producedBlocks) * chunks + BigInt(producedChunks) * blocks + endorsed * blocks * chunks;
  const whole = 3n * blocks * chunks;
  const [minimum, minimumOf] = config.onlineMinThreshold;
  const [maximum, maximumOf] = config.onlineMaxThreshold;
  if (done * minimumOf < minimum * whole) return [0n, 1n];
  const share = (done * minimumOf - minimum * whole) * maximumOf;
  const full = (maximum * minimumOf - minimum * maximumOf) * whole;
  return share < full ? [share, full] : [1n, 1n];
}
