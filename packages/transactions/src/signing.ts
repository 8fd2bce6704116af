/**
 * Signing of transactions and of delegate actions: a request that any signer can answer, and what its
 * answer is attached to. Nothing is signed that breaks a static limit.
 * @module
 */
import { concatBytes, equalBytes, ParseError } from "@yoctonear/base";
import { encode, u32 } from "@yoctonear/borsh";
import {
  parsePublicKey,
  parseSignature,
  type Signer,
  type SigningKind,
  type SigningRequest,
} from "@yoctonear/keys";
import { formatHash, sha256 } from "@yoctonear/primitives";
import type { Delegate, DelegateV2 } from "./action.ts";
import { canonicalKey } from "./canonical-key.ts";
import {
  type DelegateAction,
  type DelegateActionV2,
  isDelegateActionV2,
} from "./delegate-action.ts";
import { encodeChecked, encodeDelegateActionChecked } from "./limits.ts";
import type { SignedTransaction, Transaction } from "./transaction.ts";

/**
 * Makes what a signer is asked for a transaction: the bytes, and their SHA-256, the transaction's hash.
 * @throws {LimitError} when a node would refuse it whatever the state of the chain
 * @throws {BorshError} when a field is out of its range or not known
 * @example
 * ```ts
 * import { createTransaction, signingRequest, transfer } from "@yoctonear/transactions";
 * const request = signingRequest(createTransaction({
 *   signerId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   blockHash: "244ZQ9cgj3CQ6bWBdytfrJMuMQ1jdXLFGnr4HhvtCTnM",
 *   actions: [transfer("1 NEAR")],
 * }));
 * request.hash.length; // 32
 * ```
 */
export function signingRequest(transaction: Transaction): SigningRequest {
  return toRequest("transaction", encodeChecked(transaction));
}

/**
 * Attaches a signature that was made elsewhere, as it is: whether it is valid, a node says.
 * @param transaction - the very one that was signed
 * @param signature - e.g. `"ed25519:…"`
 * @throws {ParseError} `invalid_signature`
 * @throws {TypeError} when the signature is of another key type than the transaction's key
 * @example
 * ```ts
 * import { attachSignature, createTransaction, transfer } from "@yoctonear/transactions";
 * const transaction = createTransaction({
 *   signerId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   blockHash: "244ZQ9cgj3CQ6bWBdytfrJMuMQ1jdXLFGnr4HhvtCTnM",
 *   actions: [transfer("1 NEAR")],
 * });
 * const signature = "ed25519:26gFr4xth7W9K7HPWAxq3BLsua8oTy378mC1MYFiEXHBBpeBjP8WmJEJo8XTBowetvqbRshcQEtBUdwQcAqDyP8T";
 * attachSignature(transaction, signature).signature === signature; // true
 * ```
 */
export function attachSignature(transaction: Transaction, signature: string): SignedTransaction {
  assertSameType(transaction.publicKey, signature);
  return { transaction, signature };
}

/**
 * Signs a transaction, once it has passed the static limits.
 * @param transaction - what to sign; it names the signer's key
 * @param signer - a key pair, a device, a service
 * @throws {LimitError} when a node would refuse it whatever the state of the chain
 * @throws {BorshError} when a field is out of its range or not known
 * @throws {TypeError} when the signer's key is not the transaction's
 * @example
 * ```ts
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { createTransaction, signTransaction, transfer } from "@yoctonear/transactions";
 * const keyPair = randomEd25519KeyPair();
 * const transaction = createTransaction({
 *   signerId: "alice.near",
 *   publicKey: keyPair.publicKey,
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   blockHash: "244ZQ9cgj3CQ6bWBdytfrJMuMQ1jdXLFGnr4HhvtCTnM",
 *   actions: [transfer("1 NEAR")],
 * });
 * const signed = await signTransaction(transaction, keyPair);
 * signed.transaction === transaction; // true
 * ```
 */
export async function signTransaction(
  transaction: Transaction,
  signer: Signer,
): Promise<SignedTransaction> {
  assertOwnKey(transaction.publicKey, signer);
  const signature = await signer.sign(signingRequest(transaction));
  return attachSignature(transaction, signature);
}

/**
 * Makes what a signer is asked for a delegate action. The prefix of its NEP keeps the bytes apart from
 * those of a transaction (NEP-461).
 * @throws {LimitError} when a node would refuse it whatever the state of the chain
 * @throws {BorshError} when a field is out of its range or not known
 * @example
 * ```ts
 * import { createDelegateAction, delegateActionRequest, transfer } from "@yoctonear/transactions";
 * const delegateAction = createDelegateAction({
 *   senderId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   actions: [transfer("1 NEAR")],
 *   maxBlockHeight: 1_000n,
 * });
 * delegateActionRequest(delegateAction).bytes.subarray(0, 4); // Uint8Array [110, 1, 0, 64]
 * ```
 */
export function delegateActionRequest(
  delegateAction: DelegateAction | DelegateActionV2,
): SigningRequest {
  // NEP-461: on-chain messages that are no transactions begin with 2^30 + the number of their NEP.
  const prefix = encode(u32, 2 ** 30 + (isDelegateActionV2(delegateAction) ? 611 : 366));
  const bytes = concatBytes(prefix, encodeDelegateActionChecked(delegateAction));
  return toRequest("delegate_action", bytes);
}

/**
 * Computes the hash that is signed for a delegate action, base58.
 * @throws {LimitError} when a node would refuse it whatever the state of the chain
 * @throws {BorshError} when a field is out of its range or not known
 * @example
 * ```ts
 * import { createDelegateAction, delegateActionHash, transfer } from "@yoctonear/transactions";
 * const delegateAction = createDelegateAction({
 *   senderId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   actions: [transfer("1 NEAR")],
 *   maxBlockHeight: 1_000n,
 * });
 * delegateActionHash(delegateAction).length; // 44
 * ```
 */
export function delegateActionHash(delegateAction: DelegateAction | DelegateActionV2): string {
  return formatHash(delegateActionRequest(delegateAction).hash);
}

/**
 * Makes the action that carries a delegate action and its signature, for a transaction of whoever
 * pays; the receiver of that transaction must be the delegate action's sender.
 * @param delegateAction - the very one that was signed
 * @param signature - e.g. `"ed25519:…"`; whether it is valid, the chain says
 * @throws {ParseError} `invalid_signature`
 * @throws {TypeError} when the signature is of another key type than the delegate action's key
 * @example
 * ```ts
 * import { createDelegateAction, signedDelegate, transfer } from "@yoctonear/transactions";
 * const delegateAction = createDelegateAction({
 *   senderId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   actions: [transfer("1 NEAR")],
 *   maxBlockHeight: 1_000n,
 * });
 * const signature = "ed25519:26gFr4xth7W9K7HPWAxq3BLsua8oTy378mC1MYFiEXHBBpeBjP8WmJEJo8XTBowetvqbRshcQEtBUdwQcAqDyP8T";
 * signedDelegate(delegateAction, signature).type; // "delegate"
 * ```
 */
export function signedDelegate(
  delegateAction: DelegateAction | DelegateActionV2,
  signature: string,
): Delegate | DelegateV2 {
  assertSameType(delegateAction.publicKey, signature);
  return isDelegateActionV2(delegateAction)
    ? { type: "delegateV2", delegateAction, signature }
    : { type: "delegate", delegateAction, signature };
}

/**
 * Signs a delegate action, once it has passed the static limits.
 * @param delegateAction - what to sign; it names the sender's key
 * @param signer - a key pair, a device, a service
 * @returns the action for the transaction of whoever pays
 * @throws {LimitError} when a node would refuse it whatever the state of the chain
 * @throws {BorshError} when a field is out of its range or not known
 * @throws {TypeError} when the signer's key is not the delegate action's
 * @example
 * ```ts
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { createDelegateAction, signDelegateAction, transfer } from "@yoctonear/transactions";
 * const keyPair = randomEd25519KeyPair();
 * const delegateAction = createDelegateAction({
 *   senderId: "alice.near",
 *   publicKey: keyPair.publicKey,
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   actions: [transfer("1 NEAR")],
 *   maxBlockHeight: 1_000n,
 * });
 * (await signDelegateAction(delegateAction, keyPair)).type; // "delegate"
 * ```
 */
export async function signDelegateAction(
  delegateAction: DelegateAction | DelegateActionV2,
  signer: Signer,
): Promise<Delegate | DelegateV2> {
  assertOwnKey(delegateAction.publicKey, signer);
  const signature = await signer.sign(delegateActionRequest(delegateAction));
  return signedDelegate(delegateAction, signature);
}

function toRequest(kind: SigningKind, bytes: Uint8Array): SigningRequest {
  return { kind, bytes, hash: sha256(bytes) };
}

function assertSameType(publicKey: string, signature: string): void {
  const key = parsePublicKey(publicKey);
  const { type, bytes } = parseSignature(signature);
  if (type !== key.type) {
    throw new TypeError(`expected a signature of type ${key.type}, got one of type ${type}`);
  }
  // A secret key of ed25519 is as long as a signature, and would be published; it ends in its public key.
  if (equalBytes(bytes.subarray(32), key.bytes)) {
    throw new ParseError("invalid_signature", "expected a signature, got the secret key itself");
  }
}

function assertOwnKey(publicKey: string, signer: Signer): void {
  if (signer.publicKey === publicKey) return;
  // Parsed before it is shown: text that is not a public key may be a secret.
  const expected = canonicalKey(publicKey);
  if (canonicalKey(signer.publicKey) === expected) return;
  throw new TypeError(`expected a signer with the key ${expected}, got one with another key`);
}
