/**
 * Reads contract data that is proved up to a trusted head.
 * @module
 */
import {
  block,
  type CallOptions,
  experimentalProtocolConfig,
  type RpcBlockResponse,
  type Transport,
  viewState,
} from "@yoctonear/rpc";
import { looking, refuse } from "./errors.ts";
import { readFullHeader } from "./full-header.ts";
import type { TrustedBlock } from "./header.ts";
import { merkleRoot, readHash } from "./merkle.ts";
import { shardIndexOf } from "./shard.ts";
import { type StateEntry, verifyViewState } from "./state-proof.ts";

/** Which data of a contract. */
export interface ProveStateParams {
  readonly accountId: string;
  /** What the keys begin with, in base64; all unless told. */
  readonly prefixBase64?: string | undefined;
  /**
   * Place of the account's shard. Unless told, as the node says: what is found is true all the same, but a node that lies can point
   * to a shard that has nothing of the account.
   */
  readonly shardIndex?: number | undefined;
}

/** Data as it was after the block before the head. */
export interface ProvedState {
  /** Hash of that block. */
  readonly blockHash: string;
  /** Root of the shard's state, in base58. */
  readonly stateRoot: string;
  readonly entries: readonly StateEntry[];
}

/**
 * Reads data of a contract as it was after the block before a trusted head, whose header commits to it; verifies every value, and
 * that none is left out.
 * @param transport - to a node that need not be trusted
 * @param head - a trusted block, the newer the better: nodes keep old states for some epochs only
 * @throws {LightClientError} `wrong_state`, `wrong_block`; `missing_chunk` where the head has no new chunk of the shard: ask at a later one
 * @throws {RpcError} `TOO_LARGE_CONTRACT_STATE`
 * @example
 * ```ts
 * import { decodeUtf8 } from "@yoctonear/base";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { proveState, trustBlock } from "@yoctonear/light-client";
 * import { block } from "@yoctonear/rpc";
 * const chain = await createLocalnet({ accounts: { "app.near": "10 NEAR" } });
 * await chain.patchState([{ Data: { account_id: "app.near", data_key: "a2V5", value: "dmFsdWU=" } }]);
 * await chain.produceBlocks(5);
 * const { hash } = (await block(chain.transport, { block: { finality: "final" } })).header;
 * const { head } = await trustBlock(chain.transport, hash);
 * const { entries } = await proveState(chain.transport, head, { accountId: "app.near" });
 * entries.map(({ key, value }) => [decodeUtf8(key), decodeUtf8(value)]); // [["key", "value"]]
 * ```
 */
export async function proveState(
  transport: Transport,
  head: TrustedBlock,
  params: ProveStateParams,
  options?: CallOptions,
): Promise<ProvedState> {
  const at = { block: { blockId: head.hash } };
  const [shown, shardIndex] = await Promise.all([
    block(transport, at, options),
    params.shardIndex ?? askShard(transport, params.accountId, head, options),
  ]);
  const stateRoot = verifyStateRoot(head, shown, shardIndex);
  const { accountId, prefixBase64 } = params;
  const asked = { accountId, prefixBase64, includeProof: true };
  const view = await viewState(transport, { ...asked, block: { blockId: head.prevHash } }, options);
  return {
    blockHash: head.prevHash,
    stateRoot,
    entries: verifyViewState(stateRoot, params, view),
  };
}

/**
 * Verifies the root of a shard's state after the block before a trusted one.
 * @param head - a trusted block
 * @param shown - what a node says of that block: an answer of `block`
 * @param shardIndex - place of the shard among the chunks
 * @returns the root in base58
 * @throws {LightClientError} `wrong_state`, `missing_chunk`; `wrong_block` where the header shown is not the head's, or of another version than
 * nearcore 2.13 writes
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { trustBlock, verifyStateRoot } from "@yoctonear/light-client";
 * import { block } from "@yoctonear/rpc";
 * const { transport, produceBlocks } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await produceBlocks(5);
 * const shown = await block(transport, { block: { finality: "final" } });
 * const { head } = await trustBlock(transport, shown.header.hash);
 * verifyStateRoot(head, shown, 0) === shown.chunks[0]?.prev_state_root; // true
 * ```
 */
export function verifyStateRoot(
  head: TrustedBlock,
  shown: Pick<RpcBlockResponse, "header" | "chunks">,
  shardIndex: number,
): string {
  return looking("malformed", () => findRoot(head, shown, shardIndex));
}

function findRoot(
  head: TrustedBlock,
  shown: Pick<RpcBlockResponse, "header" | "chunks">,
  shardIndex: number,
): string {
  const roots = shown.chunks.map((chunk) => readHash(chunk.prev_state_root));
  const root = merkleRoot(roots);
  if (root !== head.prevStateRoot) {
    refuse("wrong_state", `state roots under ${head.prevStateRoot}`, root);
  }
  const chunk = shown.chunks[shardIndex];
  if (chunk === undefined) return refuse("wrong_state", `a chunk ${shardIndex}`, "none");
  // An older chunk has the root of an older state; its own height is in no hash that is proved.
  const { hash } = readFullHeader(shown.header);
  if (hash !== head.hash) refuse("wrong_block", `the header of block ${head.hash}`, hash);
  if (shown.header.chunk_mask[shardIndex] !== true) {
    refuse("missing_chunk", `a new chunk ${shardIndex} at height ${head.height}`, "an old one");
  }
  return chunk.prev_state_root;
}

async function askShard(
  transport: Transport,
  accountId: string,
  head: TrustedBlock,
  options?: CallOptions,
): Promise<number> {
  const params = { block: { blockId: head.hash } };
  const { shard_layout } = await experimentalProtocolConfig(transport, params, options);
  if (shard_layout === undefined) return refuse("malformed", "a layout of shards", "none");
  return looking("malformed", () => shardIndexOf(accountId, shard_layout));
}
