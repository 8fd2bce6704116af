/**
 * `block`, `chunk`, `gas_price`, and how every method finds its block.
 * Source: nearcore chain/jsonrpc/src/api/{blocks,chunks,gas_price}.rs.
 * @module
 */
import type { Block } from "../chain/block.ts";
import type { ChunkHeader } from "../chain/chunk-header.ts";
import { signedTransactionHash } from "../chain/transaction-bytes.ts";
import { type Json, u64Json } from "../runtime/json.ts";
import {
  type BlockId,
  type BlockReference,
  readBlockId,
  readBlockReference,
} from "./block-reference.ts";
import { blockView, chunkView } from "./block-view.ts";
import type { Node } from "./node.ts";
import { handlerFailure } from "./rpc-failure.ts";
import {
  fieldsOf,
  isFields,
  isHash,
  isList,
  readHash,
  readU64,
  refuse,
  u64Or,
  unexpected,
} from "./serde.ts";
import { transactionView } from "./transaction-view.ts";

/** Answers `block`. */
export function answerBlock(node: Node, params: unknown): Json {
  const block = needBlock(node, readBlockReference(params));
  return blockView(block.author, block.header, block.chunks);
}

/** Answers `chunk`. */
export function answerChunk(node: Node, params: unknown): Json {
  const header = findChunkHeader(node, readChunkReference(params));
  const { chunk, block } = node.chunkByHash(header.chunkHash) ?? { block: node.head() };
  const shown = (chunk?.transactions ?? []).map((signed) =>
    transactionView(signed, signedTransactionHash(signed)),
  );
  return chunkView(block.author, header, shown, chunk?.receipts ?? []);
}

/** Answers `gas_price`. */
export function answerGasPrice(node: Node, params: unknown): Json {
  const id = readOptionalBlockId(params, "RpcGasPriceRequest");
  const block = id === null ? node.head() : needBlockById(node, id);
  return { gas_price: block.header.nextGasPrice.toString() };
}

/** Finds a block, or `undefined`. */
export function findBlock(node: Node, reference: BlockReference): Block | undefined {
  switch (reference.type) {
    case "blockId":
      return findBlockById(node, reference.id);
    case "syncCheckpoint":
      return reference.checkpoint === "genesis"
        ? node.blockByHash(node.genesis.hash)
        : node.earliest();
    case "finality":
      if (reference.finality === "final") return node.final();
      return reference.finality === "near-final" ? node.nearFinal() : node.head();
  }
}

/** Finds a block, or fails with the cause that names nothing. */
export function needBlock(node: Node, reference: BlockReference): Block {
  const block = findBlock(node, reference);
  if (block !== undefined) return block;
  throw handlerFailure("UNKNOWN_BLOCK", {}, notFound(reference));
}

/** nearcore's words for a block that is not there. */
export function notFound(reference: BlockReference): string {
  const id = reference.type === "blockId" ? reference.id : "";
  const name = typeof id === "bigint" ? `BLOCK HEIGHT: ${id}` : `BLOCK: ${id}`;
  return `DB Not Found Error: ${name} \n Cause: Unknown`;
}

/** Finds a block by its id, or fails. */
export function needBlockById(node: Node, id: BlockId): Block {
  return needBlock(node, { type: "blockId", id });
}

/** Reads `{block_id: null | id}`, `[null | id]`. */
export function readOptionalBlockId(params: unknown, struct: string): BlockId | null {
  const value =
    isList(params) && params.length === 1
      ? params[0]
      : fieldsOf(params, struct, ["block_id"])["block_id"];
  return value === null || value === undefined ? null : readBlockId(value);
}

function findBlockById(node: Node, id: BlockId): Block | undefined {
  return typeof id === "bigint" ? node.blockByHeight(id) : node.blockByHash(id);
}

/** A chunk by its block and shard, or by its hash. */
export type ChunkReference =
  | { readonly block: BlockId; readonly shardId: bigint }
  | { readonly chunkHash: string };

/** Reads which chunk is meant. */
export function readChunkReference(params: unknown): ChunkReference {
  if (isList(params) && params.length === 1) {
    const [value] = params;
    if (!isList(value)) return { chunkHash: readHash(value) };
    if (value.length !== 2) {
      refuse(`invalid length ${value.length}, expected a tuple of size 2`);
    }
    return { block: readBlockId(value[0]), shardId: readU64(value[1]) };
  }
  if (isFields(params)) {
    const { block_id: block, shard_id: shard, chunk_id: chunkHash } = params;
    const shardId = u64Or(shard);
    const height = u64Or(block);
    if (shardId !== null && height !== null) return { block: height, shardId };
    if (shardId !== null && isHash(block)) return { block, shardId };
    if (isHash(chunkHash)) return { chunkHash };
  } else if (!isList(params)) {
    refuse(`invalid type: ${unexpected(params)}, expected struct RpcChunkRequest`);
  }
  refuse("data did not match any variant of untagged enum ChunkReference");
}

/** Finds a chunk's header; the genesis block has one that no node keeps as a chunk. */
export function findChunkHeader(node: Node, reference: ChunkReference): ChunkHeader {
  if ("chunkHash" in reference) {
    const { chunkHash } = reference;
    const found = node.chunkByHash(chunkHash);
    const header = found?.chunk.header ?? genesisChunk(node, chunkHash);
    if (header === undefined) throw unknownChunk(chunkHash);
    // By itself a chunk does not know the block that included it.
    return { ...header, heightIncluded: 0 };
  }
  const block = needBlockById(node, reference.block);
  const header = block.chunks.find(({ shardId }) => BigInt(shardId) === reference.shardId);
  if (header === undefined) throw invalidShard(reference.shardId);
  return header;
}

function genesisChunk(node: Node, chunkHash: string): ChunkHeader | undefined {
  const genesis = node.blockByHash(node.genesis.hash);
  return genesis?.chunks.find((chunk) => chunk.chunkHash === chunkHash);
}

function unknownChunk(chunkHash: string): Error {
  return handlerFailure(
    "UNKNOWN_CHUNK",
    { chunk_hash: chunkHash },
    `Chunk Missing (unavailable on the node): ChunkHash(\`${chunkHash}\`) \n Cause: Unknown`,
  );
}

function invalidShard(shardId: bigint): Error {
  return handlerFailure(
    "INVALID_SHARD_ID",
    { shard_id: u64Json(shardId) },
    `Shard id ${shardId} does not exist`,
  );
}
