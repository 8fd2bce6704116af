/**
 * Whole headers, as a node shows them: they tell what a light client's part does not, such as which chunks are new.
 * Source: nearcore core/primitives/src/block_header.rs (`BlockHeaderInnerRestV6`).
 * @module
 */
import { bool, bytes, encode, option, string, struct, u128, u32, u64, vec } from "@yoctonear/borsh";
import { signatureCodec } from "@yoctonear/keys";
import { formatHash, sha256 } from "@yoctonear/primitives";
import type { BlockHeaderView } from "@yoctonear/rpc";
import { readHeader, type TrustedBlock } from "./header.ts";
import { hashCodec } from "./merkle.ts";
import { readProducer, taggedCodec } from "./producers.ts";

const innerRestCodec = /* @__PURE__ */ struct({
  blockBodyHash: hashCodec,
  chunkReceiptsRoot: hashCodec,
  chunkHeadersRoot: hashCodec,
  chunkTxRoot: hashCodec,
  randomValue: hashCodec,
  validatorProposals: /* @__PURE__ */ vec(taggedCodec),
  chunkMask: /* @__PURE__ */ vec(bool),
  gasPrice: u128,
  totalSupply: u128,
  lastFinalBlock: hashCodec,
  lastDsFinalBlock: hashCodec,
  blockOrdinal: u64,
  prevHeight: u64,
  epochSyncDataHash: /* @__PURE__ */ option(hashCodec),
  approvals: /* @__PURE__ */ vec(/* @__PURE__ */ option(signatureCodec)),
  latestProtocolVersion: u32,
  chunkEndorsements: /* @__PURE__ */ vec(bytes),
  shardSplit: /* @__PURE__ */ option(/* @__PURE__ */ struct({ shardId: u64, boundary: string })),
});

/**
 * Reads a whole header, whose hash follows from all of it. Nothing is proved: compare the hash.
 * @throws {LightClientError} `malformed`, `unsupported`
 */
export function readFullHeader(view: BlockHeaderView): TrustedBlock {
  const rest = encode(innerRestCodec, {
    blockBodyHash: view.block_body_hash ?? "",
    chunkReceiptsRoot: view.chunk_receipts_root,
    chunkHeadersRoot: view.chunk_headers_root,
    chunkTxRoot: view.chunk_tx_root,
    randomValue: view.random_value,
    validatorProposals: view.validator_proposals.map(readProducer),
    chunkMask: view.chunk_mask,
    gasPrice: BigInt(view.gas_price),
    totalSupply: BigInt(view.total_supply),
    lastFinalBlock: view.last_final_block,
    lastDsFinalBlock: view.last_ds_final_block,
    blockOrdinal: view.block_ordinal ?? 0n,
    prevHeight: view.prev_height ?? 0n,
    epochSyncDataHash: view.epoch_sync_data_hash ?? null,
    approvals: view.approvals,
    latestProtocolVersion: view.latest_protocol_version,
    chunkEndorsements: (view.chunk_endorsements ?? []).map((bitmap) => Uint8Array.from(bitmap)),
    shardSplit: readSplit(view),
  });
  return readHeader({
    inner_lite: view,
    inner_rest_hash: formatHash(sha256(rest)),
    prev_block_hash: view.prev_hash,
  });
}

function readSplit({ shard_split }: BlockHeaderView): {
  readonly shardId: bigint;
  readonly boundary: string;
} | null {
  if (shard_split === undefined || shard_split === null) return null;
  const [shardId, boundary] = shard_split;
  return { shardId, boundary };
}
