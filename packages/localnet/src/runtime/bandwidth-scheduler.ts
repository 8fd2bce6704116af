/**
 * The row of the bandwidth scheduler (`runtime/runtime/src/bandwidth_scheduler/mod.rs`): every block
 * rewrites it, so it shows in every state root. One shard only: there is one link, to itself.
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@yoctonear/base";
import { type Codec, decode, encode, fixedBytes, struct, u32, u64, u8 } from "@yoctonear/borsh";
import type { StateUpdate } from "../state/state-update.ts";
import { bandwidthSchedulerKey } from "../state/trie-key.ts";
import { BASE_BANDWIDTH, MAX_SHARD_BANDWIDTH } from "./parameters.ts";

interface SchedulerState {
  readonly version: number;
  readonly links: number;
  readonly sender: bigint;
  readonly receiver: bigint;
  /** Bytes. */
  readonly allowance: bigint;
  readonly sanityHash: Uint8Array;
}

const schedulerCodec: Codec<SchedulerState> = /* @__PURE__ */ struct({
  version: u8,
  links: u32,
  sender: u64,
  receiver: u64,
  allowance: u64,
  sanityHash: /* @__PURE__ */ fixedBytes(32),
});

/** Writes the row of the block at hand. */
export function scheduleBandwidth(state: StateUpdate, hasNewChunk: boolean): void {
  const key = bandwidthSchedulerKey();
  const bytes = state.other.get(key);
  const old = bytes === null ? initialState() : decode(schedulerCodec, bytes);
  // A link's allowance grows by a full grant each block, and never beyond one.
  const allowance = MAX_SHARD_BANDWIDTH - (hasNewChunk ? BASE_BANDWIDTH : 0n);
  const sanityHash = sha256(concatBytes(old.sanityHash, sha256(shardIds())));
  state.other.set(key, encode(schedulerCodec, { ...old, allowance, sanityHash }));
  state.commit({ type: "bandwidthSchedulerStateUpdate" });
}

function initialState(): SchedulerState {
  return {
    version: 0,
    links: 1,
    sender: 0n,
    receiver: 0n,
    allowance: 0n,
    sanityHash: new Uint8Array(32),
  };
}

/** Borsh of the list of all shards: shard 0. */
function shardIds(): Uint8Array {
  return encode(struct({ count: u32, id: u64 }), { count: 1, id: 0n });
}
