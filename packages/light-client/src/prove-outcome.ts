/**
 * Proves outcomes and blocks up to a trusted head.
 * @module
 */
import { sha256 } from "@yoctonear/primitives";
import {
  type CallOptions,
  experimentalLightClientBlockProof,
  lightClientProof,
  type RpcLightClientBlockProofResponse,
  type RpcLightClientExecutionProofResponse,
  type Transport,
} from "@yoctonear/rpc";
import { looking, refuse } from "./errors.ts";
import { readHeader, type TrustedBlock } from "./header.ts";
import { foldPath, readHash } from "./merkle.ts";
import { outcomeLeaf, type ProvedOutcome, readOutcome } from "./outcome.ts";

/** Whose outcome: of a transaction, or of a receipt. */
export type OutcomeOf =
  | { readonly type: "transaction"; readonly transactionHash: string; readonly senderId: string }
  | { readonly type: "receipt"; readonly receiptId: string; readonly receiverId: string };

/** An outcome, and the block whose header commits to it: that after the one in which it was executed, or a later one. */
export interface OutcomeInBlock extends ProvedOutcome {
  readonly block: TrustedBlock;
}

/**
 * Asks a node for an outcome and verifies it. What is returned is true whatever the node is; that it answers at all it decides.
 * @param transport - to a node; before 2.13 through `withOlderNames`
 * @param head - a trusted block that is newer than the outcome
 * @param which - of a transaction: that it was converted to a receipt; of its receipts: what they did
 * @throws {LightClientError} `wrong_outcome`, `not_under_head`, `malformed`
 * @throws {RpcError} `UNKNOWN_TRANSACTION_OR_RECEIPT`; `NOT_CONFIRMED` or `INTERNAL_ERROR` where it is newer than the head
 * @example
 * ```ts
 * import { signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { proveOutcome, syncLightClient, trustBlock } from "@yoctonear/light-client";
 * import { block } from "@yoctonear/rpc";
 * const { transport, signer, produceBlocks } = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * await produceBlocks(5);
 * const start = await trustBlock(transport, (await block(transport, { block: { finality: "final" } })).header.hash);
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * const { response } = await transfer(alice, "bob.near", "1 NEAR");
 * await produceBlocks(5);
 * const { head } = await syncLightClient(transport, start);
 * const receiptId = response.receipts_outcome?.[0]?.id ?? "";
 * const outcome = await proveOutcome(transport, head, { type: "receipt", receiptId, receiverId: "bob.near" });
 * outcome.status.type; // "successValue"
 * ```
 */
export async function proveOutcome(
  transport: Transport,
  head: TrustedBlock,
  which: OutcomeOf,
  options?: CallOptions,
): Promise<OutcomeInBlock> {
  const proof = await lightClientProof(
    transport,
    { ...which, lightClientHead: head.hash },
    options,
  );
  const id = which.type === "transaction" ? which.transactionHash : which.receiptId;
  return verifyOutcomeProof(head, id, proof);
}

/**
 * Verifies an outcome with its proof.
 * @param head - a trusted block
 * @param id - hash of the transaction, or id of the receipt, that is in question
 * @param proof - an answer of `lightClientProof`
 * @throws {LightClientError} `wrong_outcome`, `not_under_head`, `malformed`
 * @example
 * ```ts
 * import { type TrustedBlock, verifyOutcomeProof } from "@yoctonear/light-client";
 * import { lightClientProof, type Transport } from "@yoctonear/rpc";
 * // A light client that has been given an answer checks it without a node.
 * async function check(answer: Transport, head: TrustedBlock, transactionHash: string): Promise<bigint> {
 *   const params = { type: "transaction", transactionHash, senderId: "alice.near", lightClientHead: head.hash } as const;
 *   return verifyOutcomeProof(head, transactionHash, await lightClientProof(answer, params)).gasBurnt;
 * }
 * typeof check; // "function"
 * ```
 */
export function verifyOutcomeProof(
  head: TrustedBlock,
  id: string,
  proof: RpcLightClientExecutionProofResponse,
): OutcomeInBlock {
  return looking("malformed", () => checkOutcome(head, id, proof));
}

/**
 * Asks a node for the header of an older block and verifies it.
 * @param transport - to a node
 * @param head - a trusted block
 * @param blockHash - of a block before it, in base58
 * @throws {LightClientError} `wrong_block`, `not_under_head`, `malformed`
 * @throws {RpcError} `UNKNOWN_BLOCK`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { proveBlock, trustBlock } from "@yoctonear/light-client";
 * import { block } from "@yoctonear/rpc";
 * const { transport, produceBlocks } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const { hash } = (await block(transport)).header;
 * await produceBlocks(5);
 * const { head } = await trustBlock(transport, (await block(transport, { block: { finality: "final" } })).header.hash);
 * (await proveBlock(transport, head, hash)).height; // 1n
 * ```
 */
export async function proveBlock(
  transport: Transport,
  head: TrustedBlock,
  blockHash: string,
  options?: CallOptions,
): Promise<TrustedBlock> {
  const params = { blockHash, lightClientHead: head.hash };
  const proof = await experimentalLightClientBlockProof(transport, params, options);
  return verifyBlockProof(head, blockHash, proof);
}

/**
 * Verifies the header of an older block with its proof.
 * @param head - a trusted block
 * @param blockHash - of the block in question, in base58
 * @param proof - an answer of `experimentalLightClientBlockProof`
 * @throws {LightClientError} `wrong_block`, `not_under_head`, `malformed`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { trustBlock, verifyBlockProof } from "@yoctonear/light-client";
 * import { block, experimentalLightClientBlockProof } from "@yoctonear/rpc";
 * const { transport, produceBlocks } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await produceBlocks(5);
 * const { head } = await trustBlock(transport, (await block(transport, { block: { finality: "final" } })).header.hash);
 * const params = { blockHash: head.prevHash, lightClientHead: head.hash };
 * const proof = await experimentalLightClientBlockProof(transport, params);
 * verifyBlockProof(head, head.prevHash, proof).height === head.height - 1n; // true
 * ```
 */
export function verifyBlockProof(
  head: TrustedBlock,
  blockHash: string,
  proof: RpcLightClientBlockProofResponse,
): TrustedBlock {
  return looking("malformed", () => checkBlock(head, blockHash, proof));
}

function checkOutcome(
  head: TrustedBlock,
  id: string,
  proof: RpcLightClientExecutionProofResponse,
): OutcomeInBlock {
  const { outcome_proof: found } = proof;
  if (found.id !== id) refuse("wrong_outcome", `the outcome of ${id}`, `that of ${found.id}`);
  const outcome = readOutcome(found);
  const block = checkBlock(head, found.block_hash, proof);
  const shardRoot = foldPath(outcomeLeaf(outcome), found.proof);
  const root = foldPath(sha256(readHash(shardRoot)), proof.outcome_root_proof);
  if (root !== block.outcomeRoot) {
    refuse("wrong_outcome", `an outcome under the root ${block.outcomeRoot}`, root);
  }
  return { ...outcome, block };
}

function checkBlock(
  head: TrustedBlock,
  blockHash: string,
  proof: RpcLightClientBlockProofResponse,
): TrustedBlock {
  const block = readHeader(proof.block_header_lite);
  if (block.hash !== blockHash) refuse("wrong_block", `block ${blockHash}`, block.hash);
  // The head is not among the blocks before it.
  if (block.hash === head.hash) return block;
  const root = foldPath(readHash(block.hash), proof.block_proof);
  if (root !== head.blockMerkleRoot) {
    refuse("not_under_head", `a block under the root ${head.blockMerkleRoot}`, root);
  }
  return block;
}
