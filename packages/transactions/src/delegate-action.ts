/**
 * Delegate actions: what an account signs for somebody else to send and pay. V1 is NEP-366, V2
 * (NEP-611) has the nonce of a gas key.
 * Source: nearcore `core/primitives/src/action/delegate.rs`.
 * @module
 */
import { type Codec, struct, taggedEnum, u64, vec } from "@yoctonear/borsh";
import { publicKeyCodec } from "@yoctonear/keys";
import { type NonDelegateAction, nonDelegateActionCodec } from "./non-delegate-action.ts";
import { type TransactionNonce, transactionNonceCodec } from "./nonce.ts";
import { accountIdCodec } from "./text-codecs.ts";

/** Actions that `senderId` has signed to be executed on `receiverId` in its name. */
export interface DelegateAction {
  /** Who acts; the receiver of the transaction that carries this. */
  readonly senderId: string;
  /** On whom the actions act. */
  readonly receiverId: string;
  readonly actions: readonly NonDelegateAction[];
  /** Above the last nonce of the sender's key. */
  readonly nonce: bigint;
  /** The last block height at which this is valid. */
  readonly maxBlockHeight: bigint;
  /** The sender's key. */
  readonly publicKey: string;
}

/** The same with a nonce that may be of a gas key. */
export interface DelegateActionV2 {
  readonly type: "v2";
  /** Who acts; the receiver of the transaction that carries this. */
  readonly senderId: string;
  /** On whom the actions act. */
  readonly receiverId: string;
  readonly actions: readonly NonDelegateAction[];
  /** Above the last nonce of the sender's key, or of the gas key's lane. */
  readonly nonce: TransactionNonce;
  /** The last block height at which this is valid. */
  readonly maxBlockHeight: bigint;
  /** The sender's key. */
  readonly publicKey: string;
}

/**
 * Codec of a delegate action V1.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { delegateActionCodec } from "@yoctonear/transactions";
 * const delegateAction = {
 *   senderId: "alice.near",
 *   receiverId: "bob.near",
 *   actions: [],
 *   nonce: 1n,
 *   maxBlockHeight: 1_000n,
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 * };
 * encode(delegateActionCodec, delegateAction).length; // 79
 * ```
 */
export const delegateActionCodec: Codec<DelegateAction> = /* @__PURE__ */ (() =>
  struct({
    senderId: accountIdCodec,
    receiverId: accountIdCodec,
    actions: vec(nonDelegateActionCodec),
    nonce: u64,
    maxBlockHeight: u64,
    publicKey: publicKeyCodec,
  }))();

/**
 * Codec of a delegate action V2, its version tag included (`VersionedDelegateActionPayload`).
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { type DelegateActionV2, delegateActionV2Codec } from "@yoctonear/transactions";
 * const delegateAction: DelegateActionV2 = {
 *   type: "v2",
 *   senderId: "alice.near",
 *   receiverId: "bob.near",
 *   actions: [],
 *   nonce: { type: "nonce", nonce: 1n },
 *   maxBlockHeight: 1_000n,
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 * };
 * encode(delegateActionV2Codec, delegateAction).length; // 81
 * ```
 */
export const delegateActionV2Codec: Codec<DelegateActionV2> = /* @__PURE__ */ (() =>
  taggedEnum({
    v2: [
      0,
      {
        senderId: accountIdCodec,
        receiverId: accountIdCodec,
        actions: vec(nonDelegateActionCodec),
        nonce: transactionNonceCodec,
        maxBlockHeight: u64,
        publicKey: publicKeyCodec,
      },
    ],
  }))();

/** Tells the versions apart, and passes on what is neither: its codec says what is wrong. */
export function isDelegateActionV2(
  delegateAction: DelegateAction | DelegateActionV2,
): delegateAction is DelegateActionV2 {
  return typeof delegateAction === "object" && delegateAction !== null && "type" in delegateAction;
}
