/**
 * genesis.json as nearcore's `init` writes it for a chain of one validator.
 * Source: nearcore nearcore/src/config.rs, `init_configs`, and what the command wrote.
 * @module
 */
import type { JsonObject } from "./json-file.ts";
import { type KeyFile, seededKeyFile } from "./key-file.ts";

/** What differs from one genesis to another. */
export interface GenesisOptions {
  /** RFC 3339 in UTC. */
  readonly genesisTime: string;
  readonly chainId: string;
  readonly isFast: boolean;
  /** Of the validator, which is the treasury too. */
  readonly key: KeyFile;
}

/** 10^9 NEAR. */
const BALANCE = "1000000000000000000000000000000000";
/** 5 · 10^7 NEAR. */
const VALIDATOR_STAKE = "50000000000000000000000000000000";
const TOTAL_SUPPLY = "2050000000000000000000000000000000";
const NO_CODE = "11111111111111111111111111111111";
/** The account besides the validator; its key follows from its name. */
const NEAR = "near";

/** Makes the genesis. */
export function genesisJson({ genesisTime, chainId, isFast, key }: GenesisOptions): JsonObject {
  const records = [
    ...accountRecords(key, VALIDATOR_STAKE),
    ...accountRecords(seededKeyFile(NEAR, NEAR), "0"),
  ];
  return {
    protocol_version: 86,
    genesis_time: genesisTime,
    chain_id: chainId,
    genesis_height: 0,
    num_block_producer_seats: 50,
    dynamic_resharding: false,
    protocol_upgrade_stake_threshold: [4, 5],
    epoch_length: isFast ? 60 : 500,
    gas_limit: 1_000_000_000_000_000,
    min_gas_price: "100000000",
    max_gas_price: "10000000000000000000000",
    block_producer_kickout_threshold: 90,
    chunk_producer_kickout_threshold: 90,
    chunk_validator_only_kickout_threshold: 80,
    target_validator_mandates_per_shard: 68,
    online_min_threshold: [9, 10],
    online_max_threshold: [99, 100],
    gas_price_adjustment_rate: [1, 100],
    validators: [
      {
        account_id: key.account_id,
        public_key: key.public_key,
        amount: VALIDATOR_STAKE,
      },
    ],
    transaction_validity_period: 100,
    protocol_reward_rate: [1, 10],
    max_inflation_rate: [1, 20],
    total_supply: TOTAL_SUPPLY,
    num_blocks_per_year: 31_536_000,
    protocol_treasury_account: key.account_id,
    fishermen_threshold: "10000000000000000000000000",
    minimum_stake_divisor: 10,
    shard_layout: {
      V2: {
        boundary_accounts: [],
        shard_ids: [0],
        id_to_index_map: {
          "0": 0,
        },
        index_to_id_map: {
          "0": 0,
        },
        shards_split_map: null,
        shards_parent_map: null,
        version: 0,
      },
    },
    minimum_validators_per_shard: 1,
    max_kickout_stake_perc: 100,
    minimum_stake_ratio: [1, 6250],
    shuffle_shard_assignment_for_chunk_producers: false,
    use_production_config: false,
    num_chunk_producer_seats: 100,
    num_chunk_validator_seats: 300,
    chunk_producer_assignment_changes_limit: 5,
    records,
  };
}

function accountRecords(key: KeyFile, locked: string): readonly JsonObject[] {
  return [
    {
      Account: {
        account_id: key.account_id,
        account: {
          amount: BALANCE,
          locked,
          code_hash: NO_CODE,
          storage_usage: 0,
          version: "V1",
        },
      },
    },
    {
      AccessKey: {
        account_id: key.account_id,
        public_key: key.public_key,
        access_key: { nonce: 0, permission: "FullAccess" },
      },
    },
  ];
}
