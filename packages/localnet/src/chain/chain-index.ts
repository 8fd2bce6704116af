/**
 * The indexes of a chain: blocks and what is in them, by hash, height or id, in maps that share structure with their older
 * versions; and how old blocks leave them.
 * @module
 */
import type { SignedTransaction } from "@yoctonear/transactions";
import type { Block } from "./block.ts";
import { emptyMap, mapGet, mapWith, mapWithout, type PersistentMap } from "./persistent-map.ts";
import type { Receipt } from "./receipt.ts";
import { signedTransactionHash } from "./transaction-bytes.ts";

/** Which block. */
export interface BlockName {
  readonly height: number;
  readonly hash: string;
}

/** A receipt, and the transaction or receipt that it comes from. */
interface BornReceipt {
  readonly receipt: Receipt;
  readonly parentId: string;
}

/** The chain at one time. */
export interface ChainSnapshot {
  readonly head: Block;
  /** By hash, by height in decimal digits, and by ordinal behind a #. */
  readonly blocks: PersistentMap<Block>;
  /** Block by the hash of its new chunk. */
  readonly chunks: PersistentMap<Block>;
  readonly transactions: PersistentMap<{
    readonly signed: SignedTransaction;
    readonly block: Block;
  }>;
  readonly outcomes: PersistentMap<{ readonly block: Block; readonly index: number }>;
  readonly receipts: PersistentMap<BornReceipt>;
  /** What is still known of blocks that are no longer kept, by hash and height. */
  readonly pruned: PersistentMap<BlockName>;
}

/** So many of the blocks that went are remembered by name, as a node remembers all its headers. */
const REMEMBERED = 1_000;
const GENESIS_ORDINAL = 1;

/** A chain of nothing but a head, which is not indexed yet. */
export function emptySnapshot(head: Block): ChainSnapshot {
  return {
    head,
    blocks: emptyMap(),
    chunks: emptyMap(),
    transactions: emptyMap(),
    outcomes: emptyMap(),
    receipts: emptyMap(),
    pruned: emptyMap(),
  };
}

/** The chain with another block for its head. */
export function withBlock(chain: ChainSnapshot, block: Block): ChainSnapshot {
  const { header, chunk, result } = block;
  const transactions = chunk?.transactions ?? [];
  return {
    ...chain,
    head: block,
    blocks: mapWith(chain.blocks, [
      [header.hash, block],
      [String(header.height), block],
      [ordinalKey(header.blockOrdinal), block],
    ]),
    chunks:
      chunk === null ? chain.chunks : mapWith(chain.chunks, [[chunk.header.chunkHash, block]]),
    transactions:
      transactions.length === 0
        ? chain.transactions
        : mapWith(
            chain.transactions,
            transactions.map((signed, i) => [hashAt(block, signed, i), { signed, block }]),
          ),
    outcomes:
      result.outcomes.length === 0
        ? chain.outcomes
        : mapWith(
            chain.outcomes,
            result.outcomes.map(({ id }, index) => [id, { block, index }]),
          ),
    receipts:
      result.createdReceipts.length === 0
        ? chain.receipts
        : mapWith(
            chain.receipts,
            result.createdReceipts.map((receipt, i) => [
              receipt.receiptId,
              { receipt, parentId: result.receiptParents[i] ?? "" },
            ]),
          ),
  };
}

/**
 * The chain with no more than so many blocks, besides the genesis and the first of the epoch, whose data goes into the next epoch's
 * header. To be asked after each block.
 * @param keep - how many, with the head
 */
export function withoutOldBlocks(chain: ChainSnapshot, keep: number): ChainSnapshot {
  const { header, epochFirstBlock } = chain.head;
  const last = header.blockOrdinal - keep;
  const oldest = mapGet(chain.blocks, ordinalKey(last));
  const before = mapGet(chain.blocks, header.prevHash);
  const first = before === undefined ? undefined : mapGet(chain.blocks, before.epochFirstBlock);
  let rest = chain;
  if (oldest !== undefined && oldest.header.hash !== epochFirstBlock) rest = without(rest, oldest);
  // Spared until the epoch had ended.
  const isSpared = first !== undefined && first.header.hash !== epochFirstBlock;
  if (isSpared && first.header.blockOrdinal < last) rest = without(rest, first);
  return rest;
}

function without(chain: ChainSnapshot, block: Block): ChainSnapshot {
  const { header, chunk, result } = block;
  const { hash, height, blockOrdinal } = header;
  if (blockOrdinal === GENESIS_ORDINAL) return chain;
  const name: BlockName = { height, hash };
  const forgotten = mapGet(chain.pruned, ordinalKey(blockOrdinal - REMEMBERED));
  const hashes = (chunk?.transactions ?? []).map((signed, index) => hashAt(block, signed, index));
  const ids = result.outcomes.map(({ id }) => id);
  return {
    head: chain.head,
    blocks: mapWithout(chain.blocks, [hash, String(height), ordinalKey(blockOrdinal)]),
    chunks: chunk === null ? chain.chunks : mapWithout(chain.chunks, [chunk.header.chunkHash]),
    // A later block may hold the same once more.
    transactions: mapWithout(
      chain.transactions,
      hashes.filter((id) => mapGet(chain.transactions, id)?.block.header.hash === hash),
    ),
    outcomes: mapWithout(
      chain.outcomes,
      ids.filter((id) => mapGet(chain.outcomes, id)?.block.header.hash === hash),
    ),
    receipts: mapWithout(
      chain.receipts,
      result.createdReceipts.map(({ receiptId }) => receiptId),
    ),
    pruned: mapWith(
      forgotten === undefined
        ? chain.pruned
        : mapWithout(chain.pruned, [
            forgotten.hash,
            String(forgotten.height),
            ordinalKey(blockOrdinal - REMEMBERED),
          ]),
      [
        [hash, name],
        [String(height), name],
        [ordinalKey(blockOrdinal), name],
      ],
    ),
  };
}

/** Under which a block is found by its number. */
export function ordinalKey(ordinal: number): string {
  return `#${ordinal}`;
}

/** The first outcomes are those of the transactions, unless one came twice. */
function hashAt({ result }: Block, signed: SignedTransaction, index: number): string {
  const outcome = result.skippedTransactions.length === 0 ? result.outcomes[index] : undefined;
  return outcome?.id ?? signedTransactionHash(signed);
}
