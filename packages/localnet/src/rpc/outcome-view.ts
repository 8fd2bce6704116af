/**
 * Execution outcomes as nearcore's RPC shows them (`ExecutionOutcomeWithIdView`).
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import type {
  ContractReference,
  ExecutionMetadata,
  ExecutionOutcome,
  ExecutionStatus,
} from "../chain/outcome.ts";
import { type Json, u128Json, u64Json } from "../runtime/json.ts";

/** One step of a Merkle proof. */
export interface ProofStep {
  /** Hash of the sibling, base58. */
  readonly hash: string;
  /** On which side the sibling is. */
  readonly direction: "Left" | "Right";
}

/**
 * Shows an outcome with its place in the chain.
 * @param outcome - what came of a transaction or receipt
 * @param blockHash - the block that executed it
 * @param proof - from the outcome to the outcome root of its chunk
 */
export function outcomeWithIdView(
  outcome: ExecutionOutcome,
  blockHash: string,
  proof: readonly ProofStep[],
): { readonly [key: string]: Json } {
  return {
    proof: proof.map(({ hash, direction }) => ({ hash, direction })),
    block_hash: blockHash,
    id: outcome.id,
    outcome: {
      logs: [...outcome.logs],
      receipt_ids: [...outcome.receiptIds],
      gas_burnt: u64Json(outcome.gasBurnt),
      tokens_burnt: u128Json(outcome.tokensBurnt),
      executor_id: outcome.executorId,
      status: statusView(outcome.status),
      metadata: metadataView(outcome.metadata),
    },
  };
}

/** Shows how an execution ended. */
export function statusView(status: ExecutionStatus): Json {
  switch (status.type) {
    case "unknown":
      return "Unknown";
    case "failure":
      return { Failure: copyJson(status.error) };
    case "successValue":
      return { SuccessValue: encodeBase64(status.value) };
    case "successReceiptId":
      return { SuccessReceiptId: status.receiptId };
  }
}

/** Copies JSON, so that no caller can change what the chain keeps. */
export function copyJson(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(copyJson);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copyJson(entry)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function metadataView(metadata: ExecutionMetadata): Json {
  if (metadata.version === 1) return { version: 1, gas_profile: null };
  return {
    version: metadata.version,
    gas_profile: metadata.gasProfile.map((entry) => ({
      cost_category: entry.costCategory,
      cost: entry.cost,
      gas_used: entry.gasUsed.toString(),
    })),
    contracts: metadata.contracts.map(contractView),
  };
}

function contractView(contract: ContractReference): Json {
  if (contract === null) return null;
  if (contract.type === "local") return { local: contract.hash };
  return contract.type === "globalHash"
    ? { global_hash: contract.hash }
    : { global_account_id: contract.accountId };
}
