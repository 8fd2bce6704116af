/**
 * Asking again.
 * @module
 */
import { isRetryable } from "../retryable.ts";
import type { Transport } from "../transport.ts";
import { follow } from "./attempt.ts";
import { checkOptions, COUNT, MILLISECONDS } from "./check-options.ts";
import { type Clock, systemClock } from "./clock.ts";
import { isTransportError, unlessOpen } from "./fault.ts";
import { wrap } from "./wrap.ts";

/** How a request is asked again. */
export interface RetryOptions {
  /** How often a request is asked in all; 5 unless told. */
  readonly attempts?: number | undefined;
  /** Milliseconds after its beginning in which a new attempt may begin; 30,000 unless told. */
  readonly budget?: number | undefined;
  /** Milliseconds that the first pause has at most; each later one twice as many. 200 unless told. */
  readonly firstPause?: number | undefined;
  /** Milliseconds that a pause has at most, but for what a server asks; 10,000 unless told. */
  readonly longestPause?: number | undefined;
  /** This machine's unless told. */
  readonly clock?: Clock | undefined;
  /** A number from 0 to below 1; `Math.random` unless told. */
  readonly random?: (() => number) | undefined;
}

/**
 * Asks again where that may help, as `isRetryable` tells: the network failed, the time was up, HTTP 408,
 * 429 or 5xx came, the node is behind or broken. What a node says of a request is final and never asked
 * again. Pauses are random up to a limit that doubles ("full jitter"), and on top of what `Retry-After`
 * asks for; a wait beyond the budget is not begun. At the end the last error is thrown as it came.
 *
 * A broadcast is sent again too, always the same bytes: their hash is their identity, so that they
 * execute once at most. But when a later attempt is refused, the answer of an earlier one being
 * unknown, the refusal is no proof (it may be due to the first copy): then a `TransportError` is thrown.
 * @param transport - what is asked
 * @throws {TypeError | RangeError} for an option that does not exist or is out of range
 * @example
 * ```ts
 * import { TransportError, type Transport, withRetry } from "@yoctonear/rpc";
 * let asked = 0;
 * const flaky: Transport = async () => {
 *   if (++asked < 3) throw new TransportError("network", "connection reset");
 *   return "answer";
 * };
 * await withRetry(flaky, { firstPause: 1 })({ method: "status", params: [] }); // "answer"
 * asked; // 3
 * ```
 */
export function withRetry(transport: Transport, options: RetryOptions = {}): Transport {
  const numbers = {
    attempts: COUNT,
    budget: MILLISECONDS,
    firstPause: MILLISECONDS,
    longestPause: MILLISECONDS,
  };
  checkOptions("withRetry", options, numbers, ["clock", "random"]);
  const { attempts = 5, budget = 30_000, firstPause = 200, longestPause = 10_000 } = options;
  const { clock = systemClock, random = Math.random } = options;

  return wrap([transport], async (request, { signal } = {}) => {
    const end = clock.now() + budget;
    const earlier: unknown[] = [];
    for (;;) {
      try {
        return await follow(signal, (own) => transport(request, { signal: own }));
      } catch (caught) {
        signal?.throwIfAborted();
        const error = unlessOpen(request, caught, earlier);
        earlier.push(caught);
        if (!isRetryable(caught) || earlier.length >= attempts) throw error;
        // Never zero, or a crowd would come back at once.
        const jitter =
          (1 - random()) *
          Math.min(longestPause, firstPause * 2 ** Math.min(earlier.length - 1, 31));
        const asked = isTransportError(caught) ? (caught.retryAfter ?? 0) : 0;
        if (clock.now() + asked + jitter > end) throw error;
        await clock.sleep(asked + jitter, signal);
      }
    }
  });
}
