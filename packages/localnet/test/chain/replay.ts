/**
 * Applies the blocks of a recorded chain one after another, and compares what comes out with what the next chunk header
 * commits to.
 * @module
 */
import { encode } from "@yoctonear/borsh";
import type { SignedTransaction } from "@yoctonear/transactions";
import { integer, type Json, list, loadRecording, text } from "@yoctonear/vectors";
import { outgoingReceiptsRoot } from "#localnet/chain/chunk-header";
import { type EpochPosition, epochAfter, genesisEpoch } from "#localnet/chain/epoch";
import { parseGenesis } from "#localnet/chain/genesis";
import type { GenesisConfig } from "#localnet/chain/genesis-config";
import { createMerkleTree } from "#localnet/chain/merkle";
import { outcomeLeaves } from "#localnet/chain/outcome";
import { type Receipt, receiptsCodec } from "#localnet/chain/receipt";
import { applyChunk } from "#localnet/runtime/apply-chunk";
import { type ApplyResult, NO_CONGESTION } from "#localnet/runtime/context";
import { trieRoot } from "#localnet/state/trie";
import * as assert from "uvu/assert";
import { readBlock, readTransactions, type RecordedBlock } from "./recorded.ts";

/** Where the recorded chains begin. */
export const genesis = parseGenesis(JSON.stringify(await loadRecording("genesis")));

/** What is to be replayed. */
export interface Replay {
  readonly recording: Json;
  readonly config: GenesisConfig;
  /** Transactions by the hash of their block. */
  readonly transactions: ReadonlyMap<string, readonly SignedTransaction[]>;
  /** Last block to apply. */
  readonly last: number;
  /** Whether the transactions are exact, so that ids and roots must be too. */
  readonly isExact: boolean;
  /** Told what each block gave. */
  readonly onApplied?: ((blockHash: string, applied: ApplyResult) => void) | undefined;
}

/** Applies block after block; each result must be what the next chunk header commits to. */
export function replay({
  recording,
  config,
  transactions,
  last,
  isExact,
  onApplied,
}: Replay): number {
  const blocks = list(recording, "blocks").map(readBlock);
  const heights = new Map(blocks.map(({ header }) => [header.hash, header.height]));
  let state = genesis.state;
  let epoch: EpochPosition = genesisEpoch(config);
  let result: Omit<ApplyResult, "state" | "changes"> = {
    outcomes: [],
    outgoingReceipts: [],
    createdReceipts: [],
    receiptParents: [],
    gasUsed: 0n,
    balanceBurnt: 0n,
    validatorProposals: [],
    congestion: NO_CONGESTION,
    skippedTransactions: [],
  };
  let incoming: readonly Receipt[] = [];
  let compared = 0;
  for (const [i, { header, chunks }] of blocks.entries()) {
    const prev = blocks[i - 1];
    if (prev === undefined) continue;
    const hasNewChunk = header.chunkMask[0] === true;
    if (hasNewChunk) {
      checkChunk(chunks, state, result, header.height);
      // The chunk of block 2 repeats the roots of the genesis chunk in part: nothing has run yet.
      if (isExact && header.height > 2) checkRoots(chunks, result, header.height);
      compared++;
    }
    if (header.height > last) break;
    const finalHeight = heights.get(prev.header.lastFinalBlock) ?? 0;
    const proposals = hasNewChunk ? (chunks[0]?.prevValidatorProposals ?? []) : [];
    const parent = { header: prev.header, finalHeight, epoch };
    epoch = epochAfter(parent, { height: header.height, hasNewChunk, proposals }, config);
    const applied = applyChunk(
      state,
      {
        height: header.height,
        timestamp: header.timestamp,
        gasPrice: prev.header.nextGasPrice,
        gasLimit: config.gasLimit,
        randomValue: header.randomValue,
        prevBlockHash: header.prevHash,
        protocolVersion: 86,
        chainId: config.chainId,
        epochHeight: epoch.current.epochHeight,
        hasNewChunk,
        isExpired: () => false,
        validators: epoch.current.validators,
        minimumStake: epoch.next.seatPrice / config.minimumStakeDivisor,
        validatorUpdate:
          epoch.update === null
            ? null
            : {
                ...epoch.update,
                lastProposals: new Map(proposals.map(({ accountId, stake }) => [accountId, stake])),
              },
        statePatch: [],
        congestion: result.congestion,
      },
      transactions.get(header.hash) ?? [],
      incoming,
    );
    onApplied?.(header.hash, applied);
    ({ state } = applied);
    result = applied;
    incoming = applied.outgoingReceipts;
  }
  return compared;
}

function checkChunk(
  [chunk]: RecordedBlock["chunks"],
  state: ApplyResult["state"],
  result: Omit<ApplyResult, "state" | "changes">,
  height: number,
): void {
  const at = `chunk of block ${height}`;
  assert.ok(chunk, at);
  assert.is(chunk.prevGasUsed, result.gasUsed, at);
  assert.is(chunk.prevBalanceBurnt, result.balanceBurnt, at);
  assert.equal(chunk.prevValidatorProposals, result.validatorProposals, at);
  const { allowedShard: _, ...congestion } = chunk.congestionInfo;
  assert.equal(congestion, result.congestion, at);
  assert.is(chunk.prevStateRoot, trieRoot(state), at);
}

function checkRoots(
  [chunk]: RecordedBlock["chunks"],
  { outcomes, outgoingReceipts }: Omit<ApplyResult, "state" | "changes">,
  height: number,
): void {
  const at = `chunk of block ${height}`;
  assert.ok(chunk, at);
  const { root } = createMerkleTree(outcomeLeaves(outcomes));
  assert.is(chunk.prevOutcomeRoot, root, at);
  const receipts = encode(receiptsCodec, outgoingReceipts);
  assert.is(chunk.prevOutgoingReceiptsRoot, outgoingReceiptsRoot(0, receipts), at);
}

/** The recorded transactions as they were signed, in the order of their chunks, by block. */
export function readSigned(recording: Json): ReadonlyMap<string, readonly SignedTransaction[]> {
  const signed = readTransactions(recording);
  const blocks = list(recording, "blocks").map(readBlock);
  return new Map(
    list(recording, "chunks").map((chunk) => {
      const height = Number(integer(chunk, "header", "height_created"));
      const transactions = list(chunk, "transactions").map((transaction) => {
        const found = signed.get(text(transaction, "hash"));
        assert.ok(found);
        return found;
      });
      return [blocks[height]?.header.hash ?? "", transactions];
    }),
  );
}
