/**
 * Blocks as light clients are shown them (`LightClientBlockView`, `LightClientBlockLiteView`).
 * Source: nearcore chain/chain/src/lightclient.rs, core/primitives/src/views.rs.
 * @module
 */
import { type BlockHeader, innerHash, innerRestHash } from "../chain/block-header.ts";
import { formatHashBytes } from "../chain/hash.ts";
import type { MerkleStep } from "../chain/merkle.ts";
import type { ValidatorStake } from "../chain/validator-stake.ts";
import { type Json, u64Json } from "../runtime/json.ts";
import { validatorStakeView } from "./block-view.ts";

type View = { readonly [key: string]: Json };

/**
 * Shows a header with the approvals that make it final.
 * @param following - headers of the two blocks after it
 * @param producers - of the epoch after that of the block
 */
export function lightClientBlockView(
  header: BlockHeader,
  following: readonly [BlockHeader, BlockHeader],
  producers: readonly ValidatorStake[],
): View {
  const [next, afterNext] = following;
  return {
    ...blockLiteView(header),
    next_block_inner_hash: formatHashBytes(innerHash(next)),
    next_bps: producers.map(validatorStakeView),
    approvals_after_next: [...afterNext.approvals],
  };
}

/** Shows what of a header a light client sees, and the hashes of the rest. */
export function blockLiteView(header: BlockHeader): View {
  return {
    prev_block_hash: header.prevHash,
    inner_rest_hash: formatHashBytes(innerRestHash(header)),
    inner_lite: {
      height: header.height,
      epoch_id: header.epochId,
      next_epoch_id: header.nextEpochId,
      prev_state_root: header.prevStateRoot,
      outcome_root: header.outcomeRoot,
      timestamp: u64Json(header.timestamp),
      timestamp_nanosec: header.timestamp.toString(),
      next_bp_hash: header.nextBpHash,
      block_merkle_root: header.blockMerkleRoot,
    },
  };
}

/** Shows a proof. */
export function merklePathView(steps: readonly MerkleStep[]): Json {
  return steps.map(({ hash, direction }) => ({ hash, direction }));
}
