/**
 * `next_light_client_block`, `light_client_proof`, `EXPERIMENTAL_light_client_block_proof`.
 * Source: nearcore chain/client/src/view_client_actor.rs, chain/chain/src/chain.rs (`create_light_client_block`),
 * chain/jsonrpc-primitives/src/types/light_client.rs.
 * @module
 */
import type { Block } from "../chain/block.ts";
import type { ValidatorStake } from "../chain/validator-stake.ts";
import { proveBlock } from "../chain/block-proof.ts";
import type { Json } from "../runtime/json.ts";
import { blockLiteView, lightClientBlockView, merklePathView } from "./light-client-view.ts";
import { outcomeWithIdView } from "./outcome-view.ts";
import type { TransactionSource } from "./transaction-status.ts";
import { handlerFailure, internalFailure, type RpcFailure } from "./rpc-failure.ts";
import {
  type Fields,
  fieldsOf,
  isList,
  needFields,
  readAccountId,
  readHash,
  readString,
  refuse,
  required,
} from "./serde.ts";

/** What of a block the answers are made of. */
export type ProvedBlock = Pick<Block, "header" | "merkleTree">;

/** What the answers need of the chain. */
export interface ProofSource extends Pick<TransactionSource, "outcome"> {
  head(): ProvedBlock;
  final(): ProvedBlock;
  blockByHash(hash: string): ProvedBlock | undefined;
  /** A block by its number; the genesis has number 1. */
  blockByOrdinal(ordinal: number): ProvedBlock | undefined;
  /** The last block of an epoch so far. */
  lastBlockOf(epochId: string): ProvedBlock | null;
  /** Who produces blocks in the epoch after that of a block, in the order of their approvals. */
  nextProducers(hash: string): readonly ValidatorStake[];
}

/** Answers `next_light_client_block`. */
export function answerNextLightClientBlock(source: ProofSource, params: unknown): Json {
  const { header } = source.blockByHash(readLastBlock(params)) ?? noBlock();
  const head = source.head();
  const { epochId } = head.header;
  if (header.epochId === epochId || header.nextEpochId === epochId) {
    const block = lastFinal(source, head) ?? noBlock();
    return block.header.height <= header.height ? {} : show(source, block);
  }
  const last = source.lastBlockOf(header.nextEpochId);
  const block = last === null ? undefined : lastFinal(source, last);
  return block === undefined ? {} : show(source, block);
}

/** Answers `light_client_proof`. */
export function answerLightClientProof(source: ProofSource, params: unknown): Json {
  const { id, head } = readProofRequest(params);
  const placed = source.outcome(id);
  const info = { transaction_or_receipt_id: id };
  if (placed === undefined) {
    throw handlerFailure("UNKNOWN_TRANSACTION_OR_RECEIPT", info, `${id} does not exist`);
  }
  const block = nextWithChunk(source, placed.blockHash);
  if (block === undefined) {
    throw handlerFailure("NOT_CONFIRMED", info, `${id} has not been confirmed`);
  }
  return {
    outcome_proof: outcomeWithIdView(placed.outcome, block.header.hash, placed.proof()),
    // With one shard the root of its outcomes is the leaf and, hashed, the root.
    outcome_root_proof: [],
    ...proofOf(source, block, head),
  };
}

/** Answers `EXPERIMENTAL_light_client_block_proof`. */
export function answerBlockProof(source: ProofSource, params: unknown): Json {
  const names = ["block_hash", "light_client_head"];
  const fields = fieldsOf(params, "RpcLightClientBlockProofRequest", names);
  const hash = readHash(required(fields, "block_hash"));
  const head = readHash(required(fields, "light_client_head"));
  const block = source.blockByHash(hash);
  if (block === undefined) throw unknownHeader(hash);
  return proofOf(source, block, head);
}

function readLastBlock(params: unknown): string {
  if (isList(params) && params.length === 1) return readHash(params[0]);
  const fields = fieldsOf(params, "RpcLightClientNextBlockRequest", ["last_block_hash"]);
  return readHash(required(fields, "last_block_hash"));
}

function readProofRequest(params: unknown): { readonly id: string; readonly head: string } {
  const fields = needFields(params, "RpcLightClientExecutionProofRequest");
  const id = readOutcomeId(fields);
  return { id, head: readHash(required(fields, "light_client_head")) };
}

function readOutcomeId(fields: Fields): string {
  const type = readString(required(fields, "type"));
  if (type !== "transaction" && type !== "receipt") {
    refuse(`unknown variant \`${type}\`, expected \`transaction\` or \`receipt\``);
  }
  const [id, account] =
    type === "transaction" ? ["transaction_hash", "sender_id"] : ["receipt_id", "receiver_id"];
  const hash = readHash(required(fields, id ?? ""));
  // It says the shard, of which there is one.
  readAccountId(required(fields, account ?? ""));
  return hash;
}

/** The newest block that is final as seen from another, and whose approvals are of its own epoch. */
function lastFinal(source: ProofSource, seenFrom: ProvedBlock): ProvedBlock | undefined {
  const final = source.blockByHash(seenFrom.header.lastFinalBlock);
  if (final === undefined) return undefined;
  const { epochId } = final.header;
  const [next, afterNext] = following(source, final);
  if (afterNext?.header.epochId === epochId) return final;
  const earlier = next?.header.epochId === epochId ? next : final;
  return source.blockByHash(earlier.header.lastFinalBlock);
}

function following(
  source: ProofSource,
  { header }: ProvedBlock,
): readonly (ProvedBlock | undefined)[] {
  return [1, 2].map((step) => source.blockByOrdinal(header.blockOrdinal + step));
}

function show(source: ProofSource, block: ProvedBlock): Json {
  const [next, afterNext] = following(source, block);
  if (next === undefined || afterNext === undefined) noBlock();
  return lightClientBlockView(
    block.header,
    [next.header, afterNext.header],
    source.nextProducers(block.header.hash),
  );
}

/** The block that has the outcomes of another: the next one with a new chunk. */
function nextWithChunk(source: ProofSource, hash: string): ProvedBlock | undefined {
  let block = source.blockByHash(hash);
  do {
    block = block && source.blockByOrdinal(block.header.blockOrdinal + 1);
  } while (block !== undefined && block.header.chunkMask[0] === false);
  return block;
}

function proofOf(
  source: ProofSource,
  block: ProvedBlock,
  headHash: string,
): { readonly [key: string]: Json } {
  const head = source.blockByHash(headHash);
  if (head === undefined) throw unknownHeader(headHash);
  for (const { header } of [block, head]) {
    if (header.height > source.final().header.height) {
      throw internal(`${header.hash} not on current chain`);
    }
  }
  const index = block.header.blockOrdinal - 1;
  if (index > head.merkleTree.size) {
    throw internal(`block ${block.header.hash} is ahead of head block ${headHash}`);
  }
  const proof =
    block === head ? [] : proveBlock(index, head.merkleTree, (at) => source.blockByOrdinal(at + 1));
  if (proof === null) throw unknownHeader(block.header.hash);
  return { block_header_lite: blockLiteView(block.header), block_proof: merklePathView(proof) };
}

function noBlock(): never {
  // These errors carry themselves as legacy data.
  throw handlerFailure("UNKNOWN_BLOCK", {}, { name: "UNKNOWN_BLOCK", info: {} });
}

function unknownHeader(hash: string): RpcFailure {
  return handlerFailure(
    "UNKNOWN_BLOCK",
    {},
    `DB Not Found Error: BLOCK HEADER: ${hash} \n Cause: Unknown`,
  );
}

function internal(message: string): RpcFailure {
  return internalFailure(message, `Internal error: ${message}`);
}
