/**
 * A limit on the time of each request.
 * @module
 */
import type { Transport } from "../transport.ts";
import { TransportError } from "../transport-error.ts";
import { attempt } from "./attempt.ts";
import { checkOptions, MILLISECONDS } from "./check-options.ts";
import { type Clock, systemClock } from "./clock.ts";
import { wrap } from "./wrap.ts";

/** What may be said about a timeout. */
export interface TimeoutOptions {
  /** This machine's unless told. */
  readonly clock?: Clock | undefined;
}

/**
 * Gives up each request after a while: the inner transport's signal aborts, and the caller gets a
 * `TransportError` with the code `timeout`. Around retry or failover it limits all attempts together,
 * inside of them each one.
 * @param transport - what is limited
 * @param milliseconds - how long a request may take. A node waits up to 10,000 for a transaction
 * @throws {RangeError} for a time out of range
 * @example
 * ```ts
 * import { withTimeout, type Transport } from "@yoctonear/rpc";
 * const silent: Transport = () => new Promise(() => {});
 * const code = await withTimeout(silent, 5)({ method: "status", params: [] }).catch((error) => error.code);
 * code; // "timeout"
 * ```
 */
export function withTimeout(
  transport: Transport,
  milliseconds: number,
  options: TimeoutOptions = {},
): Transport {
  checkOptions("withTimeout", options, {}, ["clock"]);
  checkOptions("withTimeout", { milliseconds }, { milliseconds: MILLISECONDS });
  const { clock = systemClock } = options;
  return wrap([transport], (request, { signal } = {}) =>
    attempt(signal, (own) => {
      const message = `expected the answer to ${request.method} in ${milliseconds} ms, got none`;
      const giveUp = (): void => own.abort(new TransportError("timeout", message));
      clock.sleep(milliseconds, own.signal).then(giveUp, () => undefined);
      return transport(request, { signal: own.signal });
    }),
  );
}
