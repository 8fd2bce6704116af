/**
 * Receipts that a call makes (nearcore `ReceiptManager`).
 * @module
 */
import type { Action } from "@yoctonear/transactions";

/** A receipt of actions: its predecessor is the contract. */
export interface VmActionReceipt {
  readonly type: "action" | "promiseYield";
  readonly receiverId: string;
  readonly refundTo: string | null;
  /** Data that it waits for, 32 bytes each. */
  readonly inputDataIds: readonly Uint8Array[];
  readonly outputDataReceivers: readonly {
    readonly dataId: Uint8Array;
    readonly receiverId: string;
  }[];
  /** With the gas that weights gave them. */
  readonly actions: readonly Action[];
  /** The contract's own id of a yield, where it gave one. */
  readonly yieldId: Uint8Array | null;
}

/** Data for a yield of this account. */
export interface VmResume {
  readonly dataId: Uint8Array;
  readonly data: Uint8Array;
}
