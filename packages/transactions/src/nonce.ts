/**
 * Nonces of transactions V1 and of delegate actions V2.
 * Source: nearcore `core/primitives/src/transaction.rs`.
 * @module
 */
import { type Codec, taggedEnum, u16, u64, unitEnum } from "@yoctonear/borsh";

/** A nonce, and for a gas key the lane that it counts on. */
export type TransactionNonce =
  | {
      readonly type: "nonce";
      /** Above the last one that the key used. */
      readonly nonce: bigint;
    }
  | {
      readonly type: "gasKeyNonce";
      /** Above the last one used on this lane. */
      readonly nonce: bigint;
      /** The lane, below the key's `numNonces`. */
      readonly nonceIndex: number;
    };

/** Which nonces are valid: any above the last one (`monotonic`), or exactly the next (`strict`). */
export type NonceMode = "monotonic" | "strict";

/**
 * Codec of a nonce.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { transactionNonceCodec } from "@yoctonear/transactions";
 * encode(transactionNonceCodec, { type: "nonce", nonce: 9n }).length; // 9
 * ```
 */
export const transactionNonceCodec: Codec<TransactionNonce> = /* @__PURE__ */ taggedEnum({
  nonce: [0, { nonce: u64 }],
  gasKeyNonce: [1, { nonce: u64, nonceIndex: u16 }],
});

/**
 * Codec of a nonce mode.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { nonceModeCodec } from "@yoctonear/transactions";
 * encode(nonceModeCodec, "strict"); // Uint8Array [1]
 * ```
 */
export const nonceModeCodec: Codec<NonceMode> = /* @__PURE__ */ unitEnum({
  monotonic: 0,
  strict: 1,
});
