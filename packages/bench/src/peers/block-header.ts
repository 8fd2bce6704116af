/**
 * A block's header in the form of a node's answer, for a library that asks for a whole block where
 * only its hash counts.
 * @module
 */

interface HeaderView {
  height: number;
  epoch_id: string;
  next_epoch_id: string;
  hash: string;
  prev_hash: string;
  prev_state_root: string;
  chunk_receipts_root: string;
  chunk_headers_root: string;
  chunk_tx_root: string;
  outcome_root: string;
  chunks_included: number;
  challenges_root: string;
  timestamp: number;
  timestamp_nanosec: string;
  random_value: string;
  validator_proposals: never[];
  chunk_mask: boolean[];
  gas_price: string;
  total_supply: string;
  challenges_result: never[];
  last_final_block: string;
  last_ds_final_block: string;
  next_bp_hash: string;
  block_merkle_root: string;
  approvals: null[];
  signature: string;
  latest_protocol_version: number;
}

/** Makes a header with this hash in every place where one goes. */
export function headerOf(hash: string): HeaderView {
  return {
    height: 1,
    epoch_id: hash,
    next_epoch_id: hash,
    hash,
    prev_hash: hash,
    prev_state_root: hash,
    chunk_receipts_root: hash,
    chunk_headers_root: hash,
    chunk_tx_root: hash,
    outcome_root: hash,
    chunks_included: 1,
    challenges_root: hash,
    timestamp: 0,
    timestamp_nanosec: "0",
    random_value: hash,
    validator_proposals: [],
    chunk_mask: [true],
    gas_price: "100000000",
    total_supply: "0",
    challenges_result: [],
    last_final_block: hash,
    last_ds_final_block: hash,
    next_bp_hash: hash,
    block_merkle_root: hash,
    approvals: [],
    signature: "",
    latest_protocol_version: 86,
  };
}
