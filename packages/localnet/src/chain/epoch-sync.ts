/**
 * The hash by which the first block of an epoch commits to the epoch before it. Source: nearcore
 * core/primitives/src/epoch_block_info.rs, epoch_info.rs. It is exact for block 1; later ones hash the
 * same layout, but the node's random draws of producers are not repeated, so that nobody could check
 * them: nor can any client, since the RPC does not show what goes in.
 * @module
 */
import { type Codec, map, string, u128, u32, u64, u8, vec, Writer } from "@yoctonear/borsh";
import type { BlockHeader } from "./block-header.ts";
import type { EpochInfo, Kickout } from "./epoch-election.ts";
import type { GenesisConfig } from "./genesis-config.ts";
import { hashCodec, hashOf, ZERO_HASH } from "./hash.ts";
import { type ValidatorStake, validatorStakesCodec } from "./validator-stake.ts";

/** What a node stores of a block for its epoch. */
export interface BlockInfo {
  readonly hash: string;
  readonly height: number;
  readonly finalHeight: number;
  readonly lastFinalBlock: string;
  readonly prevHash: string;
  readonly epochFirstBlock: string;
  readonly epochId: string;
  readonly proposals: readonly ValidatorStake[];
  readonly chunkMask: readonly boolean[];
  readonly protocolVersion: number;
  readonly totalSupply: bigint;
  readonly timestamp: bigint;
  readonly endorsements: readonly Uint8Array[];
}

/** Stands for the blocks before the genesis. */
export const NO_BLOCK_INFO: BlockInfo = {
  hash: ZERO_HASH,
  height: 0,
  finalHeight: 0,
  lastFinalBlock: ZERO_HASH,
  prevHash: ZERO_HASH,
  epochFirstBlock: ZERO_HASH,
  epochId: ZERO_HASH,
  proposals: [],
  chunkMask: [],
  protocolVersion: 0,
  totalSupply: 0n,
  timestamp: 0n,
  endorsements: [],
};

const BLOCK_INFO_VERSION = 3;
const EPOCH_INFO_VERSION = 4;
const SHARD_LAYOUT_VERSION = 2;
const KICKOUT_TAGS = {
  NotEnoughBlocks: 1,
  NotEnoughChunks: 2,
  Unstaked: 3,
  NotEnoughStake: 4,
  NotEnoughChunkEndorsements: 6,
} as const;

const amounts: Codec<readonly bigint[]> = /* @__PURE__ */ vec(u128);
const stakes: Codec<ReadonlyMap<string, bigint>> = /* @__PURE__ */ map(string, u128);

/** Hash, base58, for the first block after an epoch. */
export function epochSyncHash(
  blocks: { readonly first: BlockInfo; readonly lastButOne: BlockInfo; readonly last: BlockInfo },
  epochs: readonly EpochInfo[],
  config: GenesisConfig,
): string {
  const writer = new Writer();
  for (const block of [blocks.first, blocks.lastButOne, blocks.last]) {
    writer.writeBytes(encodeBlockInfo(block));
  }
  for (const epoch of epochs) writer.writeBytes(encodeEpochInfo(epoch, config));
  return hashOf(writer.finish());
}

/** What a node stores of a block. The genesis has no epoch there. */
export function blockInfo(
  header: BlockHeader,
  { finalHeight, epochFirstBlock }: { finalHeight: number; epochFirstBlock: string },
): BlockInfo {
  return {
    hash: header.hash,
    height: header.height,
    finalHeight,
    lastFinalBlock: header.lastFinalBlock,
    prevHash: header.prevHash,
    epochFirstBlock,
    epochId: header.epochId,
    proposals: header.prevValidatorProposals,
    chunkMask: header.chunkMask,
    protocolVersion: header.latestProtocolVersion,
    totalSupply: header.totalSupply,
    timestamp: header.timestamp,
    endorsements: header.chunkEndorsements,
  };
}

/** BlockInfoV4 in borsh. */
export function encodeBlockInfo(info: BlockInfo): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  u8.write(writer, BLOCK_INFO_VERSION);
  hashCodec.write(writer, info.hash);
  u64.write(writer, BigInt(info.height));
  u64.write(writer, BigInt(info.finalHeight));
  hashCodec.write(writer, info.lastFinalBlock);
  hashCodec.write(writer, info.prevHash);
  hashCodec.write(writer, info.epochFirstBlock);
  hashCodec.write(writer, info.epochId);
  validatorStakesCodec.write(writer, info.proposals);
  u32.write(writer, info.chunkMask.length);
  for (const isNew of info.chunkMask) u8.write(writer, isNew ? 1 : 0);
  u32.write(writer, info.protocolVersion);
  u128.write(writer, info.totalSupply);
  u64.write(writer, info.timestamp);
  u32.write(writer, info.endorsements.length);
  for (const bitmap of info.endorsements) {
    u32.write(writer, bitmap.length);
    writer.writeBytes(bitmap);
  }
  u8.write(writer, 0);
  return writer.finish();
}

/** EpochInfoV5 in borsh. */
export function encodeEpochInfo(info: EpochInfo, config: GenesisConfig): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  const { validators } = info;
  const indexes = validators.map((_, i) => i);
  const producers = indexes.slice(0, config.numBlockProducerSeats);
  u8.write(writer, EPOCH_INFO_VERSION);
  u64.write(writer, info.epochHeight);
  validatorStakesCodec.write(writer, validators);
  const byAccount = new Map(validators.map(({ accountId }, i) => [accountId, BigInt(i)]));
  map(string, u64).write(writer, byAccount);
  writeCounts(writer, producers);
  u32.write(writer, 1);
  writeCounts(writer, indexes);
  stakes.write(writer, info.stakeChange);
  stakes.write(writer, info.rewards);
  map(string, kickoutCodec).write(writer, info.kickouts);
  u128.write(writer, info.minted);
  u128.write(writer, info.seatPrice);
  u32.write(writer, config.protocolVersion);
  writeShardLayout(writer, config.shardId);
  // No resharding so far; the seed of the draws.
  u8.write(writer, 0);
  hashCodec.write(writer, ZERO_HASH);
  writeSampler(writer, validators.slice(0, config.numBlockProducerSeats));
  u32.write(writer, 1);
  writeSampler(writer, validators);
  writeMandates(writer, validators, config.targetValidatorMandatesPerShard);
  return writer.finish();
}

const kickoutCodec: Codec<Kickout> = {
  write: (writer, kickout) => {
    u8.write(writer, KICKOUT_TAGS[kickout.type]);
    if (kickout.type === "NotEnoughStake") {
      u128.write(writer, kickout.stake);
      u128.write(writer, kickout.threshold);
    } else if (kickout.type !== "Unstaked") {
      u64.write(writer, BigInt(kickout.produced));
      u64.write(writer, BigInt(kickout.expected));
    }
  },
  read: () => {
    throw new TypeError("expected a reason to be written, got a request to read one");
  },
};

function writeShardLayout(writer: Writer, shardId: number): void {
  u8.write(writer, SHARD_LAYOUT_VERSION);
  u32.write(writer, 0);
  writeCounts(writer, [shardId]);
  for (const [from, to] of [
    [shardId, 0],
    [0, shardId],
  ] as const) {
    u32.write(writer, 1);
    u64.write(writer, BigInt(from));
    u64.write(writer, BigInt(to));
  }
  u8.write(writer, 0);
  u8.write(writer, 0);
  u32.write(writer, 0);
}

function writeSampler(writer: Writer, validators: readonly ValidatorStake[]): void {
  u128.write(writer, sumOf(validators));
  writeCounts(
    writer,
    validators.map((_, i) => i),
  );
  amounts.write(
    writer,
    validators.map(({ stake }) => stake),
  );
}

function writeMandates(
  writer: Writer,
  validators: readonly ValidatorStake[],
  target: bigint,
): void {
  const perMandate = sumOf(validators) / target;
  u64.write(writer, target);
  u64.write(writer, 1n);
  u128.write(writer, perMandate);
  writeCounts(
    writer,
    validators.flatMap(({ stake }, i) =>
      Array.from({ length: Number(stake / perMandate) }, () => i),
    ),
  );
  const rests = validators
    .map(({ stake }, i) => [BigInt(i), stake % perMandate] as const)
    .filter(([, rest]) => rest > 0n);
  u32.write(writer, rests.length);
  for (const [index, rest] of rests) {
    u64.write(writer, index);
    u128.write(writer, rest);
  }
}

function writeCounts(writer: Writer, counts: readonly number[]): void {
  u32.write(writer, counts.length);
  for (const count of counts) u64.write(writer, BigInt(count));
}

function sumOf(validators: readonly ValidatorStake[]): bigint {
  return validators.reduce((sum, { stake }) => sum + stake, 0n);
}
