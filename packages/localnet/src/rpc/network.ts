/**
 * `status`, `health`, `network_info`, `EXPERIMENTAL_split_storage_info`: a node alone.
 * Source: nearcore chain/client/src/client_actor.rs (`Status`).
 * @module
 */
import type { Json } from "../runtime/json.ts";
import { isSince87 } from "../runtime/protocol-version.ts";
import type { Node } from "./node.ts";

const RPC_ADDRESS = "127.0.0.1:3030";
/** A node has a key of its own for the network; there is no network. */
const NODE_KEY = "ed25519:11111111111111111111111111111111";

/** Answers `status`. */
export function answerStatus(node: Node): { readonly [key: string]: Json } {
  const { genesis } = node;
  const { header, author } = node.head();
  const earliest = node.earliest().header;
  const epoch = node.epoch();
  const { protocolVersion } = genesis;
  return {
    version: {
      version: isSince87(protocolVersion) ? "2.14.0" : "2.13.0",
      build: "yoctonear-localnet",
      commit: "unknown",
      rustc_version: "none",
    },
    chain_id: genesis.chainId,
    protocol_version: protocolVersion,
    latest_protocol_version: protocolVersion,
    rpc_addr: RPC_ADDRESS,
    validators: [{ account_id: author }],
    sync_info: {
      latest_block_hash: header.hash,
      latest_block_height: header.height,
      latest_state_root: header.prevStateRoot,
      latest_block_time: rfc3339(header.timestamp),
      syncing: false,
      earliest_block_hash: earliest.hash,
      earliest_block_height: earliest.height,
      earliest_block_time: rfc3339(earliest.timestamp),
      epoch_id: epoch.id,
      epoch_start_height: epoch.startHeight,
    },
    validator_account_id: genesis.validatorId,
    validator_public_key: genesis.validatorKey,
    node_public_key: NODE_KEY,
    node_key: genesis.validatorKey,
    uptime_sec: node.uptime(),
    genesis_hash: genesis.hash,
  };
}

/** Answers `network_info`. */
export function answerNetworkInfo(): Json {
  return {
    active_peers: [],
    num_active_peers: 0,
    peer_max_count: 40,
    sent_bytes_per_sec: 0,
    received_bytes_per_sec: 0,
    known_producers: [],
  };
}

/** Answers `EXPERIMENTAL_split_storage_info`: everything is in hot storage. */
export function answerSplitStorageInfo(node: Node): Json {
  return {
    head_height: node.head().header.height,
    final_head_height: node.final().header.height,
    cold_head_height: null,
    hot_db_kind: "RPC",
  };
}

const NANOSECONDS = 1_000_000_000n;

/** Writes a time in nanoseconds as nearcore does: with as many decimals as it needs, by threes. */
function rfc3339(nanoseconds: bigint): string {
  const seconds = nanoseconds / NANOSECONDS;
  const date = new Date(Number(seconds) * 1000).toISOString().slice(0, -".000Z".length);
  const digits = (nanoseconds % NANOSECONDS).toString().padStart(9, "0");
  const fraction = digits.replace(/(000)+$/, "");
  return fraction === "" ? `${date}Z` : `${date}.${fraction}Z`;
}
