/**
 * The validators of an epoch as nearcore's RPC shows them (`EpochValidatorInfo`).
 * Source: nearcore chain/epoch-manager/src/lib.rs (`get_validator_info`).
 * @module
 */
import type { Kickout } from "../chain/epoch-election.ts";
import type { EpochPosition } from "../chain/epoch.ts";
import type { ValidatorStake } from "../chain/validator-stake.ts";
import { type Json, u128Json, u64Json } from "../runtime/json.ts";
import { validatorStakeView } from "./block-view.ts";

/** How an epoch is looked at. */
export interface EpochLook {
  /** Of an epoch that has ended a node keeps no numbers by shard. */
  readonly hasEnded: boolean;
  /** Who makes every block. */
  readonly producerId: string;
  readonly shardId: number;
}

/**
 * Shows an epoch.
 * @param epoch - place of its last block so far
 */
export function validatorsView(
  epoch: EpochPosition,
  look: EpochLook,
): { readonly [key: string]: Json } {
  const { current, next } = epoch;
  return {
    current_validators: current.validators.map((validator) =>
      currentValidatorView(validator, epoch, look),
    ),
    next_validators: next.validators.map(({ accountId, publicKey, stake }) => ({
      account_id: accountId,
      public_key: publicKey,
      stake: u128Json(stake),
      shards: [look.shardId],
    })),
    current_fishermen: [],
    next_fishermen: [],
    current_proposals: sortedEntries(epoch.proposals).map(([, stake]) => validatorStakeView(stake)),
    prev_epoch_kickout: sortedEntries(next.kickouts).map(([accountId, kickout]) => ({
      account_id: accountId,
      reason: kickoutView(kickout),
    })),
    validator_reward_paid_prev_epoch: Object.fromEntries(
      sortedEntries(current.rewards).map(([accountId, reward]) => [accountId, u128Json(reward)]),
    ),
    epoch_start_height: epoch.firstHeight,
    epoch_height: u64Json(current.epochHeight),
  };
}

function currentValidatorView(
  { accountId, publicKey, stake }: ValidatorStake,
  { work }: EpochPosition,
  { hasEnded, producerId, shardId }: EpochLook,
): Json {
  const isProducer = accountId === producerId;
  const made = (count: number): number => (isProducer ? count : 0);
  const byShard = (count: number): Json => [hasEnded ? 0 : count];
  // A chunk is endorsed by all; only the producer does it.
  const endorsed = made(work.producedChunks);
  return {
    account_id: accountId,
    public_key: publicKey,
    is_slashed: false,
    stake: u128Json(stake),
    shards: [shardId],
    num_produced_blocks: made(work.producedBlocks),
    num_expected_blocks: made(work.expectedBlocks),
    num_produced_chunks: made(work.producedChunks),
    num_expected_chunks: made(work.expectedChunks),
    num_produced_chunks_per_shard: byShard(made(work.producedChunks)),
    num_expected_chunks_per_shard: byShard(made(work.expectedChunks)),
    num_produced_endorsements: endorsed,
    num_expected_endorsements: work.expectedChunks,
    num_produced_endorsements_per_shard: hasEnded ? [] : [endorsed],
    num_expected_endorsements_per_shard: hasEnded ? [] : [work.expectedChunks],
    shards_endorsed: hasEnded ? [] : [shardId],
  };
}

function kickoutView(kickout: Kickout): Json {
  switch (kickout.type) {
    case "Unstaked":
      return "Unstaked";
    case "NotEnoughStake": {
      const { stake, threshold } = kickout;
      return {
        NotEnoughStake: { stake_u128: u128Json(stake), threshold_u128: u128Json(threshold) },
      };
    }
    default:
      return { [kickout.type]: { produced: kickout.produced, expected: kickout.expected } };
  }
}

function sortedEntries<T>(map: ReadonlyMap<string, T>): (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
