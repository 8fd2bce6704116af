/**
 * A memory of what never changes.
 * @module
 */
import { field } from "../record.ts";
import { walk } from "../refuse.ts";
import type { Transport } from "../transport.ts";
import { checkOptions, COUNT } from "./check-options.ts";
import { copyJson, sizeOfJson } from "./copy-json.ts";
import { finalHeight, unchanging } from "./unchanging.ts";
import { wrap } from "./wrap.ts";

/** How much is kept. */
export interface CacheOptions {
  /** Answers; 1000 unless told. */
  readonly maxEntries?: number | undefined;
  /** Bytes of all answers together, estimated; 16 MiB unless told. */
  readonly maxBytes?: number | undefined;
}

/**
 * Keeps the answers that can never be others, and asks for none of them twice: blocks, state and changes
 * at a block's hash, or at a height once a final block has been seen at it or above; chunks by hash;
 * receipts; the genesis; transactions once they are `FINAL`. Never errors, nor an answer that does not
 * name what was asked for. What was not used for the
 * longest time goes first. Everyone gets a copy of one's own.
 * @param transport - what is asked
 * @throws {TypeError | RangeError} for an option that does not exist or is out of range
 * @example
 * ```ts
 * import { cache, type Transport } from "@yoctonear/rpc";
 * let asked = 0;
 * const transport: Transport = async () => ({ header: { hash: "AbCd" }, asked: ++asked });
 * const cached = cache(transport);
 * const request = { method: "block", params: { block_id: "AbCd" } };
 * await cached(request);
 * await cached(request); // { header: { hash: "AbCd" }, asked: 1 }
 * ```
 */
export function cache(transport: Transport, options: CacheOptions = {}): Transport {
  checkOptions("cache", options, { maxEntries: COUNT, maxBytes: COUNT });
  const { maxEntries = 1000, maxBytes = 2 ** 24 } = options;
  /** In the order of their last use. */
  const kept = new Map<string, { readonly answer: unknown; readonly size: number }>();
  let bytes = 0;
  let final = -1n;
  let { scope } = transport;

  const forget = (key: string): void => {
    bytes -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, answer: unknown): void => {
    const size = sizeOfJson(answer) + 2 * key.length;
    if (size > maxBytes) return;
    forget(key);
    kept.set(key, { answer: copyJson(answer), size });
    bytes += size;
    for (const oldest of kept.keys()) {
      if (kept.size <= maxEntries && bytes <= maxBytes) break;
      forget(oldest);
    }
  };

  return wrap([transport], async (request, sending = {}) => {
    sending.signal?.throwIfAborted();
    // A localnet that went back in time is another chain.
    if (transport.scope !== scope) {
      ({ scope } = transport);
      kept.clear();
      bytes = 0;
      final = -1n;
    }
    const asked = scope;
    const rule = unchanging(request);
    const found = rule && kept.get(rule.key);
    if (rule && found) {
      kept.delete(rule.key);
      kept.set(rule.key, found);
      return copyJson(found.answer);
    }
    const answer = await transport(request, sending);
    if (transport.scope !== asked) return answer;
    final = [final, finalHeight(request, answer) ?? -1n].reduce((a, b) => (a > b ? a : b));
    if (rule === undefined || (rule.height ?? -1n) > final) return answer;
    // Failures within the result of a query depend on the node.
    if (rule.isIts(answer) && typeof field(answer, "error") !== "string") {
      walk(request.method, () => keep(rule.key, answer));
    }
    return answer;
  });
}
