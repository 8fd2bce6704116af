/**
 * Verifies the next block of a light client.
 * Source: nearcore docs/ChainSpec/LightClient.md.
 * @module
 */
import { parsePublicKey, parseSignature } from "@yoctonear/keys";
import { verifyEd25519 } from "@yoctonear/keys/ed25519";
import type { RpcLightClientNextBlockResponse } from "@yoctonear/rpc";
import { looking, refuse } from "./errors.ts";
import {
  approvalMessage,
  nextBlockHash,
  readHeader,
  readLightClientBlock,
  type TrustedBlock,
} from "./header.ts";
import type { LightClientState } from "./light-client-state.ts";
import { type BlockProducer, readProducers } from "./producers.ts";

/** How much stake stands behind a block, in yoctoNEAR. */
export interface ApprovedStake {
  readonly approved: bigint;
  readonly total: bigint;
}

/** The block after the next takes the approvals of the next. */
const APPROVALS_IN = 2n;

/**
 * Verifies a block that a node says is the next for a light client, and moves on to it. More than two thirds of the stake of its
 * epoch must have signed that it is final; every signature that is there must be right.
 * @param state - what is trusted so far
 * @param block - an answer of `nextLightClientBlock` that is not empty
 * @throws {LightClientError} `not_newer`, `wrong_epoch`, `wrong_producers`, `wrong_signature`, `not_enough_stake`, `malformed`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { trustBlock, verifyLightClientBlock } from "@yoctonear/light-client";
 * import { block, nextLightClientBlock } from "@yoctonear/rpc";
 * const { transport, produceBlocks } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await produceBlocks(5);
 * const state = await trustBlock(transport, (await block(transport, { block: { finality: "final" } })).header.hash);
 * await produceBlocks(5);
 * const next = await nextLightClientBlock(transport, { lastBlockHash: state.head.hash });
 * verifyLightClientBlock(state, next).head.height - state.head.height; // 5n
 * ```
 */
export function verifyLightClientBlock(
  state: LightClientState,
  block: RpcLightClientNextBlockResponse,
): LightClientState {
  return looking("malformed", () => advance(state, block));
}

/**
 * Verifies that producers have approved that a block is final.
 * @param block - with the approvals, one for each producer in order; more belong to the next epoch's
 * @param producers - of the block's epoch
 * @returns how much stake approves
 * @throws {LightClientError} `wrong_signature`, `not_enough_stake`, `malformed`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { verifyApprovals } from "@yoctonear/light-client";
 * import { block, nextLightClientBlock } from "@yoctonear/rpc";
 * const { transport, produceBlocks } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const lastBlockHash = (await block(transport)).header.hash;
 * await produceBlocks(5);
 * const next = await nextLightClientBlock(transport, { lastBlockHash });
 * try {
 *   verifyApprovals(next, []);
 * } catch (error) {
 *   String(error); // "LightClientError: expected more than 2/3 of a stake of 0 to approve, got 0"
 * }
 * ```
 */
export function verifyApprovals(
  block: RpcLightClientNextBlockResponse,
  producers: readonly BlockProducer[],
): ApprovedStake {
  return looking("malformed", () => countApprovals(block, producers));
}

function advance(
  state: LightClientState,
  block: RpcLightClientNextBlockResponse,
): LightClientState {
  const { head } = state;
  const view = readLightClientBlock(block);
  const next = readHeader(view);
  if (next.height <= head.height) {
    refuse("not_newer", `a block above ${head.height}`, String(next.height));
  }
  const producers = producersOf(state, next);
  const isNextEpoch = next.epochId !== head.epochId;
  if (isNextEpoch && view.next_bps === null) {
    refuse("wrong_producers", "the producers of the epoch after", "none");
  }
  countApprovals(block, producers);
  // Where they are not sent they are those of the head, of whose epoch the block then is.
  const nextProducers =
    view.next_bps === null
      ? sameProducers(state, next)
      : readProducers(view.next_bps, next.nextBpHash);
  return { head: next, producers, nextProducers };
}

function countApprovals(
  block: RpcLightClientNextBlockResponse,
  producers: readonly BlockProducer[],
): ApprovedStake {
  const view = readLightClientBlock(block);
  const { hash, height } = readHeader(view);
  const message = approvalMessage(
    nextBlockHash(hash, view.next_block_inner_hash),
    height + APPROVALS_IN,
  );
  let approved = 0n;
  let total = 0n;
  for (const [index, { accountId, publicKey, stake }] of producers.entries()) {
    total += stake;
    const signature = view.approvals_after_next[index] ?? null;
    if (signature === null) continue;
    if (!isSigned(message, signature, publicKey)) {
      refuse(
        "wrong_signature",
        `approval ${index} to be signed by ${accountId}`,
        "another signature",
      );
    }
    approved += stake;
  }
  if (approved * 3n <= total * 2n) {
    refuse("not_enough_stake", `more than 2/3 of a stake of ${total} to approve`, String(approved));
  }
  return { approved, total };
}

function producersOf(state: LightClientState, block: TrustedBlock): readonly BlockProducer[] {
  const { epochId, nextEpochId } = state.head;
  if (block.epochId === epochId) return state.producers;
  if (block.epochId === nextEpochId) return state.nextProducers;
  return refuse("wrong_epoch", `epoch ${epochId} or ${nextEpochId}`, block.epochId);
}

function sameProducers(state: LightClientState, next: TrustedBlock): readonly BlockProducer[] {
  if (next.nextBpHash === state.head.nextBpHash) return state.nextProducers;
  return refuse(
    "wrong_producers",
    `next producers with hash ${state.head.nextBpHash}`,
    next.nextBpHash,
  );
}

/** Approvals are signed as they are, not their hash; producers have ed25519 keys. */
function isSigned(message: Uint8Array, signature: string, publicKey: string): boolean {
  const key = parsePublicKey(publicKey);
  const signed = parseSignature(signature);
  const isEd25519 = key.type === "ed25519" && signed.type === "ed25519";
  return isEd25519 && verifyEd25519(message, signed.bytes, key.bytes);
}
