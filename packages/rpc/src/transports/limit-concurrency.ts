/**
 * A limit on the requests under way.
 * @module
 */
import type { Transport } from "../transport.ts";
import { follow } from "./attempt.ts";
import { checkOptions, COUNT } from "./check-options.ts";
import { createLine } from "./line.ts";
import { wrap } from "./wrap.ts";

/** How many requests may wait. */
export interface ConcurrencyOptions {
  /** Requests that wait for their turn at most; 10,000 unless told. */
  readonly longestQueue?: number | undefined;
}

/**
 * Keeps so many requests under way at most; the others wait in order. A request counts until its
 * transport is done with it, even where its caller has gone. Who finds the queue full gets a
 * `TransportError` with the code `overloaded`, and nothing was sent.
 * @param transport - what is limited
 * @param most - requests under way
 * @throws {TypeError | RangeError} for an option that does not exist or is out of range
 * @example
 * ```ts
 * import { limitConcurrency, type Transport } from "@yoctonear/rpc";
 * let running = 0;
 * let peak = 0;
 * const transport: Transport = async () => {
 *   peak = Math.max(peak, ++running);
 *   await Promise.resolve();
 *   running--;
 * };
 * const limited = limitConcurrency(transport, 2);
 * await Promise.all(Array.from({ length: 5 }, () => limited({ method: "status", params: [] })));
 * peak; // 2
 * ```
 */
export function limitConcurrency(
  transport: Transport,
  most: number,
  options: ConcurrencyOptions = {},
): Transport {
  checkOptions("limitConcurrency", options, { longestQueue: [0, Number.MAX_SAFE_INTEGER] });
  checkOptions("limitConcurrency", { most }, { most: COUNT });
  const line = createLine(options.longestQueue ?? 10_000);
  let running = 0;

  return wrap([transport], async (request, { signal } = {}) => {
    signal?.throwIfAborted();
    if (running < most) running++;
    // Whoever leaves hands the place on.
    else await line.wait(signal);
    const leave = (): void => {
      if (!line.release()) running--;
    };
    if (signal?.aborted) leave();
    return follow(signal, async (own) => {
      try {
        return await transport(request, { signal: own });
      } finally {
        leave();
      }
    });
  });
}
