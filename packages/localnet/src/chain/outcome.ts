/**
 * What came of a transaction or receipt, and its place in the outcome root of a chunk.
 * Source: nearcore core/primitives/src/transaction.rs.
 * @module
 */
import { encodeUtf8 } from "@yoctonear/base";
import { bytes, string, u128, u32, u64, u8, type Writer } from "@yoctonear/borsh";
import { hashCodec } from "./hash.ts";
import { type HashList, hashItems } from "./merkle.ts";
import { sha256 } from "./sha256.ts";
import { written } from "./written.ts";

/** Any JSON value; integers beyond 2^53 are bigint. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** How an execution ended. */
export type ExecutionStatus =
  | { readonly type: "unknown" }
  /** nearcore's JSON of the error: `{ActionError: …}` or `{InvalidTxError: …}`. */
  | { readonly type: "failure"; readonly error: Json }
  | { readonly type: "successValue"; readonly value: Uint8Array }
  /** The result is that of another receipt. */
  | { readonly type: "successReceiptId"; readonly receiptId: string };

/** Gas that one kind of cost took. */
export interface GasProfileEntry {
  /** `ACTION_COST` or `WASM_HOST_COST`. */
  readonly costCategory: string;
  /** nearcore's name of the cost in upper case. */
  readonly cost: string;
  readonly gasUsed: bigint;
}

/** The contract that an account had just before an action. */
export type ContractReference =
  | null
  | { readonly type: "local"; readonly hash: string }
  | { readonly type: "globalHash"; readonly hash: string }
  | { readonly type: "globalAccountId"; readonly accountId: string };

/** Not hashed: version 1 for transactions, 4 for receipts. */
export type ExecutionMetadata =
  | { readonly version: 1 }
  | {
      readonly version: 4;
      readonly gasProfile: readonly GasProfileEntry[];
      /** One for each action. */
      readonly contracts: readonly ContractReference[];
    };

/** What came of one transaction or receipt. */
export interface ExecutionOutcome {
  /** Hash of the transaction, or id of the receipt. */
  readonly id: string;
  readonly logs: readonly string[];
  /** Receipts that it made, without data receipts. */
  readonly receiptIds: readonly string[];
  readonly gasBurnt: bigint;
  /** yoctoNEAR. */
  readonly tokensBurnt: bigint;
  /** Signer of the transaction, or receiver of the receipt. */
  readonly executorId: string;
  readonly status: ExecutionStatus;
  readonly metadata: ExecutionMetadata;
}

const STATUS_TAGS = { unknown: 0, failure: 1, successValue: 2, successReceiptId: 3 } as const;

/**
 * Leaves of outcomes in the Merkle tree of their chunk: each the hash of its id, of the outcome
 * without logs, and of each log.
 */
export function outcomeLeaves(outcomes: readonly ExecutionOutcome[]): HashList {
  return hashItems(outcomes.map(outcomeItem));
}

/** The item of one outcome in borsh, of which the leaf is the hash. */
export function outcomeItem(outcome: ExecutionOutcome): Uint8Array<ArrayBuffer> {
  const partial = outcomeHash(outcome);
  return written((writer) => {
    u32.write(writer, 2 + outcome.logs.length);
    hashCodec.write(writer, outcome.id);
    writer.writeBytes(partial);
    for (const log of outcome.logs) writer.writeBytes(sha256(encodeUtf8(log)));
  });
}

/** SHA-256 of an outcome without its logs: of PartialExecutionOutcome in borsh. */
export function outcomeHash(outcome: ExecutionOutcome): Uint8Array {
  return sha256(written((writer) => writePartial(writer, outcome)));
}

function writePartial(writer: Writer, outcome: ExecutionOutcome): void {
  u32.write(writer, outcome.receiptIds.length);
  for (const id of outcome.receiptIds) hashCodec.write(writer, id);
  u64.write(writer, outcome.gasBurnt);
  u128.write(writer, outcome.tokensBurnt);
  string.write(writer, outcome.executorId);
  const { status } = outcome;
  u8.write(writer, STATUS_TAGS[status.type]);
  if (status.type === "successValue") bytes.write(writer, status.value);
  if (status.type === "successReceiptId") hashCodec.write(writer, status.receiptId);
}
