/**
 * The first block of a chain. Source: nearcore core/primitives/src/block.rs, `genesis`.
 * @module
 */
import { encode } from "@yoctonear/borsh";
import { NO_CONGESTION } from "../runtime/context.ts";
import { trieRoot } from "../state/trie.ts";
import type { Block, BlockResult } from "./block.ts";
import { blockHash, type BlockHeaderFields } from "./block-header.ts";
import {
  blockBodyHash,
  type ChunkHeader,
  type ChunkHeaderInner,
  chunkHash,
  chunkHeadersRoot,
  encodeChunkBody,
  rootOverChunks,
} from "./chunk-header.ts";
import { genesisEpoch } from "./epoch.ts";
import { producerId } from "./epoch-reward.ts";
import type { Genesis } from "./genesis.ts";
import { ZERO_HASH } from "./hash.ts";
import { createMerkleTree, EMPTY_BLOCK_MERKLE_TREE } from "./merkle.ts";
import { receiptsCodec } from "./receipt.ts";
import { createReedSolomon } from "./reed-solomon.ts";

/** Signature of what nobody signed. */
export const noSignature = (): string =>
  "ed25519:1111111111111111111111111111111111111111111111111111111111111111";

/** The genesis chunk is cut into three parts, whatever the seats. */
const GENESIS_PARTS = 3;
const VRF_VALUE_LENGTH = 32;
const VRF_PROOF_LENGTH = 64;

/** Makes the first block. */
export function createGenesisBlock(genesis: Genesis): Block {
  const { config, state } = genesis;
  const epoch = genesisEpoch(config);
  const chunks = [createGenesisChunk(genesis)];
  const fields: BlockHeaderFields = {
    prevHash: ZERO_HASH,
    height: config.genesisHeight,
    epochId: epoch.epochId,
    nextEpochId: epoch.nextEpochId,
    prevStateRoot: rootOverChunks(chunks.map(({ prevStateRoot }) => prevStateRoot)),
    outcomeRoot: ZERO_HASH,
    timestamp: config.genesisTime,
    nextBpHash: epoch.nextBpHash,
    blockMerkleRoot: ZERO_HASH,
    blockBodyHash: blockBodyHash(
      chunks,
      new Uint8Array(VRF_VALUE_LENGTH),
      new Uint8Array(VRF_PROOF_LENGTH),
      [],
    ),
    prevChunkOutgoingReceiptsRoot: rootOverChunks(
      chunks.map(({ prevOutgoingReceiptsRoot }) => prevOutgoingReceiptsRoot),
    ),
    chunkHeadersRoot: chunkHeadersRoot(chunks),
    chunkTxRoot: rootOverChunks(chunks.map(({ txRoot }) => txRoot)),
    randomValue: ZERO_HASH,
    prevValidatorProposals: [],
    chunkMask: [true],
    nextGasPrice: config.minGasPrice,
    totalSupply: config.totalSupply,
    lastFinalBlock: ZERO_HASH,
    lastDsFinalBlock: ZERO_HASH,
    blockOrdinal: 1,
    prevHeight: 0,
    epochSyncDataHash: null,
    approvals: [],
    latestProtocolVersion: config.protocolVersion,
    chunkEndorsements: [],
  };
  const hash = blockHash(fields);
  return {
    header: { ...fields, hash, signature: noSignature },
    chunks,
    chunk: null,
    author: producerId(config),
    state,
    result: emptyResult(),
    changes: () => [],
    epoch,
    epochFirstBlock: hash,
    finalHeight: config.genesisHeight,
    merkleTree: EMPTY_BLOCK_MERKLE_TREE,
  };
}

function createGenesisChunk({ config, state }: Genesis): ChunkHeader {
  const body = encodeChunkBody([], encode(receiptsCodec, []));
  const inner: ChunkHeaderInner = {
    prevBlockHash: ZERO_HASH,
    prevStateRoot: trieRoot(state),
    prevOutcomeRoot: ZERO_HASH,
    encodedMerkleRoot: createReedSolomon(GENESIS_PARTS).root(body),
    encodedLength: body.length,
    heightCreated: config.genesisHeight,
    shardId: config.shardId,
    prevGasUsed: 0n,
    gasLimit: config.gasLimit,
    prevBalanceBurnt: 0n,
    prevOutgoingReceiptsRoot: ZERO_HASH,
    txRoot: ZERO_HASH,
    prevValidatorProposals: [],
    congestionInfo: { ...NO_CONGESTION, allowedShard: config.shardId },
  };
  return {
    ...inner,
    chunkHash: chunkHash(inner),
    signature: noSignature,
    heightIncluded: config.genesisHeight,
  };
}

function emptyResult(): BlockResult {
  return {
    outcomes: [],
    outgoingReceipts: [],
    createdReceipts: [],
    receiptParents: [],
    gasUsed: 0n,
    balanceBurnt: 0n,
    validatorProposals: [],
    congestion: NO_CONGESTION,
    skippedTransactions: [],
    outcomeTree: createMerkleTree(new Uint8Array(0)),
    outgoingBytes: encode(receiptsCodec, []),
  };
}
