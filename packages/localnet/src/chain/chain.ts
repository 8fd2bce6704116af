/**
 * The chain: its blocks and what is in them, found by hash, height or id. All of it is one immutable
 * value that each new block replaces, so that a snapshot is a reference, and a restore too.
 * @module
 */
import type { SignedTransaction } from "@yoctonear/transactions";
import type { CompiledModules, VmConfig } from "@yoctonear/vm";
import type { SignatureVerdicts } from "../runtime/signature.ts";
import { createVmConfig } from "../runtime/vm-config.ts";
import type { StateRecord } from "../state/state-record.ts";
import type { Block, Chunk } from "./block.ts";
import { type BlockMaker, makeBlock } from "./block-builder.ts";
import type { BlockSigner } from "./block-signer.ts";
import { ChainError } from "./chain-error.ts";
import {
  type BlockName,
  type ChainSnapshot,
  emptySnapshot,
  ordinalKey,
  withBlock,
  withoutOldBlocks,
} from "./chain-index.ts";
import type { EpochPosition } from "./epoch.ts";
import { blockInfo, epochSyncHash, NO_BLOCK_INFO } from "./epoch-sync.ts";
import type { Genesis } from "./genesis.ts";
import { createGenesisBlock } from "./genesis-block.ts";
import { ZERO_HASH } from "./hash.ts";
import type { MerkleStep } from "./merkle.ts";
import type { ExecutionOutcome } from "./outcome.ts";
import { mapGet } from "./persistent-map.ts";
import type { Receipt } from "./receipt.ts";
import { createReedSolomon } from "./reed-solomon.ts";
import { forgetTransactionBytes } from "./transaction-bytes.ts";

/** The blocks of a chain, and the means to add one. */
export interface Chain {
  readonly genesis: Genesis;
  readonly genesisBlock: Block;
  /** Numbers by which contracts run here. */
  readonly vmConfig: VmConfig;
  /** The newest block. */
  head(): Block;
  /** The newest block that cannot be replaced any more; the genesis at first. */
  finalBlock(): Block;
  /** The newest block that can hardly be replaced any more: doomslug final. */
  nearlyFinalBlock(): Block;
  blockByHash(hash: string): Block | undefined;
  blockByHeight(height: number): Block | undefined;
  /** A block by its number; the genesis has number 1. */
  blockByOrdinal(ordinal: number): Block | undefined;
  /** A block that was here and is not kept any more. */
  pruned(hashOrHeight: string | number): BlockName | undefined;
  /** A new chunk of a block, by its own hash, with the block. */
  chunk(hash: string): { readonly chunk: Chunk; readonly block: Block } | undefined;
  /** A transaction that is in a block. */
  transaction(
    hash: string,
  ): { readonly signed: SignedTransaction; readonly block: Block } | undefined;
  /** What came of a transaction or receipt, with the block that ran it and its place there. */
  outcome(id: string): PlacedOutcome | undefined;
  /** A receipt that some block made. */
  receipt(id: string): Receipt | undefined;
  /** Id of the transaction or receipt that such a receipt comes from. */
  receiptParent(id: string): string | undefined;
  /**
   * Tells whether a transaction that names this block is too old, or names no block of this chain.
   * @param height - of the block that would take it; that after the head unless given
   */
  isExpired(blockHash: string, height?: number): boolean;
  /** Tells whether nothing is on its way: no receipt is sent or delayed. */
  isSettled(): boolean;
  /**
   * Makes the next block. Not to be called again before it is done.
   * @throws {ChainError} `not_after_head`, `no_chunk`, `not_wanted`, `restored_meanwhile`
   */
  produce(transactions: readonly SignedTransaction[], options?: ProduceOptions): Promise<Block>;
  /** The chain as it is now; taking it costs nothing. */
  snapshot(): ChainSnapshot;
  /** Sets the chain back, or forth, to a snapshot of it; costs nothing. */
  restore(snapshot: ChainSnapshot): void;
}

/** What the next block is besides its transactions. */
interface ProduceOptions {
  /** Above that of the head; the heights between stay without a block. */
  readonly height?: number | undefined;
  /** Records written at its end (`sandbox_patch_state`). */
  readonly patch?: readonly StateRecord[] | undefined;
  /** Verdicts on the signatures of delegates. */
  readonly verdicts?: SignatureVerdicts | undefined;
  /** Tells, while the block is made, whether it shall be; without it, it shall. */
  readonly isWanted?: Promise<boolean> | undefined;
}

/** An outcome with its place. */
interface PlacedOutcome {
  readonly outcome: ExecutionOutcome;
  readonly blockHash: string;
  readonly block: Block;
  /** Gives the way to the outcome root of its chunk. */
  readonly proof: () => readonly MerkleStep[];
}

/** How a chain is made. */
export interface ChainOptions {
  readonly genesis: Genesis;
  /** Signs blocks in the name of the genesis's first validator. */
  readonly signer: BlockSigner;
  /** The time, ns since 1970; without it each height takes {@link BLOCK_TIME}. */
  readonly now?: (() => bigint) | undefined;
  /** Contracts compiled beforehand. */
  readonly modules?: CompiledModules | undefined;
  /** How many blocks stay, the newest ones; all unless told. */
  readonly keepBlocks?: number | undefined;
}

/** Nanoseconds between blocks, unless a clock is given. */
export const BLOCK_TIME = 1_000_000_000n;

/** Makes a chain of the genesis and its successor, which is without a chunk. */
export async function createChain(options: ChainOptions): Promise<Chain> {
  const { genesis, signer, now, modules, keepBlocks } = options;
  const { config } = genesis;
  const vmConfig = await createVmConfig(config.protocolVersion);
  const maker: BlockMaker = {
    config,
    signer,
    reedSolomon: createReedSolomon(config.numBlockProducerSeats),
  };
  const genesisBlock = createGenesisBlock(genesis);
  let current = withBlock(emptySnapshot(genesisBlock), genesisBlock);

  const blockByHash = (hash: string): Block | undefined => mapGet(current.blocks, hash);
  const pruned = (hashOrHeight: string): BlockName | undefined =>
    mapGet(current.pruned, hashOrHeight);
  const blockOr = (hash: string): Block => blockByHash(hash) ?? genesisBlock;
  const isExpired = (
    blockHash: string,
    height: number = current.head.header.height + 1,
  ): boolean => {
    const named = blockByHash(blockHash)?.header.height ?? pruned(blockHash)?.height;
    // What counts is the height of the block before.
    const prevHeight = Math.min(height - 1, current.head.header.height);
    return named === undefined || prevHeight > named + config.transactionValidityPeriod;
  };
  const syncHash = (epoch: EpochPosition): string => {
    const { head } = current;
    const info = (block: Block): typeof NO_BLOCK_INFO =>
      block === genesisBlock
        ? blockInfo(block.header, { finalHeight: 0, epochFirstBlock: ZERO_HASH })
        : blockInfo(block.header, block);
    const infos = [head.epoch.current, epoch.current, epoch.next];
    if (head === genesisBlock) {
      const blocks = { first: NO_BLOCK_INFO, lastButOne: NO_BLOCK_INFO, last: info(head) };
      return epochSyncHash(blocks, infos, config);
    }
    const blocks = {
      first: info(blockOr(head.epochFirstBlock)),
      lastButOne: info(blockOr(head.header.prevHash)),
      last: info(head),
    };
    return epochSyncHash(blocks, infos, config);
  };

  const produce = async (
    transactions: readonly SignedTransaction[],
    { height, patch = [], verdicts, isWanted }: ProduceOptions = {},
  ): Promise<Block> => {
    const before = current;
    const { header } = before.head;
    const target = height ?? header.height + 1;
    if (!Number.isSafeInteger(target) || target <= header.height) {
      throw new ChainError(
        "not_after_head",
        `expected a height above ${header.height}, got ${target}`,
      );
    }
    if (before.head === genesisBlock && transactions.length + patch.length > 0) {
      throw new ChainError("no_chunk", "expected nothing for block 1, which has no chunk");
    }
    const input = {
      height: target,
      timestamp: nextTimestamp(header.timestamp, BigInt(target - header.height), now),
      transactions,
      context: {
        isExpired: (blockHash: string) => isExpired(blockHash, target),
        statePatch: patch,
        verdicts,
        modules,
        vmConfig,
      },
      heightOf: (hash: string) => blockOr(hash).header.height,
      epochSyncHash: syncHash,
    };
    const block = await makeBlock(before.head, input, maker);
    // Nothing has changed so far.
    if (isWanted !== undefined && !(await isWanted)) {
      throw new ChainError(
        "not_wanted",
        `expected block ${target} to be wanted, got word that not`,
      );
    }
    if (current !== before) {
      throw new ChainError("restored_meanwhile", "expected the chain to stay, got a restored one");
    }
    const grown = withBlock(current, block);
    current = keepBlocks === undefined ? grown : withoutOldBlocks(grown, keepBlocks);
    transactions.forEach(forgetTransactionBytes);
    return block;
  };

  await produce([]);
  return {
    genesis,
    genesisBlock,
    vmConfig,
    head: () => current.head,
    finalBlock: () => blockOr(current.head.header.lastFinalBlock),
    nearlyFinalBlock: () => blockOr(current.head.header.lastDsFinalBlock),
    blockByHash,
    blockByHeight: (height) => mapGet(current.blocks, String(height)),
    blockByOrdinal: (ordinal) => mapGet(current.blocks, ordinalKey(ordinal)),
    pruned: (id) => pruned(String(id)),
    chunk: (hash) => {
      const block = mapGet(current.chunks, hash);
      return block?.chunk == null ? undefined : { chunk: block.chunk, block };
    },
    transaction: (hash) => mapGet(current.transactions, hash),
    outcome: (id) => {
      const place = mapGet(current.outcomes, id);
      const outcome = place?.block.result.outcomes[place.index];
      if (place === undefined || outcome === undefined) return undefined;
      const { block, index } = place;
      const proof = (): readonly MerkleStep[] => block.result.outcomeTree.proof(index);
      return { outcome, blockHash: block.header.hash, block, proof };
    },
    receipt: (id) => mapGet(current.receipts, id)?.receipt,
    receiptParent: (id) => mapGet(current.receipts, id)?.parentId,
    isExpired,
    isSettled: () => {
      const { outgoingReceipts, congestion } = current.head.result;
      return outgoingReceipts.length === 0 && congestion.receiptBytes === 0n;
    },
    produce,
    snapshot: () => current,
    restore: (snapshot) => {
      current = snapshot;
    },
  };
}

function nextTimestamp(prev: bigint, heights: bigint, now: (() => bigint) | undefined): bigint {
  if (now === undefined) return prev + heights * BLOCK_TIME;
  const time = now();
  return time > prev ? time : prev + 1n;
}
