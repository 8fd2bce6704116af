/**
 * Many reads of one block.
 * @module
 */
import type { BlockReference } from "../block-reference.ts";
import { field, isRecord } from "../record.ts";
import { refuse } from "../refuse.ts";
import type { RpcRequest, Transport } from "../transport.ts";
import { toWire } from "../wire.ts";
import { checkOptions } from "./check-options.ts";
import { isAtBlock } from "./method.ts";
import { createOnce } from "./shared-call.ts";
import { wrap } from "./wrap.ts";

/** Which block. */
export interface PinOptions {
  /** The newest final one unless told, which is looked up at the first read. */
  readonly block?: BlockReference | undefined;
  /** Asked for the block in place of the transport itself: one endpoint, where that is a quorum. */
  readonly from?: Transport | undefined;
}

/**
 * Reads everything at one block: whatever asks for the state by finality gets that of this block, so that
 * balances, keys and views of several contracts fit together, however long it takes. Broadcasts and
 * questions that name a block themselves go through as they are. Made anew for each set of reads.
 * @param transport - what is asked
 * @throws {TypeError} for an option that does not exist
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { pinBlock, viewAccount } from "@yoctonear/rpc";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const pinned = pinBlock(chain.transport);
 * const alice = await viewAccount(pinned, { accountId: "alice.near" });
 * await chain.produceBlocks(3);
 * const bob = await viewAccount(pinned, { accountId: "bob.near" });
 * alice.block_hash === bob.block_hash; // true
 * ```
 */
export function pinBlock(transport: Transport, options: PinOptions = {}): Transport {
  checkOptions("pinBlock", options, {}, ["block", "from"]);
  const { block = { finality: "final" }, from = transport } = options;
  const hashOf = createOnce(async (signal) => {
    const found = await from({ method: "block", params: toWire(block) }, { signal });
    const hash = field(found, "header", "hash");
    return typeof hash === "string" ? hash : refuse("block.header.hash", "text", hash);
  });

  return wrap([transport], async (request, sending = {}) => {
    if (!namesNoBlock(request)) return transport(request, sending);
    const { finality: _, ...params } = request.params;
    const block_id = await hashOf(sending.signal);
    return transport({ method: request.method, params: { ...params, block_id } }, sending);
  });
}

function namesNoBlock(
  request: RpcRequest,
): request is RpcRequest & { readonly params: { readonly [name: string]: unknown } } {
  const { method, params } = request;
  return (method === "block" || isAtBlock(method)) && isRecord(params) && "finality" in params;
}
