/**
 * Verdicts on transactions, and the checks that both kinds of keys share
 * (`runtime/runtime/src/verifier.rs`).
 * @module
 */
import type { Transaction } from "@yoctonear/transactions";
import type { AccessKey } from "../state/access-key.ts";
import type { Account } from "../state/account.ts";
import { type Json, u64Json } from "./json.ts";
import { NONCE_RANGE } from "./parameters.ts";
import type { TransactionCost } from "@yoctonear/transactions/cost";

/** Where and at which price a transaction is checked. */
export interface VerifyOptions {
  /** yoctoNEAR a gas unit: the block's, for the pre-check the head's `next_gas_price`. */
  readonly gasPrice: bigint;
  /** Height of the block; `null` in the pre-check, which has no upper bound of nonces. */
  readonly height: number | null;
  readonly protocolVersion: number;
}

/** What is to be written when a transaction is accepted, or the error. */
export type Verdict =
  | { readonly type: "rejected"; readonly error: Json }
  | {
      readonly type: "accepted" | "depositFailed";
      readonly cost: TransactionCost;
      readonly account: Account;
      /** Null where the account has none yet: its own state init brings them. */
      readonly accessKey: AccessKey | null;
      /** Set for a gas key: the lane's new nonce. */
      readonly lane: { readonly index: number; readonly nonce: bigint } | null;
      /** Set where the deposit cannot be paid: the gas is burnt all the same. */
      readonly error: Json | null;
    };

/** What was found for a transaction before its nonce is looked at. */
export interface Found {
  readonly account: Account;
  readonly accessKey: AccessKey;
  readonly cost: TransactionCost;
  readonly options: VerifyOptions;
}

/** Checks a transaction's nonce against the last one used. */
export function checkNonce(
  transaction: Transaction,
  last: bigint,
  height: number | null,
  isStrict: boolean = transaction.version === 1 && transaction.nonceMode === "strict",
): Json | null {
  const nonce = nonceOf(transaction);
  if (isStrict ? nonce !== last + 1n : nonce <= last) {
    return { InvalidNonce: { tx_nonce: u64Json(nonce), ak_nonce: u64Json(last) } };
  }
  if (height === null) return null;
  const bound = BigInt(height) * NONCE_RANGE;
  if (nonce < bound) return null;
  return { NonceTooLarge: { tx_nonce: u64Json(nonce), upper_bound: u64Json(bound) } };
}

/** The nonce of a transaction of either version. */
export function nonceOf(transaction: Transaction): bigint {
  return transaction.version === 0 ? transaction.nonce : transaction.nonce.nonce;
}

/** The error for a key that the signer does not have. */
export function keyNotFound({ signerId, publicKey }: Transaction): Json {
  return {
    InvalidAccessKeyError: {
      AccessKeyNotFound: { account_id: signerId, public_key: publicKey },
    },
  };
}

/** A transaction that leaves no trace but the error. */
export function rejected(error: Json): Verdict {
  return { type: "rejected", error };
}
