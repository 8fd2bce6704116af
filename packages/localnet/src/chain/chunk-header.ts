/**
 * Headers of chunks: ShardChunkHeaderV3 with inner V5, and the roots in them.
 * Source: nearcore core/primitives/src/sharding.rs, sharding/shard_chunk_header_inner.rs.
 * @module
 */
import { u128, u16, u32, u64, u8, type Writer } from "@yoctonear/borsh";
import { signatureCodec } from "@yoctonear/keys";
import { combineHashes, formatHashBytes, hashBytes, hashCodec, hashOf } from "./hash.ts";
import { remembering } from "./memory.ts";
import { merkleRoot } from "./merkle.ts";
import { type ValidatorStake, validatorStakesCodec } from "./validator-stake.ts";
import { sha256 } from "./sha256.ts";
import { written } from "./written.ts";

/** What a chunk header commits to; results are those of applying the block before. */
export interface ChunkHeaderInner {
  readonly prevBlockHash: string;
  /** State after that block. */
  readonly prevStateRoot: string;
  readonly prevOutcomeRoot: string;
  /** Root of the erasure-coded parts of the chunk. */
  readonly encodedMerkleRoot: string;
  /** Bytes of transactions and receipts in borsh. */
  readonly encodedLength: number;
  /** Height of the block that it was made for. */
  readonly heightCreated: number;
  readonly shardId: number;
  readonly prevGasUsed: bigint;
  readonly gasLimit: bigint;
  /** yoctoNEAR. */
  readonly prevBalanceBurnt: bigint;
  readonly prevOutgoingReceiptsRoot: string;
  readonly txRoot: string;
  readonly prevValidatorProposals: readonly ValidatorStake[];
  readonly congestionInfo: ChunkCongestion;
}

/** How much waits in a shard. */
interface ChunkCongestion {
  readonly delayedReceiptsGas: bigint;
  readonly bufferedReceiptsGas: bigint;
  /** Bytes. */
  readonly receiptBytes: bigint;
  /** The shard that may still send when all is full. */
  readonly allowedShard: number;
}

/** A chunk header as a block has it. */
export interface ChunkHeader extends ChunkHeaderInner {
  /** Hash, base58. */
  readonly chunkHash: string;
  /** Gives the signature of the chunk producer over the hash. */
  readonly signature: () => string;
  /** Height of the block that first had it. */
  readonly heightIncluded: number;
}

const INNER_VERSION = 4;
const HEADER_VERSION = 2;
const CONGESTION_VERSION = 0;
const BANDWIDTH_VERSION = 0;

/** Hash of a chunk, base58. */
export function chunkHash(inner: ChunkHeaderInner): string {
  const innerHash = sha256(encodeChunkInner(inner));
  return formatHashBytes(combineHashes(innerHash, hashBytes(inner.encodedMerkleRoot)));
}

/** ShardChunkHeaderInnerV5 in borsh. */
export function encodeChunkInner(inner: ChunkHeaderInner): Uint8Array<ArrayBuffer> {
  return written((writer) => writeInner(writer, inner));
}

/** Appends a whole header, as it stands in the body of a block. */
function writeChunkHeader(writer: Writer, header: ChunkHeader): void {
  u8.write(writer, HEADER_VERSION);
  writeInner(writer, header);
  u64.write(writer, BigInt(header.heightIncluded));
  signatureCodec.write(writer, header.signature());
}

/** The bytes of a chunk that are erasure-coded: its transactions, then the receipts it brings. */
export function encodeChunkBody(
  transactions: readonly Uint8Array[],
  receipts: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return written((writer) => {
    u32.write(writer, transactions.length);
    for (const transaction of transactions) writer.writeBytes(transaction);
    writer.writeBytes(receipts);
  });
}

/**
 * Root, base58, of the receipts that a block sends out, on a chain of one shard.
 * @param receipts - all of them in borsh
 */
export function outgoingReceiptsRoot(shardId: number, receipts: Uint8Array): string {
  const bytes = written((writer) => {
    u64.write(writer, BigInt(shardId));
    writer.writeBytes(receipts);
  });
  // The leaf is a hash, and leaves are hashed whatever they are.
  return merkleRoot([sha256(bytes)]);
}

/** Root, base58, of one kind of root over the chunks of a block. */
export function rootOverChunks(roots: readonly string[]): string {
  const [root] = roots;
  // Most blocks of an idle chain have the same roots as those before.
  return roots.length === 1 && root !== undefined
    ? rootOverOne(root)
    : merkleRoot(roots.map(hashBytes));
}

const rootOverOne: (root: string) => string = /* @__PURE__ */ remembering((root) =>
  merkleRoot([hashBytes(root)]),
);

/** Root, base58, of the chunk headers of a block. */
export function chunkHeadersRoot(chunks: readonly ChunkHeader[]): string {
  return merkleRoot(
    chunks.map((chunk) =>
      written((writer) => {
        hashCodec.write(writer, chunk.chunkHash);
        u64.write(writer, BigInt(chunk.heightIncluded));
      }),
    ),
  );
}

/**
 * Hash of the body of a block, base58.
 * @param vrfValue - 32 bytes, of which the header has the hash as `randomValue`
 * @param vrfProof - 64 bytes
 * @param endorsements - signatures by chunk
 */
export function blockBodyHash(
  chunks: readonly ChunkHeader[],
  vrfValue: Uint8Array,
  vrfProof: Uint8Array,
  endorsements: readonly (readonly (string | null)[])[],
): string {
  return hashOf(
    written((writer) => {
      u8.write(writer, 1);
      u32.write(writer, chunks.length);
      for (const chunk of chunks) writeChunkHeader(writer, chunk);
      u32.write(writer, 0);
      writer.writeBytes(vrfValue);
      writer.writeBytes(vrfProof);
      u32.write(writer, endorsements.length);
      for (const signatures of endorsements) {
        u32.write(writer, signatures.length);
        for (const signature of signatures) {
          u8.write(writer, signature === null ? 0 : 1);
          if (signature !== null) signatureCodec.write(writer, signature);
        }
      }
    }),
  );
}

function writeInner(writer: Writer, inner: ChunkHeaderInner): void {
  u8.write(writer, INNER_VERSION);
  hashCodec.write(writer, inner.prevBlockHash);
  hashCodec.write(writer, inner.prevStateRoot);
  hashCodec.write(writer, inner.prevOutcomeRoot);
  hashCodec.write(writer, inner.encodedMerkleRoot);
  u64.write(writer, BigInt(inner.encodedLength));
  u64.write(writer, BigInt(inner.heightCreated));
  u64.write(writer, BigInt(inner.shardId));
  u64.write(writer, inner.prevGasUsed);
  u64.write(writer, inner.gasLimit);
  u128.write(writer, inner.prevBalanceBurnt);
  hashCodec.write(writer, inner.prevOutgoingReceiptsRoot);
  hashCodec.write(writer, inner.txRoot);
  validatorStakesCodec.write(writer, inner.prevValidatorProposals);
  u8.write(writer, CONGESTION_VERSION);
  u128.write(writer, inner.congestionInfo.delayedReceiptsGas);
  u128.write(writer, inner.congestionInfo.bufferedReceiptsGas);
  u64.write(writer, inner.congestionInfo.receiptBytes);
  u16.write(writer, inner.congestionInfo.allowedShard);
  // A shard alone requests no bandwidth, and proposes no split.
  u8.write(writer, BANDWIDTH_VERSION);
  u32.write(writer, 0);
  u8.write(writer, 0);
}
