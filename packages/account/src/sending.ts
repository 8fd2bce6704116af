/**
 * A signed transaction on its way: its bytes and its hash never change.
 * @module
 */
import {
  encodeSignedTransaction,
  type SignedTransaction,
  transactionHash,
} from "@yoctonear/transactions";

/** A signed transaction on its way. */
export interface Sending {
  readonly signed: SignedTransaction;
  readonly signerId: string;
  /** Hash of the transaction, base58. */
  readonly hash: string;
  /** The signed bytes. */
  readonly bytes: Uint8Array;
  /** Whether the bytes may have been out before: then a refusal proves nothing by itself. */
  maybeSent: boolean;
}

/**
 * Takes up a signed transaction.
 * @param signed - it
 * @param maybeSent - whether it may have been broadcast before
 */
export function startSending(signed: SignedTransaction, maybeSent: boolean): Sending {
  const { transaction } = signed;
  return {
    signed,
    signerId: transaction.signerId,
    hash: transactionHash(transaction),
    bytes: encodeSignedTransaction(signed),
    maybeSent,
  };
}
