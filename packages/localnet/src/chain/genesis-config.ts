/**
 * The configuration of a chain: what of nearcore's genesis.json the chain acts upon.
 * Source: nearcore core/chain-configs/src/genesis_config.rs.
 * @module
 */
import {
  countField,
  integerField,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  ratioField,
  textField,
} from "./json-field.ts";
import { assertProtocolVersion } from "../runtime/protocol-version.ts";
import type { ValidatorStake } from "./validator-stake.ts";

/** Numerator and denominator. */
export type Ratio = readonly [bigint, bigint];

/** Configuration of a chain. */
export interface GenesisConfig {
  readonly protocolVersion: number;
  /** Nanoseconds since 1970. */
  readonly genesisTime: bigint;
  readonly chainId: string;
  readonly genesisHeight: number;
  readonly numBlockProducerSeats: number;
  readonly numChunkProducerSeats: number;
  readonly numChunkValidatorSeats: number;
  /** Blocks. */
  readonly epochLength: number;
  /** Of a chunk. */
  readonly gasLimit: bigint;
  /** yoctoNEAR a gas unit. */
  readonly minGasPrice: bigint;
  readonly maxGasPrice: bigint;
  readonly gasPriceAdjustmentRate: Ratio;
  /** Percent of its blocks that a validator must produce to stay one. */
  readonly blockProducerKickoutThreshold: bigint;
  readonly chunkProducerKickoutThreshold: bigint;
  readonly chunkValidatorOnlyKickoutThreshold: bigint;
  /** Share of its work with which a validator starts to earn, and earns all. */
  readonly onlineMinThreshold: Ratio;
  readonly onlineMaxThreshold: Ratio;
  readonly validators: readonly ValidatorStake[];
  /** Blocks for which a transaction is valid. */
  readonly transactionValidityPeriod: number;
  readonly protocolRewardRate: Ratio;
  /** yoctoNEAR. */
  readonly totalSupply: bigint;
  readonly protocolTreasuryAccount: string;
  readonly minimumStakeDivisor: bigint;
  readonly minimumStakeRatio: Ratio;
  readonly targetValidatorMandatesPerShard: bigint;
  readonly shardId: number;
}

/**
 * Reads the configuration from genesis.json.
 * @throws {TypeError} for a field of another type, {@link RangeError} for more than one shard or a protocol version
 *   that this chain does not run
 */
export function readGenesisConfig(json: JsonObject): GenesisConfig {
  const protocolVersion = countField(json, "protocol_version");
  assertProtocolVersion(protocolVersion);
  return {
    protocolVersion,
    genesisTime: parseTime(textField(json, "genesis_time")),
    chainId: textField(json, "chain_id"),
    genesisHeight: countField(json, "genesis_height"),
    numBlockProducerSeats: countField(json, "num_block_producer_seats"),
    numChunkProducerSeats: countField(json, "num_chunk_producer_seats"),
    numChunkValidatorSeats: countField(json, "num_chunk_validator_seats"),
    epochLength: countField(json, "epoch_length"),
    gasLimit: integerField(json, "gas_limit"),
    minGasPrice: integerField(json, "min_gas_price"),
    maxGasPrice: integerField(json, "max_gas_price"),
    gasPriceAdjustmentRate: ratioField(json, "gas_price_adjustment_rate"),
    blockProducerKickoutThreshold: integerField(json, "block_producer_kickout_threshold"),
    chunkProducerKickoutThreshold: integerField(json, "chunk_producer_kickout_threshold"),
    chunkValidatorOnlyKickoutThreshold: integerField(
      json,
      "chunk_validator_only_kickout_threshold",
    ),
    onlineMinThreshold: ratioField(json, "online_min_threshold"),
    onlineMaxThreshold: ratioField(json, "online_max_threshold"),
    validators: listField(json, "validators").map(readValidator),
    transactionValidityPeriod: countField(json, "transaction_validity_period"),
    protocolRewardRate: ratioField(json, "protocol_reward_rate"),
    totalSupply: integerField(json, "total_supply"),
    protocolTreasuryAccount: textField(json, "protocol_treasury_account"),
    minimumStakeDivisor: integerField(json, "minimum_stake_divisor"),
    minimumStakeRatio: ratioField(json, "minimum_stake_ratio"),
    targetValidatorMandatesPerShard: integerField(json, "target_validator_mandates_per_shard"),
    shardId: readShard(objectField(json, "shard_layout")),
  };
}

/** Time of RFC 3339 in UTC, with up to nine decimals, as nanoseconds since 1970. */
export function parseTime(text: string): bigint {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|\+00:00)$/.exec(text);
  const [, seconds, fraction = ""] = match ?? [];
  const milliseconds = seconds === undefined ? Number.NaN : Date.parse(`${seconds}Z`);
  if (Number.isNaN(milliseconds)) {
    throw new TypeError(`expected genesis_time in UTC like 2026-01-31T00:00:00Z, got "${text}"`);
  }
  return BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
}

function readValidator(validator: unknown): ValidatorStake {
  if (!isJsonObject(validator)) throw new TypeError("expected validators to be objects");
  return {
    accountId: textField(validator, "account_id"),
    publicKey: textField(validator, "public_key"),
    stake: integerField(validator, "amount"),
  };
}

function readShard(layout: JsonObject): number {
  const [version] = Object.values(layout);
  if (!isJsonObject(version)) throw new TypeError("expected shard_layout to be an object");
  // The first layout does not list its shards, but counts them from 0.
  const listed = version["shard_ids"] ?? [0];
  const boundaries: readonly unknown[] = listOf(version["boundary_accounts"]);
  const shards: readonly unknown[] = listOf(listed);
  if (shards.length !== 1 || boundaries.length > 0) {
    throw new RangeError(`expected shard_layout of one shard, got ${boundaries.length + 1}`);
  }
  return Number(shards[0]);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
