/**
 * Makes the next block: a chunk of what applying the block before gave, the new transactions and the
 * receipts on their way; applies it; makes and signs the header.
 * @module
 */
import { encode, u64 } from "@yoctonear/borsh";
import type { SignedTransaction } from "@yoctonear/transactions";
import { applyChunk } from "../runtime/apply-chunk.ts";
import type { ApplyContext, ApplyResult } from "../runtime/context.ts";
import type { StateChange } from "../state/state-change.ts";
import { trieRoot } from "../state/trie.ts";
import type { Block, BlockResult, Chunk } from "./block.ts";
import {
  approvalMessage,
  type BlockHeader,
  blockHash,
  type BlockHeaderFields,
  finalityAfter,
} from "./block-header.ts";
import type { BlockSigner } from "./block-signer.ts";
import {
  blockBodyHash,
  type ChunkHeader,
  type ChunkHeaderInner,
  chunkHash,
  chunkHeadersRoot,
  encodeChunkBody,
  outgoingReceiptsRoot,
  rootOverChunks,
} from "./chunk-header.ts";
import { approvers, epochAfter, type EpochPosition } from "./epoch.ts";
import { producerId } from "./epoch-reward.ts";
import { MAX_GAS_PRICE_FACTOR, nextGasPrice } from "./gas-price.ts";
import { noSignature } from "./genesis-block.ts";
import type { GenesisConfig } from "./genesis-config.ts";
import { combineHashes, hashBytes, hashOf } from "./hash.ts";
import { appendBlockHash, blockMerkleRoot, createMerkleTree, merkleRoot } from "./merkle.ts";
import { outcomeLeaves } from "./outcome.ts";
import { receiptsCodec } from "./receipt.ts";
import type { ReedSolomon } from "./reed-solomon.ts";
import { signedTransactionBytes } from "./transaction-bytes.ts";

/** What all blocks of a chain are made with. */
export interface BlockMaker {
  readonly config: GenesisConfig;
  readonly signer: BlockSigner;
  readonly reedSolomon: ReedSolomon;
}

/** What a block is made of. */
export interface BlockInput {
  readonly height: number;
  /** Nanoseconds since 1970, above the timestamp of the block before. */
  readonly timestamp: bigint;
  readonly transactions: readonly SignedTransaction[];
  /** The rest of what the runtime looks at. */
  readonly context: Pick<
    ApplyContext,
    "isExpired" | "statePatch" | "verdicts" | "modules" | "vmConfig"
  >;
  /** Height of a block, by hash. */
  readonly heightOf: (blockHash: string) => number;
  /** The value of `epochSyncDataHash`, asked for in the first block of an epoch. */
  readonly epochSyncHash: (epoch: EpochPosition) => string;
}

const VRF_PROOF_LENGTH = 64;

/** Makes a block after another. The first one after the genesis has no new chunk, as in nearcore. */
export async function makeBlock(prev: Block, input: BlockInput, maker: BlockMaker): Promise<Block> {
  const { config, signer } = maker;
  const { height, timestamp } = input;
  const hasNewChunk = prev.header.height !== config.genesisHeight;
  const approvals = approve(prev, height, maker);
  const inner = hasNewChunk ? makeChunk(prev, input, maker) : null;
  const epoch = epochAfter(
    prev,
    { height, hasNewChunk, proposals: inner?.prevValidatorProposals ?? [] },
    config,
  );
  const vrfValue = combineHashes(hashBytes(prev.header.randomValue), paddedHeight(height));
  const randomValue = hashOf(vrfValue);
  const { applied, changes } = apply(prev, input, { randomValue, inner, epoch }, config);
  const unsigned: readonly ChunkHeader[] =
    inner === null ? prev.chunks : [{ ...inner, heightIncluded: height, signature: noSignature }];
  const chunks =
    inner === null
      ? unsigned
      : unsigned.map((chunk) => ({ ...chunk, signature: signLater(chunk.chunkHash, signer) }));
  const merkleTree = appendBlockHash(prev.merkleTree, prev.header.hash);
  const fields: BlockHeaderFields = {
    prevHash: prev.header.hash,
    height,
    epochId: epoch.epochId,
    nextEpochId: epoch.nextEpochId,
    prevStateRoot: rootOverChunks(chunks.map(({ prevStateRoot }) => prevStateRoot)),
    outcomeRoot: rootOverChunks(chunks.map(({ prevOutcomeRoot }) => prevOutcomeRoot)),
    timestamp,
    nextBpHash: epoch.nextBpHash,
    blockMerkleRoot: blockMerkleRoot(merkleTree),
    // Only a node that has the body could check this: the draw's proof, the chunk's signature and its
    // endorsements, which take a signature each, are left out.
    blockBodyHash: blockBodyHash(unsigned, vrfValue, new Uint8Array(VRF_PROOF_LENGTH), [[]]),
    prevChunkOutgoingReceiptsRoot: rootOverChunks(
      chunks.map(({ prevOutgoingReceiptsRoot }) => prevOutgoingReceiptsRoot),
    ),
    chunkHeadersRoot: chunkHeadersRoot(chunks),
    chunkTxRoot: rootOverChunks(chunks.map(({ txRoot }) => txRoot)),
    randomValue,
    prevValidatorProposals: inner?.prevValidatorProposals ?? [],
    chunkMask: [hasNewChunk],
    ...moneyAfter(prev.header, inner, epoch, config),
    ...finalityAfter(prev.header, height),
    blockOrdinal: prev.header.blockOrdinal + 1,
    prevHeight: prev.header.height,
    epochSyncDataHash: epoch.update === null ? null : input.epochSyncHash(epoch),
    approvals: await approvals,
    latestProtocolVersion: config.protocolVersion,
    chunkEndorsements: [hasNewChunk ? Uint8Array.of(1) : new Uint8Array(0)],
  };
  const hash = blockHash(fields);
  // Not spread into another object: V8 would give the header of each block a layout of its own.
  const header = Object.assign(fields, { hash, signature: signLater(hash, signer) });
  return {
    header,
    chunks,
    chunk: chunkOf(chunks, prev, input.transactions, hasNewChunk),
    author: producerId(config),
    state: applied.state,
    result: finish(applied),
    changes,
    epoch,
    epochFirstBlock: epoch.update === null ? prev.epochFirstBlock : hash,
    finalHeight: input.heightOf(header.lastFinalBlock),
    merkleTree,
  };
}

/** The signature over a hash, which is made once somebody asks for it. */
function signLater(hash: string, signer: BlockSigner): () => string {
  let signature: string | undefined;
  return () => (signature ??= signer.signNow(hashBytes(hash)));
}

function makeChunk(
  { header, state, result }: Block,
  { height, transactions }: BlockInput,
  { config, reedSolomon }: BlockMaker,
): ChunkHeaderInner & { readonly chunkHash: string } {
  const encoded = transactions.map(signedTransactionBytes);
  const body = encodeChunkBody(encoded, result.outgoingBytes);
  const inner: ChunkHeaderInner = {
    prevBlockHash: header.hash,
    prevStateRoot: trieRoot(state),
    prevOutcomeRoot: result.outcomeTree.root,
    encodedMerkleRoot: reedSolomon.root(body),
    encodedLength: body.length,
    heightCreated: height,
    shardId: config.shardId,
    prevGasUsed: result.gasUsed,
    gasLimit: config.gasLimit,
    prevBalanceBurnt: result.balanceBurnt,
    prevOutgoingReceiptsRoot: outgoingReceiptsRoot(config.shardId, result.outgoingBytes),
    txRoot: merkleRoot(encoded),
    prevValidatorProposals: result.validatorProposals,
    congestionInfo: { ...result.congestion, allowedShard: config.shardId },
  };
  return { ...inner, chunkHash: chunkHash(inner) };
}

/** What of a block is known before it is applied. */
interface BlockStart {
  readonly randomValue: string;
  /** `null` where the block repeats an old chunk. */
  readonly inner: ChunkHeaderInner | null;
  readonly epoch: EpochPosition;
}

/** A height in the place of a hash. */
function paddedHeight(height: number): Uint8Array {
  const padded = new Uint8Array(32);
  padded.set(encode(u64, BigInt(height)));
  return padded;
}

function apply(
  prev: Block,
  { height, timestamp, transactions, context: given }: BlockInput,
  { randomValue, inner, epoch }: BlockStart,
  config: GenesisConfig,
): { readonly applied: ApplyResult; readonly changes: () => readonly StateChange[] } {
  const { state, result } = prev;
  const incoming = result.outgoingReceipts;
  const expired: string[] = [];
  const proposals = inner?.prevValidatorProposals ?? [];
  const context: ApplyContext = {
    isExpired: (blockHash) => {
      const isExpired = given.isExpired(blockHash);
      if (isExpired) expired.push(blockHash);
      return isExpired;
    },
    statePatch: given.statePatch,
    verdicts: given.verdicts,
    modules: given.modules,
    vmConfig: given.vmConfig,
    height,
    timestamp,
    randomValue,
    gasPrice: prev.header.nextGasPrice,
    gasLimit: config.gasLimit,
    prevBlockHash: prev.header.hash,
    chainId: config.chainId,
    protocolVersion: config.protocolVersion,
    epochHeight: epoch.current.epochHeight,
    hasNewChunk: inner !== null,
    validators: epoch.current.validators,
    minimumStake: epoch.next.seatPrice / config.minimumStakeDivisor,
    validatorUpdate:
      epoch.update === null
        ? null
        : {
            ...epoch.update,
            lastProposals: new Map(proposals.map(({ accountId, stake }) => [accountId, stake])),
          },
    congestion: result.congestion,
  };
  return {
    applied: applyChunk(state, context, transactions, incoming),
    changes: () => {
      // The chain has gone on, and would judge otherwise by now.
      const isExpired = (blockHash: string): boolean => expired.includes(blockHash);
      return applyChunk(state, { ...context, isExpired }, transactions, incoming).changes;
    },
  };
}

function finish(applied: ApplyResult): BlockResult {
  return {
    outcomes: applied.outcomes,
    outgoingReceipts: applied.outgoingReceipts,
    createdReceipts: applied.createdReceipts,
    receiptParents: applied.receiptParents,
    gasUsed: applied.gasUsed,
    balanceBurnt: applied.balanceBurnt,
    validatorProposals: applied.validatorProposals,
    congestion: applied.congestion,
    skippedTransactions: applied.skippedTransactions,
    outcomeTree: createMerkleTree(outcomeLeaves(applied.outcomes)),
    outgoingBytes: encode(receiptsCodec, applied.outgoingReceipts),
  };
}

function moneyAfter(
  prev: BlockHeader,
  chunk: ChunkHeaderInner | null,
  epoch: EpochPosition,
  config: GenesisConfig,
): Pick<BlockHeader, "nextGasPrice" | "totalSupply"> {
  const ceiling = config.minGasPrice * MAX_GAS_PRICE_FACTOR;
  const [rateNumerator, rateDenominator] = config.gasPriceAdjustmentRate;
  const rule = {
    min: config.minGasPrice,
    max: config.maxGasPrice < ceiling ? config.maxGasPrice : ceiling,
    rateNumerator,
    rateDenominator,
  };
  return {
    nextGasPrice: nextGasPrice(
      prev.nextGasPrice,
      chunk?.prevGasUsed ?? 0n,
      chunk?.gasLimit ?? 0n,
      rule,
    ),
    totalSupply: prev.totalSupply + epoch.minted - (chunk?.prevBalanceBurnt ?? 0n),
  };
}

/** Only the producer is here to approve; what others might sign is missing. */
async function approve(
  prev: Block,
  height: number,
  { config, signer }: BlockMaker,
): Promise<readonly (string | null)[]> {
  const { hash, height: prevHeight } = prev.header;
  const own = await signer.sign(approvalMessage(hash, prevHeight, height));
  return approvers(prev, config).map(({ accountId }) =>
    accountId === producerId(config) ? own : null,
  );
}

function chunkOf(
  [header]: readonly ChunkHeader[],
  prev: Block,
  transactions: readonly SignedTransaction[],
  hasNewChunk: boolean,
): Chunk | null {
  if (header === undefined || !hasNewChunk) return null;
  return { header, transactions, receipts: prev.result.outgoingReceipts };
}
