/**
 * What every transfer of tokens takes, and what must not be mixed up.
 * @module
 */
import type { SendOptions } from "@yoctonear/account";
import { ParseError, showValue } from "@yoctonear/base";
import { assertAccountId, type GasInput } from "@yoctonear/primitives";

/** What every transfer of tokens takes, sent or not. */
export interface TransferDetails {
  /** A note that the contract logs for whoever looks at the transfer; the receiver is not told. */
  readonly memo?: string | undefined;
  /** Gas of the transfer: 30 Tgas unless told, 100 Tgas where the receiver is called. */
  readonly gas?: GasInput | undefined;
}

/** What every transfer of tokens takes. */
export type TransferOptions = TransferDetails & SendOptions;

/** Standard contracts keep 30 Tgas for themselves; the rest is the receiver's. */
export const TRANSFER_CALL_GAS = 100_000_000_000_000n;

/** Refuses options that are none: a text, most often, that was to be a memo. */
export function assertOptions(options: object, of: string): void {
  if (typeof options === "object" && options !== null) return;
  throw new TypeError(`expected the options of ${of} as an object, got ${showValue(options)}`);
}

/**
 * Checks what a transfer takes besides the token (P21: a memo must not go out as a msg, nor a msg as a memo).
 * @param msg - null where the receiver is not called
 */
export function assertTransfer(
  contractId: string,
  receiverId: string,
  msg: string | null,
  options: TransferDetails,
): void {
  assertAccountId(receiverId, "receiver id");
  assertOptions(options, "a transfer");
  if (msg !== null && typeof msg !== "string") {
    throw new TypeError(`expected msg as text, before the options, got ${showValue(msg)}`);
  }
  if ("msg" in options) {
    throw new TypeError("expected no msg among the options: it is an argument of transferCall");
  }
  const { memo } = options;
  if (memo !== undefined && typeof memo !== "string") {
    throw new TypeError(`expected memo as text, got ${showValue(memo)}`);
  }
  // Tokens of the contract itself are out of reach for good, where it has not provided for them.
  if (msg === null && receiverId === contractId) {
    throw new ParseError(
      "invalid_account_id",
      `expected a receiver other than the contract of the token, got ${receiverId}`,
    );
  }
}
