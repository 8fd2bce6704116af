/**
 * What a relayer says when it does not relay: an HTTP status, a code, and a reason in words.
 * @module
 */
import { NearError } from "@yoctonear/base";
import type { DelegateErrorCode } from "@yoctonear/account";

/**
 * Why a relayer does not relay. Besides what `verifyDelegate` says of the delegate action itself:
 * - `malformed`, `too_large`, `http_method_not_allowed`: the request is none
 * - `sender_…`, `receiver_…`, `function_…`, `action_not_allowed`, `too_many_actions`, `too_much_gas`,
 *   `too_much_deposit`, `too_expensive`: the policy does not name it
 * - `rate_limited`, `budget_exhausted`, `busy`: not now
 * - `unavailable`, `internal`: the relayer does not reach the network, or failed; nothing was paid
 * - `not_included`: it was sent, and proved that it never can be included; nothing was executed
 * - `unknown_outcome`: it was sent, and time was up; ask again with the same delegate action
 */
export type RefusalCode =
  | DelegateErrorCode
  | "action_not_allowed"
  | "budget_exhausted"
  | "busy"
  | "function_not_allowed"
  | "http_method_not_allowed"
  | "internal"
  | "malformed"
  | "not_included"
  | "rate_limited"
  | "receiver_not_allowed"
  | "sender_not_allowed"
  | "too_expensive"
  | "too_large"
  | "too_many_actions"
  | "too_much_deposit"
  | "too_much_gas"
  | "unavailable"
  | "unknown_outcome";

const BAD_REQUEST = 400;
const FORBIDDEN = 403;

/** HTTP status of those that are neither a bad request nor forbidden by the policy. */
const STATUS: { readonly [code in RefusalCode]?: number } = {
  http_method_not_allowed: 405,
  nonce_used: 409,
  expired: 410,
  too_large: 413,
  rate_limited: 429,
  budget_exhausted: 429,
  internal: 500,
  not_included: 502,
  busy: 503,
  unavailable: 503,
  unknown_outcome: 504,
};

const BY_POLICY: readonly RefusalCode[] = [
  "action_not_allowed",
  "function_not_allowed",
  "receiver_not_allowed",
  "sender_not_allowed",
  "too_expensive",
  "too_many_actions",
  "too_much_deposit",
  "too_much_gas",
];

/** The transaction that it is about, where there is one. */
export interface RefusalDetails {
  /** Hash of the relayer's transaction, base58. */
  readonly hash?: string | undefined;
  /** Account of the relayer that signed it. */
  readonly signerId?: string | undefined;
  /** Milliseconds after which asking again may help. */
  readonly retryAfter?: number | undefined;
}

/** Thrown in the relayer; its message is what the client reads. */
export class Refusal extends NearError<RefusalCode> {
  override readonly name = "Refusal";
  readonly details: RefusalDetails;

  constructor(code: RefusalCode, reason: string, details: RefusalDetails = {}) {
    super(code, reason);
    this.details = details;
  }

  get status(): number {
    return STATUS[this.code] ?? (BY_POLICY.includes(this.code) ? FORBIDDEN : BAD_REQUEST);
  }
}
