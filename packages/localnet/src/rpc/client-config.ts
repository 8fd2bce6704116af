/**
 * `client_config`: the settings of a node, here those of one that stands alone with nearcore's defaults.
 * Source: nearcore core/chain-configs/src/client_config.rs.
 * @module
 */
import type { Json } from "../runtime/json.ts";
import type { Node } from "./node.ts";
import { answerStatus } from "./network.ts";
import { copyJson } from "./outcome-view.ts";

const SETTINGS: { readonly [name: string]: Json } = {
  archive: false,
  block_header_fetch_horizon: 50,
  block_production_tracking_delay: "[0,10000000]",
  catchup_step_period: [0, 100000000],
  chunk_distribution_network: null,
  chunk_request_retry_period: [0, 400000000],
  chunk_validation_threads: 4,
  chunk_wait_mult: "[1,3]",
  chunks_cache_height_horizon: 128,
  client_background_migration_threads: 8,
  cloud_archival_writer: null,
  disable_tx_routing: false,
  doomslug_step_period: "[0,10000000]",
  enable_early_prepare_transactions: false,
  enable_multiline_logging: true,
  enable_statistics_export: true,
  epoch_sync: { epoch_sync_horizon_num_epochs: 2, timeout_for_epoch_sync: { nanos: 0, secs: 60 } },
  expected_shutdown: "null",
  gc: {
    gc_blocks_limit: 2,
    gc_fork_clean_step: 100,
    gc_num_epochs_to_keep: 5,
    gc_step_period: { nanos: 500000000, secs: 0 },
  },
  header_sync_expected_height_per_second: 10,
  header_sync_initial_timeout: [10, 0],
  header_sync_progress_timeout: [2, 0],
  header_sync_stall_ban_timeout: [120, 0],
  log_summary_period: [10, 0],
  log_summary_style: "colored",
  max_block_production_delay: "[0,100000000]",
  max_block_wait_delay: "[6,0]",
  max_gas_burnt_view: null,
  min_block_production_delay: "[0,40000000]",
  min_num_peers: 0,
  orphan_state_witness_max_size: 40000000,
  orphan_state_witness_pool_size: 25,
  produce_chunk_add_transactions_time_limit: "[0,200000000]",
  produce_empty_blocks: true,
  protocol_version_check: "NextNext",
  receipt_to_tx_max_hint_window: 20,
  receipt_to_tx_max_hop_distance: 20,
  receipt_to_tx_max_outcomes_per_request: 20000,
  resharding_config:
    '{"batch_size":500000,"batch_delay":{"secs":0,"nanos":5000000},"retry_delay":{"secs":10,"nanos":0},"initial_delay":{"secs":0,"nanos":0},"max_poll_time":{"secs":7200,"nanos":0},"catch_up_blocks":20}',
  rpc_addr: "127.0.0.1:3030",
  save_invalid_witnesses: false,
  save_latest_witnesses: false,
  save_receipt_to_tx: true,
  save_state_changes: true,
  save_trie_changes: true,
  save_tx_outcomes: true,
  save_untracked_partial_chunks_parts: true,
  skip_sync_wait: true,
  state_request_server_threads: 4,
  state_request_throttle_period: [30, 0],
  state_requests_per_throttle_period: 30,
  state_sync: { parts_compression_lvl: 0 },
  state_sync_external_backoff: [60, 0],
  state_sync_external_timeout: [60, 0],
  state_sync_p2p_timeout: [10, 0],
  state_sync_retry_backoff: [1, 0],
  sync_check_period: [10, 0],
  sync_height_threshold: 1,
  sync_max_block_requests: 10,
  sync_step_period: [0, 10000000],
  tracked_shards_config: "AllShards",
  transaction_pool_size_limit: 100000000,
  transaction_pool_strict_nonce_ttl_blocks: 64,
  transaction_request_handler_threads: 4,
  trie_viewer_state_size_limit: 50000,
  ttl_account_id_router: [3600, 0],
  tx_routing_height_horizon: 4,
  view_client_threads: 4,
};

/** Answers it. */
export function answerClientConfig(node: Node): Json {
  const { chainId, config } = node.genesis;
  return {
    ...copyFields(SETTINGS),
    version: answerStatus(node)["version"] ?? null,
    chain_id: chainId,
    epoch_length: config["epoch_length"] ?? null,
    num_block_producer_seats: config["num_block_producer_seats"] ?? null,
  };
}

function copyFields(fields: { readonly [name: string]: Json }): { readonly [name: string]: Json } {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, copyJson(value)]));
}
