/**
 * The gate before signing: a transaction or delegate action passes the static limits and encodes, or
 * nothing is signed. The bytes are made once and are those that are signed.
 * @module
 */
import { encode } from "@yoctonear/borsh";
import { atMost, checkActions } from "./check-actions.ts";
import {
  type DelegateAction,
  delegateActionCodec,
  type DelegateActionV2,
  delegateActionV2Codec,
  isDelegateActionV2,
} from "./delegate-action.ts";
import { encodeTransaction, type Transaction } from "./transaction.ts";

/** Borsh of a signature, a tag and the bytes, by the tag of its key: ed25519, secp256k1, ML-DSA-65. */
const SIGNATURE_SIZES = [65, 66, 3_310];

/**
 * Checks a transaction against the static limits, its size when signed included.
 * @throws {LimitError} when a node would refuse it whatever the state of the chain
 * @throws {BorshError} when it does not encode
 * @example
 * ```ts
 * import { checkTransaction, type Transaction, transfer } from "@yoctonear/transactions";
 * const transaction: Transaction = {
 *   version: 0,
 *   signerId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   blockHash: "244ZQ9cgj3CQ6bWBdytfrJMuMQ1jdXLFGnr4HhvtCTnM",
 *   actions: [transfer("1 NEAR")],
 * };
 * checkTransaction(transaction); // undefined: all is well
 * ```
 */
export function checkTransaction(transaction: Transaction): void {
  encodeChecked(transaction);
}

/** Checks a transaction and returns its bytes, so that they are made once. */
export function encodeChecked(transaction: Transaction): Uint8Array<ArrayBuffer> {
  const bytes = encodeTransaction(transaction);
  checkActions(transaction.actions, transaction.receiverId);
  // Read from the bytes, so that the text of the key is not parsed again.
  const keyTag = bytes[transaction.version + 4 + transaction.signerId.length] ?? 0;
  const size = bytes.length + (SIGNATURE_SIZES[keyTag] ?? 0);
  atMost(1_572_864, "TransactionSizeExceeded", "size", size);
  return bytes;
}

/** Checks a delegate action against the static limits of its actions. */
export function checkDelegateAction(delegateAction: DelegateAction | DelegateActionV2): void {
  encodeDelegateActionChecked(delegateAction);
}

/** Checks a delegate action and returns its bytes, without the prefix of its NEP. */
export function encodeDelegateActionChecked(
  delegateAction: DelegateAction | DelegateActionV2,
): Uint8Array<ArrayBuffer> {
  const bytes = isDelegateActionV2(delegateAction)
    ? encode(delegateActionV2Codec, delegateAction)
    : encode(delegateActionCodec, delegateAction);
  checkActions(delegateAction.actions, delegateAction.receiverId);
  return bytes;
}
