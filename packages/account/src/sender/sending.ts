/**
 * A signed transaction on its way.
 * @module
 */
import {
  encodeSignedTransaction,
  type SignedTransaction,
  transactionHash,
} from "@yoctonear/transactions";
import type { Deadline } from "./deadline.ts";

/**
 * A signed transaction on its way. Its hash and its bytes stay the same until it is proved dead; only then another may take its place.
 */
export interface Sending {
  readonly signed: SignedTransaction;
  readonly signerId: string;
  /** Hash of the transaction, base58. */
  readonly hash: string;
  /** The signed bytes. */
  readonly bytes: Uint8Array;
  /** Whether the bytes may have been out before: then a refusal proves nothing by itself. */
  isOut: boolean;
  /**
   * Takes it off the journal where it is written down, so that others may send it: it was executed, or is dead.
   * Unset where there is no journal.
   */
  readonly forget?: ((isDead: boolean, deadline: Deadline) => Promise<void>) | undefined;
}

/**
 * Takes up a signed transaction.
 * @param signed - it
 * @param isOut - whether it may have been broadcast before
 */
export function startSending(signed: SignedTransaction, isOut: boolean): Sending {
  const { transaction } = signed;
  return {
    signed,
    signerId: transaction.signerId,
    hash: transactionHash(transaction),
    bytes: encodeSignedTransaction(signed),
    isOut,
  };
}

/** The nonce of a transaction, in its lane. */
export function nonceOf({
  signed: { transaction },
}: {
  readonly signed: Pick<SignedTransaction, "transaction">;
}): bigint {
  const { nonce } = transaction;
  return typeof nonce === "bigint" ? nonce : nonce.nonce;
}
