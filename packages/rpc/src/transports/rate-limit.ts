/**
 * A limit on the requests in a time.
 * @module
 */
import type { Transport } from "../transport.ts";
import { checkOptions, COUNT } from "./check-options.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createLine } from "./line.ts";
import { wrap } from "./wrap.ts";

/** How fast requests may go out. */
export interface RateLimitOptions {
  /** Requests in a second, on average. */
  readonly perSecond: number;
  /** Requests at once after a quiet time; as many as `perSecond` unless told, at least one. */
  readonly burst?: number | undefined;
  /** Requests that wait for their turn at most; 10,000 unless told. */
  readonly longestQueue?: number | undefined;
  /** This machine's unless told. */
  readonly clock?: Clock | undefined;
}

/**
 * Sends no more requests than a provider allows; the others wait in order (a token bucket: in any time
 * t at most `burst + t × perSecond` go out). Who finds the queue full gets a `TransportError` with the
 * code `overloaded`, and nothing was sent.
 * @param transport - what is limited. Inside of `withRetry` its attempts count each
 * @throws {TypeError | RangeError} for an option that does not exist or is out of range
 * @example
 * ```ts
 * import { rateLimit, type Transport } from "@yoctonear/rpc";
 * const transport: Transport = async () => "answer";
 * const limited = rateLimit(transport, { perSecond: 10, burst: 3 });
 * await limited({ method: "status", params: [] }); // "answer"
 * ```
 */
export function rateLimit(transport: Transport, options: RateLimitOptions): Transport {
  const numbers = {
    perSecond: [0.001, 1e6],
    burst: COUNT,
    longestQueue: [0, Number.MAX_SAFE_INTEGER],
  } as const;
  checkOptions("rateLimit", options, numbers, ["clock"]);
  // What the range cannot refuse: that it is not there.
  checkOptions("rateLimit", { perSecond: options.perSecond ?? NaN }, numbers);
  const { perSecond, longestQueue = 10_000, clock = systemClock } = options;
  const burst = options.burst ?? Math.max(1, Math.floor(perSecond));
  const line = createLine(longestQueue);
  let tokens = burst;
  let filledAt = clock.now();
  let isPouring = false;

  const take = (): boolean => {
    const now = clock.now();
    tokens = Math.min(burst, tokens + ((now - filledAt) * perSecond) / 1000);
    filledAt = now;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
  /** Lets one after another go as tokens come. */
  const pour = async (): Promise<void> => {
    isPouring = true;
    while (line.length > 0) {
      if (take()) line.release();
      // Rounded up, or a timer that fires early would make this spin.
      else await clock.sleep(Math.ceil(((1 - tokens) * 1000) / perSecond));
    }
    isPouring = false;
  };

  return wrap([transport], async (request, sending = {}) => {
    sending.signal?.throwIfAborted();
    if (line.length > 0 || !take()) {
      const turn = line.wait(sending.signal);
      if (!isPouring) void pour();
      await turn;
    }
    return transport(request, sending);
  });
}
