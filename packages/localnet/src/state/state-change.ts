/**
 * Rows as they were written, with what caused it (`core/primitives/src/types.rs` `StateChangeCause`).
 * @module
 */
import type { AccessKey } from "./access-key.ts";
import type { Account } from "./account.ts";

/** What caused a change; the hash is that of a transaction or receipt, base58. */
export type StateChangeCause =
  | { readonly type: "transactionProcessing"; readonly txHash: string }
  | { readonly type: "receiptProcessing"; readonly receiptHash: string }
  | { readonly type: "actionReceiptProcessingStarted"; readonly receiptHash: string }
  | { readonly type: "actionReceiptGasReward"; readonly receiptHash: string }
  | { readonly type: "postponedReceipt"; readonly receiptHash: string }
  | { readonly type: "updatedDelayedReceipts" }
  | { readonly type: "validatorAccountsUpdate" }
  | { readonly type: "bandwidthSchedulerStateUpdate" }
  | { readonly type: "statePatch" };

/** One row written (`null`: removed). Rows of the runtime's own bookkeeping are `other`. */
export type StateChange = { readonly cause: StateChangeCause } & (
  | { readonly type: "account"; readonly accountId: string; readonly account: Account | null }
  | {
      readonly type: "accessKey";
      readonly accountId: string;
      readonly publicKey: string;
      readonly accessKey: AccessKey | null;
    }
  | {
      readonly type: "gasKeyNonce";
      readonly accountId: string;
      readonly publicKey: string;
      readonly index: number;
      readonly nonce: bigint | null;
    }
  | { readonly type: "contractCode"; readonly accountId: string; readonly code: Uint8Array | null }
  | {
      readonly type: "data";
      readonly accountId: string;
      readonly key: Uint8Array;
      readonly value: Uint8Array | null;
    }
  | { readonly type: "other"; readonly key: Uint8Array; readonly value: Uint8Array | null }
);
