/**
 * Makes transactions and delegate actions of their parts, all of them checked.
 * @module
 */
import { assertAccountId, parseHash } from "@yoctonear/primitives";
import type { Action } from "./action.ts";
import { canonicalKey } from "./canonical-key.ts";
import type { DelegateAction, DelegateActionV2 } from "./delegate-action.ts";
import { checkDelegateAction, checkTransaction } from "./limits.ts";
import type { NonDelegateAction } from "./non-delegate-action.ts";
import type { NonceMode, TransactionNonce } from "./nonce.ts";
import type { Transaction, TransactionV0, TransactionV1 } from "./transaction.ts";

/** The parts of a transaction. */
export interface TransactionParts {
  /** Who acts and pays. */
  readonly signerId: string;
  /** The signer's key. */
  readonly publicKey: string;
  /** Above the last nonce of the key, or of the gas key's lane. */
  readonly nonce: bigint;
  /** On whom the actions act. */
  readonly receiverId: string;
  /** A recent final block, base58. */
  readonly blockHash: string;
  readonly actions: readonly Action[];
  /** The lane of a gas key; makes it a transaction V1. */
  readonly nonceIndex?: number | undefined;
  /** By default monotonic; if given, it is a transaction V1. */
  readonly nonceMode?: NonceMode | undefined;
}

/** The parts of a delegate action. */
export interface DelegateActionParts {
  /** Who acts. */
  readonly senderId: string;
  /** The sender's key. */
  readonly publicKey: string;
  /** Above the last nonce of the key, or of the gas key's lane. */
  readonly nonce: bigint;
  /** On whom the actions act. */
  readonly receiverId: string;
  readonly actions: readonly NonDelegateAction[];
  /** The last block height at which it is valid. */
  readonly maxBlockHeight: bigint;
  /** The lane of a gas key; makes it a delegate action V2. */
  readonly nonceIndex?: number | undefined;
}

/**
 * Makes a transaction: V0, or V1 where a nonce index or a nonce mode is given. Everything is checked,
 * the static limits included.
 * @param parts - of the transaction
 * @throws {ParseError} `invalid_account_id`, `invalid_key`, `invalid_hash`
 * @throws {BorshError} when a field is out of its range or not known
 * @throws {LimitError} when a node would refuse it whatever the state of the chain
 * @example
 * ```ts
 * import { createTransaction, transactionHash, transfer } from "@yoctonear/transactions";
 * const transaction = createTransaction({
 *   signerId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   blockHash: "244ZQ9cgj3CQ6bWBdytfrJMuMQ1jdXLFGnr4HhvtCTnM",
 *   actions: [transfer("1 NEAR")],
 * });
 * transaction.version; // 0
 * ```
 */
export function createTransaction(parts: TransactionParts): Transaction {
  // What is misspelt stays in `rest`, where the encoder refuses it.
  const { nonceIndex, nonceMode, ...rest } = parts;
  assertAccountId(parts.signerId, "signer id");
  assertAccountId(parts.receiverId, "receiver id");
  parseHash(parts.blockHash, "block hash");
  const publicKey = canonicalKey(parts.publicKey);
  const transaction: TransactionV0 | TransactionV1 =
    nonceIndex === undefined && nonceMode === undefined
      ? { ...rest, version: 0, publicKey }
      : {
          ...rest,
          version: 1,
          publicKey,
          nonce: toNonce(parts.nonce, nonceIndex),
          nonceMode: nonceMode ?? "monotonic",
        };
  checkTransaction(transaction);
  return transaction;
}

/**
 * Makes a delegate action: V1, or V2 where a nonce index is given. Everything is checked.
 * @param parts - of the delegate action
 * @throws {ParseError} `invalid_account_id`, `invalid_key`
 * @throws {BorshError} when a field is out of its range or not known, a delegate inside included
 * @throws {LimitError} when a node would refuse it whatever the state of the chain
 * @example
 * ```ts
 * import { createDelegateAction, functionCall } from "@yoctonear/transactions";
 * const delegateAction = createDelegateAction({
 *   senderId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "app.near",
 *   actions: [functionCall("vote", { id: 1 })],
 *   maxBlockHeight: 1_000n,
 * });
 * "type" in delegateAction; // false: it is V1
 * ```
 */
export function createDelegateAction(
  parts: DelegateActionParts,
): DelegateAction | DelegateActionV2 {
  const { nonceIndex, ...rest } = parts;
  assertAccountId(parts.senderId, "sender id");
  assertAccountId(parts.receiverId, "receiver id");
  const publicKey = canonicalKey(parts.publicKey);
  const delegateAction: DelegateAction | DelegateActionV2 =
    nonceIndex === undefined
      ? { ...rest, publicKey }
      : { type: "v2", ...rest, publicKey, nonce: toNonce(parts.nonce, nonceIndex) };
  checkDelegateAction(delegateAction);
  return delegateAction;
}

function toNonce(nonce: bigint, nonceIndex: number | undefined): TransactionNonce {
  return nonceIndex === undefined
    ? { type: "nonce", nonce }
    : { type: "gasKeyNonce", nonce, nonceIndex };
}
