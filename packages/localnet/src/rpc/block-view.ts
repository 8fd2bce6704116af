/**
 * Blocks and chunks as nearcore's RPC shows them (`BlockView`, `ChunkView`).
 * @module
 */
import type { BlockHeader } from "../chain/block-header.ts";
import type { ChunkHeader } from "../chain/chunk-header.ts";
import { ZERO_HASH } from "../chain/hash.ts";
import type { Receipt } from "../chain/receipt.ts";
import type { ValidatorStake } from "../chain/validator-stake.ts";
import { type Json, u128Json, u64Json } from "../runtime/json.ts";
import { receiptView } from "./receipt-view.ts";

type View = { readonly [key: string]: Json };

/** Shows a block. */
export function blockView(
  author: string,
  header: BlockHeader,
  chunks: readonly ChunkHeader[],
): View {
  return { author, header: headerView(header, chunks), chunks: chunks.map(chunkHeaderView) };
}

/**
 * Shows a chunk. Asked for by its own hash, a chunk does not tell the block that included it:
 * its header then comes with `heightIncluded` 0.
 */
export function chunkView(
  author: string,
  header: ChunkHeader,
  transactions: readonly Json[],
  receipts: readonly Receipt[],
): View {
  return {
    author,
    header: chunkHeaderView(header),
    transactions,
    receipts: receipts.map(receiptView),
  };
}

function headerView(header: BlockHeader, chunks: readonly ChunkHeader[]): View {
  const included = chunks.filter(({ heightIncluded }) => heightIncluded === header.height);
  return {
    height: header.height,
    prev_height: header.prevHeight,
    epoch_id: header.epochId,
    next_epoch_id: header.nextEpochId,
    hash: header.hash,
    prev_hash: header.prevHash,
    prev_state_root: header.prevStateRoot,
    block_body_hash: header.blockBodyHash,
    chunk_receipts_root: header.prevChunkOutgoingReceiptsRoot,
    chunk_headers_root: header.chunkHeadersRoot,
    chunk_tx_root: header.chunkTxRoot,
    outcome_root: header.outcomeRoot,
    chunks_included: included.length,
    challenges_root: ZERO_HASH,
    timestamp: u64Json(header.timestamp),
    timestamp_nanosec: header.timestamp.toString(),
    random_value: header.randomValue,
    validator_proposals: header.prevValidatorProposals.map(validatorStakeView),
    chunk_mask: [...header.chunkMask],
    gas_price: u128Json(header.nextGasPrice),
    block_ordinal: header.blockOrdinal,
    rent_paid: "0",
    validator_reward: "0",
    total_supply: u128Json(header.totalSupply),
    challenges_result: [],
    last_final_block: header.lastFinalBlock,
    last_ds_final_block: header.lastDsFinalBlock,
    next_bp_hash: header.nextBpHash,
    block_merkle_root: header.blockMerkleRoot,
    epoch_sync_data_hash: header.epochSyncDataHash,
    approvals: [...header.approvals],
    signature: header.signature(),
    latest_protocol_version: header.latestProtocolVersion,
    chunk_endorsements: header.chunkEndorsements.map((bitmap) => [...bitmap]),
    shard_split: null,
  };
}

function chunkHeaderView(header: ChunkHeader): View {
  const { congestionInfo: congestion } = header;
  return {
    chunk_hash: header.chunkHash,
    prev_block_hash: header.prevBlockHash,
    outcome_root: header.prevOutcomeRoot,
    prev_state_root: header.prevStateRoot,
    encoded_merkle_root: header.encodedMerkleRoot,
    encoded_length: header.encodedLength,
    height_created: header.heightCreated,
    height_included: header.heightIncluded,
    shard_id: header.shardId,
    gas_used: u64Json(header.prevGasUsed),
    gas_limit: u64Json(header.gasLimit),
    rent_paid: "0",
    validator_reward: "0",
    balance_burnt: u128Json(header.prevBalanceBurnt),
    outgoing_receipts_root: header.prevOutgoingReceiptsRoot,
    tx_root: header.txRoot,
    validator_proposals: header.prevValidatorProposals.map(validatorStakeView),
    congestion_info: {
      delayed_receipts_gas: u128Json(congestion.delayedReceiptsGas),
      buffered_receipts_gas: u128Json(congestion.bufferedReceiptsGas),
      receipt_bytes: u64Json(congestion.receiptBytes),
      allowed_shard: congestion.allowedShard,
    },
    bandwidth_requests: { V1: { requests: [] } },
    proposed_split: null,
    signature: header.signature(),
  };
}

/** Shows a validator and its stake. */
export function validatorStakeView({ accountId, publicKey, stake }: ValidatorStake): View {
  return {
    validator_stake_struct_version: "V1",
    account_id: accountId,
    public_key: publicKey,
    stake: u128Json(stake),
  };
}
