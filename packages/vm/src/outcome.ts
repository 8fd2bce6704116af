/**
 * What comes of a call (nearcore `VMOutcome`).
 * @module
 */
import type { FunctionCallError } from "./function-call-error.ts";
import type { VmActionReceipt, VmResume } from "./vm-receipt.ts";

/** Gas that one kind of cost took. */
export interface ProfileEntry {
  readonly category: "ACTION_COST" | "WASM_HOST_COST";
  /** nearcore's name of the cost in upper case. */
  readonly cost: string;
  readonly gas: bigint;
}

/** What a call returns. */
export type VmReturn =
  | { readonly type: "none" }
  | { readonly type: "value"; readonly value: Uint8Array }
  /** The result is that of a receipt, by its place in `receipts`. */
  | { readonly type: "receiptIndex"; readonly index: number };

/** What comes of a call. Gas, compute, logs and profile count even where it failed. */
export interface VmOutcome {
  /** `null` for a success. */
  readonly error: FunctionCallError | null;
  readonly gasBurnt: bigint;
  /** Burnt, and reserved for the receipts made. */
  readonly gasUsed: bigint;
  readonly compute: bigint;
  readonly logs: readonly string[];
  /** Entries that are not 0, by category, then by cost. */
  readonly profile: readonly ProfileEntry[];
  /** yoctoNEAR of the account after the call, with the deposit; meaningless where it failed, as all below. */
  readonly balance: bigint;
  readonly storageUsage: bigint;
  /** yoctoNEAR that was attached out of nothing: `promises.subsidized`. */
  readonly subsidized: bigint;
  readonly returned: VmReturn;
  readonly receipts: readonly VmActionReceipt[];
  readonly resumes: readonly VmResume[];
}
