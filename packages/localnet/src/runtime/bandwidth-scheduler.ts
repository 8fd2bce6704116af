/**
 * The row of the bandwidth scheduler (`runtime/runtime/src/bandwidth_scheduler/mod.rs`): every block
 * rewrites it, so it shows in every state root. One shard only: there is one link, to itself.
 * @module
 */
import { encode, u64 } from "@yoctonear/borsh";
import { combineHashes } from "../chain/hash.ts";
import { sha256 } from "../chain/sha256.ts";
import type { StateUpdate } from "../state/state-update.ts";
import { bandwidthSchedulerKey } from "../state/trie-key.ts";
import { BASE_BANDWIDTH, MAX_SHARD_BANDWIDTH } from "./parameters.ts";

/** Version (u8), number of links (u32), sender and receiver of the link (u64 each). */
const ALLOWANCE_OFFSET = 1 + 4 + 8 + 8;
const HASH_OFFSET = ALLOWANCE_OFFSET + 8;
const ROW_LENGTH = HASH_OFFSET + 32;
/** Borsh of the list of all shards: shard 0. */
const SHARD_IDS: readonly number[] = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** Writes the row of the block at hand. */
export function scheduleBandwidth(state: StateUpdate, hasNewChunk: boolean): void {
  const key = bandwidthSchedulerKey();
  // Written by hand, since it is half of what an empty block changes.
  const row = state.other.get(key)?.slice() ?? initialRow();
  // A link's allowance grows by a full grant each block, and never beyond one.
  const allowance = MAX_SHARD_BANDWIDTH - (hasNewChunk ? BASE_BANDWIDTH : 0n);
  row.set(encode(u64, allowance), ALLOWANCE_OFFSET);
  row.set(combineHashes(row.subarray(HASH_OFFSET), shardsHash()), HASH_OFFSET);
  state.other.set(key, row);
  state.commit({ type: "bandwidthSchedulerStateUpdate" });
}

const KNOWN: { shardsHash?: Uint8Array } = {};

function shardsHash(): Uint8Array {
  return (KNOWN.shardsHash ??= sha256(Uint8Array.from(SHARD_IDS)));
}

/** One link, from shard 0 to shard 0, without an allowance. */
function initialRow(): Uint8Array {
  const row = new Uint8Array(ROW_LENGTH);
  row[1] = 1;
  return row;
}
