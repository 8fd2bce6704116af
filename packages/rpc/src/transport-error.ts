/**
 * The error of a node that did not answer.
 * @module
 */
import { NearError } from "@yoctonear/base";

/**
 * Why there is no answer: `network` (not reached, or cut off), `timeout`, `http` (an answer of
 * something that is no NEAR node: see `status`), `malformed` (not what the method returns),
 * `too_large`; of the wrappers `overloaded` (too many wait already, nothing was sent) and `disagreement`
 * (endpoints say different things).
 */
export type TransportErrorCode =
  | "network"
  | "timeout"
  | "http"
  | "malformed"
  | "too_large"
  | "overloaded"
  | "disagreement";

/** What is known about the failure. */
export interface TransportErrorDetails {
  /** Origin of the endpoint; the rest of a URL may be an API key. */
  readonly url?: string | undefined;
  /** HTTP status, where one came. */
  readonly status?: number | undefined;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The node was not reached, or what came is not its answer. It says nothing about the chain.
 * @example
 * ```ts
 * import { TransportError } from "@yoctonear/rpc";
 * new TransportError("http", "expected an answer, got HTTP 429", { status: 429 }).status; // 429
 * ```
 */
export class TransportError extends NearError {
  override readonly name = "TransportError";
  declare readonly code: TransportErrorCode;
  /** Origin of the endpoint, where there is one; the rest of a URL may be an API key. */
  declare readonly url: string | undefined;
  /** HTTP status, where one came. */
  declare readonly status: number | undefined;
  /** Milliseconds that the server asks to wait (`Retry-After`). */
  declare readonly retryAfter: number | undefined;

  constructor(code: TransportErrorCode, message: string, details?: TransportErrorDetails) {
    super(code, message, details);
    Object.assign(this, details);
  }
}
