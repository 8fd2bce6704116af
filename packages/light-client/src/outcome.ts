/**
 * What came of a transaction or receipt, and the leaf that it is in the tree of outcomes.
 * Source: nearcore core/primitives/src/transaction.rs (`ExecutionOutcomeWithId::to_hashes`).
 * @module
 */
import { decodeBase64, encodeUtf8 } from "@yoctonear/base";
import {
  bytes,
  type Codec,
  encode,
  fixedBytes,
  string,
  struct,
  taggedEnum,
  u128,
  u64,
  vec,
} from "@yoctonear/borsh";
import { sha256 } from "@yoctonear/primitives";
import type { ExecutionOutcomeWithIdView, ExecutionStatusView } from "@yoctonear/rpc";
import { refuse } from "./errors.ts";
import { hashCodec, readHash } from "./merkle.ts";

/** How it ended. Why it failed is not part of what the chain commits to. */
export type ProvedStatus =
  | { readonly type: "unknown" }
  | { readonly type: "failure" }
  | { readonly type: "successValue"; readonly value: Uint8Array }
  | { readonly type: "successReceiptId"; readonly receiptId: string };

/** An outcome with everything of it that can be proved. */
export interface ProvedOutcome {
  /** Hash of the transaction, or id of the receipt. */
  readonly id: string;
  readonly executorId: string;
  readonly status: ProvedStatus;
  readonly receiptIds: readonly string[];
  readonly logs: readonly string[];
  readonly gasBurnt: bigint;
  /** yoctoNEAR */
  readonly tokensBurnt: bigint;
}

type PartialOutcome = Omit<ProvedOutcome, "id" | "logs">;

const partialOutcomeCodec: Codec<PartialOutcome> = /* @__PURE__ */ struct({
  receiptIds: /* @__PURE__ */ vec(hashCodec),
  gasBurnt: u64,
  tokensBurnt: u128,
  executorId: string,
  status: /* @__PURE__ */ taggedEnum({
    unknown: [0, {}],
    failure: [1, {}],
    successValue: [2, { value: bytes }],
    successReceiptId: [3, { receiptId: hashCodec }],
  }),
});

const hashesCodec = /* @__PURE__ */ vec(/* @__PURE__ */ fixedBytes(32));

/**
 * Reads an outcome as a node shows it.
 * @throws {LightClientError} `malformed`
 */
export function readOutcome(view: ExecutionOutcomeWithIdView): ProvedOutcome {
  const { outcome } = view;
  if (!/^\d{1,39}$/.test(outcome.tokens_burnt)) {
    refuse("malformed", "tokens burnt as a decimal string", "something else");
  }
  // A text would hash as the list of its characters.
  if (!Array.isArray(outcome.logs) || !outcome.logs.every((log) => typeof log === "string")) {
    refuse("malformed", "a list of logs", "something else");
  }
  return {
    id: view.id,
    executorId: outcome.executor_id,
    status: readStatus(outcome.status),
    receiptIds: outcome.receipt_ids,
    logs: outcome.logs,
    gasBurnt: outcome.gas_burnt,
    tokensBurnt: BigInt(outcome.tokens_burnt),
  };
}

/**
 * Leaf of an outcome in the tree of its chunk: the hash of the list of its parts' hashes.
 */
export function outcomeLeaf(outcome: ProvedOutcome): Uint8Array<ArrayBuffer> {
  const { receiptIds, gasBurnt, tokensBurnt, executorId, status } = outcome;
  const partial = { receiptIds, gasBurnt, tokensBurnt, executorId, status };
  const hashes = [readHash(outcome.id), sha256(encode(partialOutcomeCodec, partial))];
  for (const log of outcome.logs) hashes.push(sha256(encodeUtf8(log)));
  return sha256(encode(hashesCodec, hashes));
}

function readStatus(view: ExecutionStatusView): ProvedStatus {
  if (view === "Unknown") return { type: "unknown" };
  if ("Failure" in view) return { type: "failure" };
  if ("SuccessReceiptId" in view) {
    return { type: "successReceiptId", receiptId: view.SuccessReceiptId };
  }
  return { type: "successValue", value: decodeBase64(view.SuccessValue) };
}
