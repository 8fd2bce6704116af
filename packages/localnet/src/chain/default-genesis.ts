/**
 * The genesis of a chain nobody configured: as nearcore's `init --fast` makes it, but with keys and
 * times that are the same each time. Source: nearcore nearcore/src/config.rs.
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { encodeUtf8 } from "@yoctonear/base";
import { createAccount, NO_CONTRACT } from "../state/account.ts";
import type { StateRecord } from "../state/state-record.ts";
import { createGenesis, type Genesis } from "./genesis.ts";

/** The account that validates a chain made here. */
export const DEFAULT_VALIDATOR_ID = "test.near";
/** Its public key, that of {@link testKeySeed}. */
export const DEFAULT_VALIDATOR_KEY = "ed25519:9BmAFNRTa5mRRXpSAm6MxSEeqRASDGNh2FuuwZ4gyxTw";
/** Key of the account `near`, that of {@link testKeySeed}. */
export const DEFAULT_NEAR_KEY = "ed25519:546XB2oHhj7PzUKHiH9Xve3Ze5q1JiW2WTh6abXFED3c";

/** An account that a chain starts with. */
export interface GenesisAccount {
  readonly accountId: string;
  /** Its key with full access. */
  readonly publicKey: string;
  /** yoctoNEAR. */
  readonly balance: bigint;
}

const BILLION_NEAR = 1_000_000_000n * 10n ** 24n;
const VALIDATOR_STAKE = 50_000_000n * 10n ** 24n;
const SEED_LENGTH = 32;
/**
 * `init` has 50. A chunk is cut into as many parts as there are seats and the root of all parts enters
 * its hash; up to six, each part is the whole chunk, which takes a tenth of the hashing.
 */
const SEATS = 6;

/** What may be told of the genesis; the same as the options of a localnet. */
export interface DefaultGenesisOptions {
  readonly chainId?: string | undefined;
  readonly epochLength?: number | undefined;
  readonly transactionValidityPeriod?: number | undefined;
  readonly protocolVersion?: number | undefined;
}

/** Makes the genesis of a chain with these accounts besides `test.near` and `near`. */
export function defaultGenesis(
  accounts: readonly GenesisAccount[],
  options: DefaultGenesisOptions = {},
): Genesis {
  const all: readonly GenesisAccount[] = [
    {
      accountId: DEFAULT_VALIDATOR_ID,
      publicKey: DEFAULT_VALIDATOR_KEY,
      balance: BILLION_NEAR,
    },
    { accountId: "near", publicKey: DEFAULT_NEAR_KEY, balance: BILLION_NEAR },
    ...accounts,
  ];
  const totalSupply = all.reduce((sum, { balance }) => sum + balance, VALIDATOR_STAKE);
  return createGenesis(configJson(totalSupply, options), all.flatMap(accountRecords));
}

/**
 * The seed of an account's ed25519 key: nearcore's rule for tests, the id itself, filled up with
 * spaces; of a longer id the hash, so that no two accounts share a key.
 */
export function testKeySeed(accountId: string): Uint8Array {
  const id = encodeUtf8(accountId);
  if (id.length > SEED_LENGTH) return sha256(id);
  const seed = new Uint8Array(SEED_LENGTH).fill(0x20);
  seed.set(id);
  return seed;
}

function accountRecords(account: GenesisAccount): readonly StateRecord[] {
  const { accountId, publicKey, balance } = account;
  return [
    { type: "account", accountId, account: createAccount(balance, 0n, NO_CONTRACT) },
    {
      type: "accessKey",
      accountId,
      publicKey,
      accessKey: { nonce: 0n, permission: { type: "fullAccess" } },
    },
  ];
}

function configJson(
  totalSupply: bigint,
  {
    chainId = "localnet",
    epochLength = 60,
    transactionValidityPeriod = 100,
    protocolVersion = 86,
  }: DefaultGenesisOptions,
): { readonly [key: string]: unknown } {
  return {
    protocol_version: protocolVersion,
    genesis_time: "2026-01-01T00:00:00Z",
    chain_id: chainId,
    genesis_height: 0,
    num_block_producer_seats: SEATS,
    dynamic_resharding: false,
    protocol_upgrade_stake_threshold: [4, 5],
    epoch_length: epochLength,
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
        account_id: DEFAULT_VALIDATOR_ID,
        public_key: DEFAULT_VALIDATOR_KEY,
        amount: VALIDATOR_STAKE.toString(),
      },
    ],
    transaction_validity_period: transactionValidityPeriod,
    protocol_reward_rate: [1, 10],
    max_inflation_rate: [1, 20],
    total_supply: totalSupply.toString(),
    num_blocks_per_year: 31_536_000,
    protocol_treasury_account: DEFAULT_VALIDATOR_ID,
    fishermen_threshold: "10000000000000000000000000",
    minimum_stake_divisor: 10,
    shard_layout: {
      V2: {
        boundary_accounts: [],
        shard_ids: [0],
        id_to_index_map: { "0": 0 },
        index_to_id_map: { "0": 0 },
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
  };
}
