/**
 * Transactions handed to several endpoints at once.
 * @module
 */
import { isRetryable } from "../retryable.ts";
import type { Transport } from "../transport.ts";
import { attempt } from "./attempt.ts";
import { combined, isTransportError, unlessOpen } from "./fault.ts";
import { isBroadcast } from "./method.ts";
import { assertTransports, wrap } from "./wrap.ts";

/**
 * Hands each broadcast to all endpoints at once: the same bytes, so that they execute once at most. The
 * first one that takes them answers; the others go on. Refused it is only when all refuse: where one
 * refuses and another's answer is unknown, a `TransportError` is thrown, for the refusal is no proof.
 * @param transport - gets the broadcasts and everything else
 * @param others - get the broadcasts
 * @throws {TypeError} for a list without transports
 * @example
 * ```ts
 * import { broadcastToAll, type Transport } from "@yoctonear/rpc";
 * const got: string[] = [];
 * const endpoint = (name: string): Transport => async () => got.push(name);
 * const all = broadcastToAll(endpoint("a"), [endpoint("b")]);
 * await all({ method: "send_tx", params: { signed_tx_base64: "…" } });
 * got; // ["a", "b"]
 * ```
 */
export function broadcastToAll(transport: Transport, others: readonly Transport[]): Transport {
  assertTransports("broadcastToAll", [transport]);
  assertTransports("broadcastToAll", others);
  const all = [transport, ...others];

  return wrap(all, (request, { signal } = {}) => {
    if (!isBroadcast(request)) return transport(request, { signal });
    return attempt(
      signal,
      () =>
        new Promise((resolve, reject) => {
          const errors: unknown[] = [];
          const onError = (error: unknown): void => {
            errors.push(error);
            if (errors.length < all.length) return;
            const open = errors.filter((one) => isTransportError(one) || isRetryable(one));
            const refusal = errors.find((one) => !open.includes(one));
            if (open.length === errors.length) reject(combined(request, errors));
            else reject(unlessOpen(request, refusal, open));
          };
          for (const endpoint of all) {
            attempt(signal, (own) => endpoint(request, { signal: own.signal })).then(
              resolve,
              onError,
            );
          }
        }),
    );
  });
}
