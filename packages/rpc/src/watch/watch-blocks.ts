/**
 * The blocks, one after another.
 * @module
 */
import type { BlockReference } from "../block-reference.ts";
import type { Finality, RpcBlockResponse } from "../generated/types.ts";
import { block } from "../methods/chain.ts";
import { refuse } from "../refuse.ts";
import { isRpcError } from "../rpc-error.ts";
import type { Transport } from "../transport.ts";
import { checkOptions } from "../transports/check-options.ts";
import { type Patience, patienceOf, type WatchOptions } from "./watch-options.ts";

/** A block by both of its names. */
export interface BlockPoint {
  readonly height: bigint;
  /** In base58. */
  readonly hash: string;
}

/** Which blocks, and how. */
export interface WatchBlocksOptions extends WatchOptions {
  /** Height of the first block, or of the next one where that was skipped; the newest unless told. */
  readonly from?: number | bigint | undefined;
  /** In place of `from`: the block behind which to go on, which the next one must descend from. */
  readonly after?: BlockPoint | undefined;
  /**
   * `final` unless told: those never change. With the others the chain may turn out otherwise: then the
   * blocks come that replace some that came before, and the first one's `prev_hash` tells where.
   */
  readonly finality?: Finality | undefined;
}

/** Further below the head no node is still undecided, so that heights will do. */
const NEAR_HEAD = 64n;
/** So many blocks are remembered, to find where another branch begins. */
const REMEMBERED = 1000;
/** After so many heights without a block the node is asked whether it still has any. */
const LONG_RUN = 32;

/**
 * Iterates over the blocks as they come, without a gap: each is the child of the one before it, heights
 * that were skipped are just missing. Nothing is asked before the next block is wanted. Failures that
 * may pass are waited out. Go on later with `after`, or with `from` one above the last height.
 * @throws {RpcError} `UNKNOWN_BLOCK` for a height that the node no longer has
 * @throws {TransportError} `malformed` when a node contradicts what came before
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { watchBlocks } from "@yoctonear/rpc";
 * const chain = await createLocalnet();
 * await chain.produceBlocks(5);
 * let last: string | undefined;
 * let inARow = 0;
 * for await (const { header } of watchBlocks(chain.transport, { from: 0 })) {
 *   if (header.prev_hash === last) inARow++;
 *   last = header.hash;
 *   if (inARow === 3) break;
 * }
 * inARow; // 3
 * ```
 */
export async function* watchBlocks(
  transport: Transport,
  options: WatchBlocksOptions = {},
): AsyncGenerator<RpcBlockResponse, never, undefined> {
  const others = ["signal", "pollInterval", "clock", "from", "after", "finality"];
  checkOptions("watchBlocks", options, {}, others);
  const patience = patienceOf("watchBlocks", options);
  const { signal, after, finality = "final" } = options;
  const read = (reference: BlockReference): Promise<RpcBlockResponse> =>
    block(transport, { block: reference }, { signal });

  const known: BlockPoint[] = after === undefined ? [] : [after];
  const from = options.from === undefined ? undefined : BigInt(options.from);
  let next = after === undefined ? from : after.height + 1n;
  for (;;) {
    const head = await patience.ask(() => read({ finality }));
    const { height } = head.header;
    for (let at = next ?? height; at <= height; next = at) {
      const isFar = height - at > NEAR_HEAD;
      const target = isFar ? await findFrom(at, head, read, patience) : head;
      const path = await pathTo(target, at, known, read, patience);
      graft(path[0], known, finality === "final");
      for (const one of path) {
        signal?.throwIfAborted();
        known.push({ height: one.header.height, hash: one.header.hash });
        if (known.length > REMEMBERED) known.shift();
        yield one;
      }
      at = target.header.height + 1n;
    }
    await patience.pause();
  }
}

type Read = (reference: BlockReference) => Promise<RpcBlockResponse>;

/** Finds the first block at a height or above. */
async function findFrom(
  height: bigint,
  head: RpcBlockResponse,
  read: Read,
  { ask }: Patience,
): Promise<RpcBlockResponse> {
  for (let at = height; at < head.header.height; at++) {
    // Of a height without a block a node says the same as of one that it does not know yet, or no longer.
    const found = await ask(() => read({ blockId: at }).catch(unlessUnknown));
    if (found !== null) {
      if (found.header.height !== at) refuse("block.header.height", `${at}`, found.header.height);
      return found;
    }
    if (at - height + 1n !== BigInt(LONG_RUN)) continue;
    const first = await ask(() => read({ syncCheckpoint: "earliest_available" })).catch(() => null);
    if (first !== null && first.header.height > height) return read({ blockId: height });
  }
  return head;
}

function unlessUnknown(error: unknown): null {
  if (isRpcError(error, "UNKNOWN_BLOCK")) return null;
  throw error;
}

/**
 * Goes back from a block to one that came already, or to the first one wanted.
 * @param known - what came, oldest first
 * @returns the blocks between, the target included, oldest first
 */
async function pathTo(
  target: RpcBlockResponse,
  next: bigint,
  known: readonly BlockPoint[],
  read: Read,
  { ask }: Patience,
): Promise<readonly RpcBlockResponse[]> {
  const path = [target];
  const [oldest] = known;
  for (let { header } = target; ;) {
    const parent = header.prev_hash;
    if (known.some(({ hash }) => hash === parent)) return path;
    // The genesis has no parent; below everything known there is nothing to descend from.
    const isBottom = /^1+$/.test(parent) || (oldest && header.height <= oldest.height);
    const before = header.prev_height ?? undefined;
    if (isBottom || (!oldest && before !== undefined && before < next)) return path;
    const block = await ask(() => read({ blockId: parent }));
    if (block.header.hash !== parent) refuse("block.header.hash", parent, block.header.hash);
    // Or a node that lies could lead back for ever.
    if (block.header.height >= header.height) {
      refuse("block.header.height", `below ${header.height}`, block.header.height);
    }
    ({ header } = block);
    if (!oldest && header.height < next) return path;
    path.unshift(block);
  }
}

/**
 * Takes off what another branch replaces.
 * @param child - the next block
 * @param known - what came, oldest first
 * @throws {TransportError} `malformed` when it descends from none of them, or not from the last of final ones
 */
function graft(child: RpcBlockResponse | undefined, known: BlockPoint[], isFinal: boolean): void {
  const last = known.at(-1);
  if (last === undefined || child === undefined) return;
  const { prev_hash: parent, hash } = child.header;
  const joint = known.findIndex((point) => point.hash === parent);
  if (joint < 0 || (isFinal && joint < known.length - 1)) {
    refuse("block.header.prev_hash", `a descendant of block ${last.hash}`, hash);
  }
  known.length = joint + 1;
}
