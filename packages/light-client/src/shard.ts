/**
 * Which shard an account is in.
 * Source: nearcore core/primitives/src/shard_layout.rs.
 * @module
 */
import { encodeUtf8 } from "@yoctonear/base";
import { decode, u64 } from "@yoctonear/borsh";
import { sha256 } from "@yoctonear/primitives";
import type { ShardLayout } from "@yoctonear/rpc";
import { refuse } from "./errors.ts";

/**
 * Tells the place of an account's shard among the shards, which is that of its chunk in a block.
 * @param layout - `shard_layout` of the protocol's configuration
 * @throws {LightClientError} `unsupported` for a layout that this version does not know
 * @example
 * ```ts
 * import { shardIndexOf } from "@yoctonear/light-client";
 * shardIndexOf("bob.near", { V1: { boundary_accounts: ["b", "c"], version: 1 } }); // 1
 * ```
 */
export function shardIndexOf(accountId: string, layout: ShardLayout): number {
  if ("V0" in layout) {
    const hash = sha256(encodeUtf8(accountId));
    return Number(decode(u64, hash.subarray(0, 8)) % layout.V0.num_shards);
  }
  const known = "V1" in layout ? layout.V1 : "V2" in layout ? layout.V2 : layout.V3;
  // A newer node may show a newer one.
  if (known === undefined) {
    return refuse("unsupported", "a layout of shards up to V3", Object.keys(layout).join(" "));
  }
  const { boundary_accounts: boundaries } = known;
  // Account ids are ASCII, so that JavaScript orders them as bytes.
  return boundaries.filter((boundary) => boundary <= accountId).length;
}
