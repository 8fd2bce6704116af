/**
 * One request for all who ask the same at the same time.
 * @module
 */
import { stringifyJson } from "../json.ts";
import { walk } from "../refuse.ts";
import type { Transport } from "../transport.ts";
import { copyJson } from "./copy-json.ts";
import { isRead, mayWait } from "./method.ts";
import { createSharedCall, type SharedCall } from "./shared-call.ts";
import { wrap } from "./wrap.ts";

/**
 * Sends identical reads that are under way at once as one request. Everyone gets a copy of the answer
 * one's own, and an abort detaches only its caller. Nobody joins a read that began before this
 * transport answered about a transaction, so that one's own write shows.
 * @param transport - what is asked
 * @example
 * ```ts
 * import { deduplicate, type Transport } from "@yoctonear/rpc";
 * let asked = 0;
 * const transport: Transport = async () => ({ answer: ++asked });
 * const single = deduplicate(transport);
 * const request = { method: "gas_price", params: [null] };
 * await Promise.all([single(request), single(request)]); // [{ answer: 1 }, { answer: 1 }]
 * ```
 */
export function deduplicate(transport: Transport): Transport {
  const running = new Map<string, SharedCall<unknown>>();

  return wrap([transport], async (request, options = {}) => {
    if (!isRead(request)) {
      try {
        return await transport(request, options);
      } finally {
        running.clear();
      }
    }
    // Or a call that nobody begins would stay for ever.
    options.signal?.throwIfAborted();
    const key = `${request.method} ${stringifyJson(request.params ?? null)}`;
    let call = running.get(key);
    if (call === undefined || call.isGivenUp) {
      const begun = createSharedCall(async (signal) => {
        try {
          return await transport(request, { signal });
        } finally {
          // Another one may have taken its place.
          if (running.get(key) === begun) running.delete(key);
          if (mayWait(request)) running.clear();
        }
      });
      call = begun;
      running.set(key, call);
    }
    const answer = await call.join(options.signal);
    return walk(request.method, () => copyJson(answer));
  });
}
