/**
 * Who validates, for which stake. Source: nearcore chain/epoch-manager/src/validator_selection.rs.
 * @module
 */
import type { GenesisConfig, Ratio } from "./genesis-config.ts";
import type { ValidatorStake } from "./validator-stake.ts";

/** Why an account is no validator any more, in nearcore's words. */
export type Kickout =
  | { readonly type: "Unstaked" }
  | {
      readonly type: "NotEnoughBlocks" | "NotEnoughChunks" | "NotEnoughChunkEndorsements";
      readonly produced: number;
      readonly expected: number;
    }
  | { readonly type: "NotEnoughStake"; readonly stake: bigint; readonly threshold: bigint };

/** One epoch's validators, settled two epochs before it. */
export interface EpochInfo {
  /** Number of the epoch, from 1. */
  readonly epochHeight: bigint;
  /** The largest stake first. */
  readonly validators: readonly ValidatorStake[];
  /** Stakes as they became by the proposals of the epoch that ended, yoctoNEAR. */
  readonly stakeChange: ReadonlyMap<string, bigint>;
  /** Rewards for that epoch, yoctoNEAR. */
  readonly rewards: ReadonlyMap<string, bigint>;
  readonly kickouts: ReadonlyMap<string, Kickout>;
  /** Rewards in all, yoctoNEAR. */
  readonly minted: bigint;
  /** Least stake that would have got a seat, yoctoNEAR. */
  readonly seatPrice: bigint;
}

/** What an election starts from. */
export interface Election {
  /** The epoch before the one to settle. */
  readonly before: EpochInfo;
  /** The last proposal of each account. */
  readonly proposals: Iterable<ValidatorStake>;
  readonly kickouts: ReadonlyMap<string, Kickout>;
  readonly rewards: ReadonlyMap<string, bigint>;
  readonly minted: bigint;
}

/** Validators of the first epochs. */
export function genesisEpochInfo(config: GenesisConfig): EpochInfo {
  const { taken, seatPrice } = select(config.validators, config);
  return {
    epochHeight: 1n,
    validators: taken,
    stakeChange: new Map(config.validators.map(({ accountId, stake }) => [accountId, stake])),
    rewards: new Map([[config.protocolTreasuryAccount, 0n]]),
    kickouts: new Map(),
    minted: 0n,
    seatPrice,
  };
}

/** Settles an epoch. Validators stay, with their rewards, unless they were kicked out. */
export function electValidators(election: Election, config: GenesisConfig): EpochInfo {
  const { before, rewards, minted } = election;
  const kickouts = new Map(election.kickouts);
  const stakeChange = new Map<string, bigint>();
  const candidates = new Map<string, ValidatorStake>();
  for (const proposal of election.proposals) {
    const isOut = kickouts.has(proposal.accountId);
    stakeChange.set(proposal.accountId, isOut ? 0n : proposal.stake);
    if (!isOut) candidates.set(proposal.accountId, proposal);
  }
  for (const validator of before.validators) {
    const { accountId } = validator;
    if (kickouts.has(accountId)) {
      stakeChange.set(accountId, 0n);
      continue;
    }
    const candidate = candidates.get(accountId) ?? validator;
    const stake = candidate.stake + (rewards.get(accountId) ?? 0n);
    candidates.set(accountId, { ...candidate, stake });
    stakeChange.set(accountId, stake);
  }
  const { taken, left, seatPrice } = select([...candidates.values()], config);
  // Without any validator the chain would end: the epoch before is taken once more.
  if (taken.length === 0) return { ...before, epochHeight: before.epochHeight + 1n };
  for (const { accountId, stake } of left) {
    stakeChange.set(accountId, 0n);
    if (before.validators.some((validator) => validator.accountId === accountId)) {
      kickouts.set(accountId, { type: "NotEnoughStake", stake, threshold: seatPrice });
    }
  }
  const epochHeight = before.epochHeight + 1n;
  return { epochHeight, validators: taken, stakeChange, rewards, kickouts, minted, seatPrice };
}

interface Selection {
  readonly taken: readonly ValidatorStake[];
  readonly left: readonly ValidatorStake[];
  readonly seatPrice: bigint;
}

function select(candidates: readonly ValidatorStake[], config: GenesisConfig): Selection {
  const sorted = [...candidates].sort(byStake);
  const seats = [
    config.numBlockProducerSeats,
    config.numChunkProducerSeats,
    config.numChunkValidatorSeats,
  ];
  const taken = takeSeats(sorted, Math.max(...seats), config.minimumStakeRatio);
  const prices = seats.map((count) => seatPrice(taken.slice(0, count), count, config));
  return {
    taken,
    left: sorted.slice(taken.length),
    seatPrice: prices.reduce((least, price) => (price < least ? price : least)),
  };
}

/** Takes validators by falling stake while each still counts for something beside those before it. */
function takeSeats(
  sorted: readonly ValidatorStake[],
  seats: number,
  [numerator, denominator]: Ratio,
): readonly ValidatorStake[] {
  let total = 0n;
  const end = sorted.findIndex(({ stake }, i) => {
    total += stake;
    return i >= seats || stake * denominator <= numerator * total;
  });
  return end === -1 ? sorted : sorted.slice(0, end);
}

function seatPrice(
  taken: readonly ValidatorStake[],
  seats: number,
  { minimumStakeRatio: [numerator, denominator] }: GenesisConfig,
): bigint {
  const last = taken.at(-1);
  if (last !== undefined && taken.length === seats) return last.stake + 1n;
  const total = taken.reduce((sum, { stake }) => sum + stake, 0n);
  const rest = denominator - numerator;
  return (numerator * total + rest - 1n) / rest;
}

function byStake(a: ValidatorStake, b: ValidatorStake): number {
  if (a.stake !== b.stake) return a.stake > b.stake ? -1 : 1;
  return a.accountId < b.accountId ? -1 : 1;
}
