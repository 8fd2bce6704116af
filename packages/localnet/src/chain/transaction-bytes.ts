/**
 * The bytes and the hash of a signed transaction, found once. They are asked for at its arrival, in
 * the pool, in the chunk and in the indexes, and encoding it takes as long as running it.
 * @module
 */
import {
  encodeSignedTransaction,
  type SignedTransaction,
  transactionHash,
} from "@yoctonear/transactions";

interface Known {
  readonly bytes: Uint8Array;
  hash: string | undefined;
}

const known: WeakMap<SignedTransaction, Known> = /* @__PURE__ */ new WeakMap();

/** Bytes of a signed transaction in borsh: shared, so not to be changed. */
export function signedTransactionBytes(signed: SignedTransaction): Uint8Array {
  return know(signed).bytes;
}

/** Hash of the transaction, base58. */
export function signedTransactionHash(signed: SignedTransaction): string {
  const entry = know(signed);
  return (entry.hash ??= transactionHash(signed.transaction));
}

/**
 * Keeps what is known of a transaction that was just decoded.
 * @param bytes - those that it was decoded from
 * @param hash - of the transaction, base58
 */
export function keepTransactionBytes(
  signed: SignedTransaction,
  bytes: Uint8Array,
  hash: string,
): void {
  known.set(signed, { bytes, hash });
}

/** Forgets the bytes, once the transaction is in a block: nobody asks for them any more. */
export function forgetTransactionBytes(signed: SignedTransaction): void {
  known.delete(signed);
}

function know(signed: SignedTransaction): Known {
  const entry = known.get(signed);
  if (entry !== undefined) return entry;
  const made = { bytes: encodeSignedTransaction(signed), hash: undefined };
  known.set(signed, made);
  return made;
}
