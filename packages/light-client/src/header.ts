/**
 * What of a header a light client sees, and the hashes that follow from it.
 * Source: nearcore core/primitives/src/block_header.rs, docs/ChainSpec/LightClient.md.
 * @module
 */
import { type Codec, encode, struct, u64, u8 } from "@yoctonear/borsh";
import { formatHash, sha256 } from "@yoctonear/primitives";
import type {
  BlockHeaderInnerLiteView,
  LightClientBlockLiteView,
  RpcLightClientNextBlockResponse,
} from "@yoctonear/rpc";
import { refuse } from "./errors.ts";
import { combineHashes, hashCodec, readHash } from "./merkle.ts";

/** A block as a light client knows it. Hashes are base58. */
export interface TrustedBlock {
  readonly hash: string;
  readonly prevHash: string;
  readonly height: bigint;
  readonly epochId: string;
  /** Also the hash of the last block of the epoch before. */
  readonly nextEpochId: string;
  /** Over its chunks' `prev_state_root`. */
  readonly prevStateRoot: string;
  /** Over its chunks' roots of outcomes: those of blocks before. */
  readonly outcomeRoot: string;
  /** Nanoseconds since 1970. */
  readonly timestamp: bigint;
  /** Of the block producers of the next epoch. */
  readonly nextBpHash: string;
  /** Over the hashes of all blocks before. */
  readonly blockMerkleRoot: string;
}

/** A light client's block that is there: of those that a node answers, the ones with fields. */
export interface LightClientBlock extends LightClientBlockLiteView {
  readonly approvals_after_next: readonly (string | null)[];
  readonly next_block_inner_hash: string;
  readonly next_bps: NonNullable<RpcLightClientNextBlockResponse["next_bps"]> | null;
}

const innerLite = {
  height: u64,
  epochId: hashCodec,
  nextEpochId: hashCodec,
  prevStateRoot: hashCodec,
  outcomeRoot: hashCodec,
  timestamp: u64,
  nextBpHash: hashCodec,
  blockMerkleRoot: hashCodec,
};

const innerLiteCodec = /* @__PURE__ */ struct(innerLite);

/** A block as a light client stores it. */
export const trustedBlockCodec: Codec<TrustedBlock> = /* @__PURE__ */ struct({
  hash: hashCodec,
  prevHash: hashCodec,
  ...innerLite,
});

const ENDORSEMENT = 0;
const approvalCodec = /* @__PURE__ */ struct({ type: u8, hash: hashCodec, height: u64 });

/**
 * Reads a header, whose hash follows from its parts. Nothing is proved: compare the hash.
 * @throws {LightClientError} `malformed`, `unsupported`
 */
export function readHeader(view: LightClientBlockLiteView): TrustedBlock {
  const fields = readInnerLite(view.inner_lite);
  const innerHash = combineHashes(
    sha256(encode(innerLiteCodec, fields)),
    readHash(view.inner_rest_hash),
  );
  const hash = formatHash(combineHashes(innerHash, readHash(view.prev_block_hash)));
  return { hash, prevHash: view.prev_block_hash, ...fields };
}

/** Hash of the block after, base58, of which only the hash of its inner parts is known. */
export function nextBlockHash(hash: string, nextInnerHash: string): string {
  return formatHash(combineHashes(readHash(nextInnerHash), readHash(hash)));
}

/**
 * What a producer signs to approve a block.
 * @param blockHash - of the block that it approves
 * @param height - of the block that is to take the approval
 */
export function approvalMessage(blockHash: string, height: bigint): Uint8Array<ArrayBuffer> {
  return encode(approvalCodec, { type: ENDORSEMENT, hash: blockHash, height });
}

/**
 * Tells a block from the empty answer, and that it is whole.
 * @throws {LightClientError} `malformed`
 */
export function readLightClientBlock(view: RpcLightClientNextBlockResponse): LightClientBlock {
  const { inner_lite, inner_rest_hash, prev_block_hash, next_block_inner_hash } = view;
  const { approvals_after_next, next_bps } = view;
  if (
    inner_lite === undefined ||
    inner_rest_hash === undefined ||
    prev_block_hash === undefined ||
    next_block_inner_hash === undefined ||
    approvals_after_next === undefined
  ) {
    return refuse("malformed", "a light client's block", Object.keys(view).join(" ") || "nothing");
  }
  return {
    inner_lite,
    inner_rest_hash,
    prev_block_hash,
    next_block_inner_hash,
    approvals_after_next,
    next_bps: next_bps ?? null,
  };
}

function readInnerLite(view: BlockHeaderInnerLiteView): Omit<TrustedBlock, "hash" | "prevHash"> {
  if (view.chunk_execution_root !== undefined && view.chunk_execution_root !== null) {
    refuse("unsupported", "a header without SPICE", "one with chunk_execution_root");
  }
  // Nodes before the second field had rounded the first.
  const timestamp = view.timestamp_nanosec ?? view.timestamp;
  return {
    height: readU64(view.height),
    epochId: view.epoch_id,
    nextEpochId: view.next_epoch_id,
    prevStateRoot: view.prev_state_root,
    outcomeRoot: view.outcome_root,
    timestamp: readU64(timestamp),
    nextBpHash: view.next_bp_hash,
    blockMerkleRoot: view.block_merkle_root,
  };
}

function readU64(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "string" && /^\d{1,20}$/.test(value)) return BigInt(value);
  return refuse("malformed", "a 64-bit integer", typeof value);
}
