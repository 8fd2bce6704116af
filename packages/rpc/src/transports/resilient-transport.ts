/**
 * The wrappers put together as most want them.
 * @module
 */
import { fetchTransport, type FetchTransportOptions } from "../http.ts";
import type { Transport } from "../transport.ts";
import { cache } from "./cache.ts";
import { checkOptions, COUNT, MILLISECONDS } from "./check-options.ts";
import { deduplicate } from "./deduplicate.ts";
import { failover } from "./failover.ts";
import { guardChain } from "./guard-chain.ts";
import { limitConcurrency } from "./limit-concurrency.ts";
import { observe, type Observer } from "./observe.ts";
import { rateLimit } from "./rate-limit.ts";
import { withRetry } from "./with-retry.ts";

/** A node by URL, with what its provider wants. */
export interface ResilientEndpoint extends FetchTransportOptions {
  readonly url: string;
}

/** What may be said about endpoints together. */
export interface ResilientOptions {
  /** Chain id that each endpoint must have: `mainnet`, `testnet`, …; not asked unless told. */
  readonly chainId?: string | undefined;
  /** Which endpoint is asked first: the one that answers soonest (`latency`, unless told), or by `order`. */
  readonly rank?: "latency" | "order" | undefined;
  /** Milliseconds until an attempt at an endpoint is given up; 15,000 unless told. */
  readonly timeout?: number | undefined;
  /** Rounds over the endpoints in all; 5 unless told. */
  readonly attempts?: number | undefined;
  /** Milliseconds after the beginning in which a new round may begin; 30,000 unless told. */
  readonly budget?: number | undefined;
  /** Requests in a second at each endpoint; no limit unless told. */
  readonly perSecond?: number | undefined;
  /** Requests under way at each endpoint; 256 unless told. */
  readonly concurrent?: number | undefined;
  /** Is told of each attempt at each endpoint. */
  readonly observer?: Observer | undefined;
}

/**
 * Makes one transport of several endpoints over HTTP. From the wire outwards: each endpoint is observed,
 * guarded by chain id, limited in rate and in requests under way; then failover over the endpoints,
 * retry over that, a cache of what never changes, and one request for identical reads. Whoever wants
 * another order, or hedged and quorum reads, composes the same functions.
 * @param endpoints - URLs, or objects with a URL, headers and other options of `fetchTransport`
 * @throws {TypeError | RangeError} for an endpoint or an option that cannot be
 * @example
 * ```ts
 * import { gasPrice, resilientTransport } from "@yoctonear/rpc";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet();
 * const dead = async () => { throw new TypeError("fetch failed"); };
 * const alive = (url: string, init: RequestInit) => chain.fetch(new Request(url, init));
 * const transport = resilientTransport(
 *   [{ url: "http://dead.example", fetch: dead }, { url: "http://alive.example", fetch: alive }],
 *   { chainId: "localnet" },
 * );
 * (await gasPrice(transport)).gas_price; // "100000000"
 * ```
 */
export function resilientTransport(
  endpoints: readonly (string | ResilientEndpoint)[],
  options: ResilientOptions = {},
): Transport {
  const numbers = {
    timeout: [1, MILLISECONDS[1]],
    attempts: COUNT,
    budget: MILLISECONDS,
    perSecond: [0.001, 1e6],
    concurrent: COUNT,
  } as const;
  checkOptions("resilientTransport", options, numbers, ["chainId", "rank", "observer"]);
  const { chainId, rank, timeout = 15_000, attempts, budget } = options;
  const { perSecond, concurrent = 256, observer } = options;

  const transports = endpoints.map((endpoint) => {
    const { url, ...own } = typeof endpoint === "string" ? { url: endpoint } : endpoint;
    let transport = fetchTransport(url, { timeout, ...own });
    if (observer !== undefined) transport = observe(transport, observer);
    if (chainId !== undefined) transport = guardChain(transport, chainId);
    if (perSecond !== undefined) transport = rateLimit(transport, { perSecond });
    return limitConcurrency(transport, concurrent);
  });
  return deduplicate(cache(withRetry(failover(transports, { rank }), { attempts, budget })));
}
