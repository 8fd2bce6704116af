/**
 * config.json as nearcore's `init` writes it, but for one thing: HTTP is bound to the loopback interface.
 * Of all this the command itself reads `rpc`, the names of the files, and `consensus.produce_empty_blocks`.
 * Source: nearcore nearcore/src/config.rs, and what the command wrote.
 * @module
 */
import type { InitOptions } from "./command-line.ts";
import type { JsonObject } from "./json-file.ts";

/** Makes the configuration. */
export function configJson({ isFast, bootNodes = "" }: InitOptions): JsonObject {
  return {
    genesis_file: "genesis.json",
    genesis_records_file: null,
    validator_key_file: "validator_key.json",
    node_key_file: "node_key.json",
    rpc: {
      addr: "127.0.0.1:3030",
      prometheus_addr: null,
      cors_allowed_origins: ["*"],
      polling_config: {
        polling_interval: duration(200),
        polling_timeout: duration(10000),
      },
      limits_config: {
        json_payload_max_size: 10_485_760,
      },
      enable_debug_rpc: false,
      experimental_debug_pages_src_path: null,
    },
    telemetry: {
      endpoints: [],
      reporting_interval: duration(10000),
    },
    network: networkJson(bootNodes),
    consensus: consensusJson(isFast),
    tracked_shards_config: "AllShards",
    log_summary_style: "colored",
    log_summary_period: duration(10000),
    enable_multiline_logging: true,
    gc_blocks_limit: 2,
    gc_fork_clean_step: 100,
    gc_num_epochs_to_keep: 5,
    gc_step_period: duration(500),
    view_client_threads: 4,
    state_request_throttle_period: duration(30000),
    state_requests_per_throttle_period: 30,
    state_request_server_threads: 4,
    trie_viewer_state_size_limit: 50_000,
    store: storeJson(),
    epoch_sync: {
      epoch_sync_horizon_num_epochs: 2,
      timeout_for_epoch_sync: duration(60000),
    },
    transaction_pool_size_limit: 100_000_000,
    resharding_config: {
      batch_size: 500_000,
      batch_delay: duration(5),
      retry_delay: duration(10000),
      initial_delay: duration(0),
      max_poll_time: duration(7200000),
      catch_up_blocks: 20,
    },
    tx_routing_height_horizon: 4,
    disable_tx_routing: false,
    produce_chunk_add_transactions_time_limit: duration(200),
    orphan_state_witness_pool_size: 25,
    orphan_state_witness_max_size: 40_000_000,
    max_loaded_contracts: 256,
    contract_cache_max_size: 128_000_000_000,
    save_latest_witnesses: false,
    save_invalid_witnesses: false,
    transaction_request_handler_threads: 4,
    contract_cache_path: null,
  };
}

function networkJson(bootNodes: string): JsonObject {
  return {
    addr: "0.0.0.0:24567",
    boot_nodes: bootNodes,
    whitelist_nodes: "",
    max_num_peers: 40,
    minimum_outbound_peers: 5,
    ideal_connections_lo: 30,
    ideal_connections_hi: 35,
    so_recv_buffer_size: 1_000_000,
    so_send_buffer_size: 1_000_000,
    peer_recent_time_window: duration(600000),
    safe_set_size: 20,
    archival_peer_connections_lower_bound: 10,
    handshake_timeout: duration(20000),
    skip_sync_wait: true,
    ban_window: duration(10800000),
    blacklist: [],
    ttl_account_id_router: duration(3600000),
    peer_stats_period: duration(5000),
    monitor_peers_max_period: duration(60000),
    peer_states_cache_size: 1000,
    snapshot_hosts_cache_size: 1000,
    peer_expiration_duration: duration(604800000),
    public_addrs: [],
    allow_private_ip_in_public_addrs: false,
    trusted_stun_servers: [
      "stun.l.google.com:19302",
      "stun1.l.google.com:19302",
      "stun2.l.google.com:19302",
      "stun3.l.google.com:19302",
      "stun4.l.google.com:19302",
    ],
    tier1: {
      enable_inbound: true,
      enable_outbound: true,
      connect_interval: duration(60000),
      new_connections_per_attempt: 50,
      advertise_proxies_interval: duration(900000),
    },
    experimental: {
      inbound_disabled: false,
      connect_only_to_boot_nodes: false,
      skip_sending_tombstones_seconds: 0,
      network_config_overrides: {
        connect_to_reliable_peers_on_startup: null,
        max_send_peers: null,
        routed_message_ttl: null,
        max_routes_to_store: null,
        highest_peer_horizon: null,
        push_info_period_millis: null,
        outbound_disabled: null,
        accounts_data_broadcast_rate_limit_burst: null,
        accounts_data_broadcast_rate_limit_qps: null,
        routing_table_update_rate_limit_burst: null,
        routing_table_update_rate_limit_qps: null,
        received_messages_rate_limits: null,
        routing_graph_max_edges_per_message: null,
        routing_graph_max_edges_per_source: null,
        routing_graph_max_peers: null,
        routing_graph_max_edges: null,
      },
    },
  };
}

function consensusJson(isFast: boolean): JsonObject {
  return {
    min_num_peers: 3,
    block_production_tracking_delay: duration(10),
    min_block_production_delay: duration(isFast ? 120 : 600),
    max_block_production_delay: duration(isFast ? 500 : 2000),
    max_block_wait_delay: duration(6000),
    chunk_wait_mult: [1, 3],
    produce_empty_blocks: true,
    block_header_fetch_horizon: 50,
    catchup_step_period: duration(100),
    chunk_request_retry_period: duration(400),
    header_sync_initial_timeout: duration(10000),
    header_sync_progress_timeout: duration(2000),
    header_sync_stall_ban_timeout: duration(120000),
    state_sync_external_timeout: duration(60000),
    state_sync_p2p_timeout: duration(10000),
    state_sync_retry_backoff: duration(1000),
    state_sync_external_backoff: duration(60000),
    header_sync_expected_height_per_second: 10,
    sync_check_period: duration(10000),
    sync_step_period: duration(10),
    doomslug_step_period: duration(10),
    sync_height_threshold: 1,
    sync_max_block_requests: 10,
  };
}

function storeJson(): JsonObject {
  return {
    path: null,
    enable_statistics: false,
    enable_statistics_export: true,
    max_open_files: 10_000,
    col_state_cache_size: 536_870_912,
    col_flat_state_cache_size: 134_217_728,
    block_size: 16_384,
    trie_cache: {
      default_max_bytes: 500_000_000,
      per_shard_max_bytes: {},
      shard_cache_deletions_queue_capacity: 100_000,
    },
    view_trie_cache: {
      default_max_bytes: 50_000_000,
      per_shard_max_bytes: {},
      shard_cache_deletions_queue_capacity: 100_000,
    },
    enable_receipt_prefetching: true,
    sweat_prefetch_receivers: ["token.sweat", "vfinal.token.sweat.testnet"],
    sweat_prefetch_senders: ["oracle.sweat", "sweat_the_oracle.testnet"],
    claim_sweat_prefetch_config: [
      {
        receiver: "claim.sweat",
        sender: "token.sweat",
        method_name: "record_batch_for_hold",
      },
    ],
    kaiching_prefetch_config: [
      {
        receiver: "earn.kaiching",
        sender: "wallet.kaiching",
        method_name: "ft_on_transfer",
      },
    ],
    load_mem_tries_for_shards: [],
    load_mem_tries_for_tracked_shards: false,
    state_snapshot_config: {
      state_snapshot_type: "Enabled",
    },
  };
}

/** A duration as serde writes it. */
function duration(milliseconds: number): JsonObject {
  const secs = Math.floor(milliseconds / 1000);
  return { secs, nanos: (milliseconds - secs * 1000) * 1_000_000 };
}
