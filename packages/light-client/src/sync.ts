/**
 * A light client that follows a chain.
 * @module
 */
import {
  type CallOptions,
  experimentalLightClientBlockProof,
  experimentalValidatorsOrdered,
  nextLightClientBlock,
  type Transport,
} from "@yoctonear/rpc";
import { looking, refuse } from "./errors.ts";
import { readHeader, type TrustedBlock } from "./header.ts";
import type { LightClientState } from "./light-client-state.ts";
import { readProducers } from "./producers.ts";
import { verifyLightClientBlock } from "./verify-block.ts";

/**
 * Starts a light client at a final block that is trusted for another reason: from a friend, an explorer, an earlier run. Everything
 * else follows from the hash: the header by its hash, the producers of its epoch by the last block of the epoch before, whose
 * hash it names, those of the next epoch by itself.
 * @param transport - to a node that need not be trusted
 * @param blockHash - of the trusted block, in base58
 * @throws {LightClientError} `wrong_block`, `wrong_producers`: the node lies, or the block is so near to the start of its epoch
 * that no node shows the next producers yet
 * @throws {RpcError} `UNKNOWN_BLOCK` where the node has it no longer; `INTERNAL_ERROR` where it is not final
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { trustBlock } from "@yoctonear/light-client";
 * import { block } from "@yoctonear/rpc";
 * const { transport, produceBlocks } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await produceBlocks(5);
 * const { hash } = (await block(transport, { block: { finality: "final" } })).header;
 * (await trustBlock(transport, hash)).producers.map(({ accountId }) => accountId); // ["test.near"]
 * ```
 */
export async function trustBlock(
  transport: Transport,
  blockHash: string,
  options?: CallOptions,
): Promise<LightClientState> {
  const head = await headerOf(transport, blockHash, blockHash, options);
  // An epoch is named by the last block before the one before it, so the next one by the last of the epoch before.
  const before = await headerOf(transport, head.nextEpochId, blockHash, options);
  const [ordered, next] = await Promise.all([
    experimentalValidatorsOrdered(transport, { blockId: blockHash }, options),
    nextLightClientBlock(transport, { lastBlockHash: before.hash }, options),
  ]);
  return looking("malformed", () => ({
    head,
    producers: readProducers(ordered, before.nextBpHash),
    nextProducers: readProducers(next.next_bps ?? [], head.nextBpHash),
  }));
}

/**
 * Follows the chain to its newest final block: about one block for each epoch that has passed, all of them verified.
 * @param transport - to a node that need not be trusted
 * @param state - where the light client stands
 * @returns where it stands then; the same state when nothing is newer, or a node says so: see the head's timestamp
 * @throws {LightClientError} when the node lies; `state` is still right
 * @throws {RpcError} `UNKNOWN_BLOCK` where the node has forgotten the head
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { syncLightClient, trustBlock } from "@yoctonear/light-client";
 * import { block } from "@yoctonear/rpc";
 * const { transport, produceBlocks } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await produceBlocks(5);
 * const state = await trustBlock(transport, (await block(transport, { block: { finality: "final" } })).header.hash);
 * await produceBlocks(20);
 * (await syncLightClient(transport, state)).head.height - state.head.height; // 20n
 * ```
 */
export async function syncLightClient(
  transport: Transport,
  state: LightClientState,
  options?: CallOptions,
): Promise<LightClientState> {
  let current = state;
  for (;;) {
    const params = { lastBlockHash: current.head.hash };
    const next = await nextLightClientBlock(transport, params, options);
    if (next.inner_lite === undefined) return current;
    // Each is above the one before, so that a node can lead nowhere for ever only by making blocks for ever.
    current = verifyLightClientBlock(current, next);
  }
}

async function headerOf(
  transport: Transport,
  blockHash: string,
  lightClientHead: string,
  options?: CallOptions,
): Promise<TrustedBlock> {
  const params = { blockHash, lightClientHead };
  const { block_header_lite } = await experimentalLightClientBlockProof(transport, params, options);
  const block = looking("malformed", () => readHeader(block_header_lite));
  if (block.hash !== blockHash) refuse("wrong_block", `block ${blockHash}`, block.hash);
  return block;
}
