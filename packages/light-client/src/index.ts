/**
 * Verifies what a NEAR node hands out: blocks, execution outcomes, state. Who trusts one block hash needs to trust no node.
 * @module
 */
export { type AccountRow, verifyAccessKey, verifyAccount } from "./account-row.ts";
export { LightClientError, type LightClientErrorCode } from "./errors.ts";
export type { TrustedBlock } from "./header.ts";
export {
  decodeLightClientState,
  encodeLightClientState,
  type LightClientState,
} from "./light-client-state.ts";
export type { ProvedOutcome, ProvedStatus } from "./outcome.ts";
export type { BlockProducer } from "./producers.ts";
export {
  type OutcomeInBlock,
  type OutcomeOf,
  proveBlock,
  proveOutcome,
  verifyBlockProof,
  verifyOutcomeProof,
} from "./prove-outcome.ts";
export {
  type ProvedState,
  proveState,
  type ProveStateParams,
  verifyStateRoot,
} from "./prove-state.ts";
export { shardIndexOf } from "./shard.ts";
export {
  accessKeyStateKey,
  accountStateKey,
  contractCodeStateKey,
  contractDataStateKey,
} from "./state-key.ts";
export {
  type StateEntry,
  type StateProof,
  verifyStateProof,
  verifyStateValue,
  verifyViewState,
} from "./state-proof.ts";
export { syncLightClient, trustBlock } from "./sync.ts";
export type { StateValueRef } from "./trie-node.ts";
export { type ApprovedStake, verifyApprovals, verifyLightClientBlock } from "./verify-block.ts";
