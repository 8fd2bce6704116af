/**
 * Several endpoints of one network, of which another is asked when one fails.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import { isRpcError } from "../rpc-error.ts";
import type { Transport } from "../transport.ts";
import { follow } from "./attempt.ts";
import { checkOptions, MILLISECONDS } from "./check-options.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createEndpoint, noteAnswer, noteFault, ranked } from "./endpoint-health.ts";
import { combined, isFault, isTransportError, unlessOpen } from "./fault.ts";
import { mayWait } from "./method.ts";
import { assertTransports, wrap } from "./wrap.ts";

/** How endpoints are chosen. */
export interface FailoverOptions {
  /**
   * Which healthy endpoint is asked first: the one that answers soonest (`latency`, unless told), or
   * the first one of the list (`order`): a node of one's own before a public one.
   */
  readonly rank?: "latency" | "order" | undefined;
  /** Milliseconds that an endpoint rests after a fault, twice as long after each further one; 1000 unless told. */
  readonly firstRest?: number | undefined;
  /** Milliseconds that it rests at most, but for what it asks itself; 60,000 unless told. */
  readonly longestRest?: number | undefined;
  /**
   * Errors of a node after which the next endpoint is asked all the same, e.g. for an archival node at the end of the list
   * `(error) => isRpcError(error, "GARBAGE_COLLECTED_BLOCK")`. No fault of the endpoint.
   */
  readonly elsewhere?: ((error: unknown) => boolean) | undefined;
  /** This machine's unless told. */
  readonly clock?: Clock | undefined;
}

/**
 * Asks one of several endpoints, and the next one when that is at fault: it was not reached, or its
 * answer is none of a node, or the node is behind or broken. What a node says of a request is returned
 * or thrown at once, and asked of nobody else. An endpoint at fault rests, ever longer, then is tried
 * with one request; when all rest, they are asked all the same. When all fail, the error has that of
 * each endpoint in its `cause`, an `AggregateError`.
 *
 * The same bytes of a broadcast may go to several endpoints. When one refuses them after the answer of
 * another is unknown, a `TransportError` is thrown, for the refusal is no proof.
 * @param transports - to one and the same network; see `guardChain`
 * @throws {TypeError | RangeError} for a list or an option that cannot be
 * @example
 * ```ts
 * import { failover, TransportError, type Transport } from "@yoctonear/rpc";
 * const dead: Transport = async () => {
 *   throw new TransportError("network", "connection refused");
 * };
 * const alive: Transport = async ({ method }) => `answer to ${method}`;
 * await failover([dead, alive])({ method: "status", params: [] }); // "answer to status"
 * ```
 */
export function failover(
  transports: readonly Transport[],
  options: FailoverOptions = {},
): Transport {
  assertTransports("failover", transports);
  const numbers = { firstRest: MILLISECONDS, longestRest: MILLISECONDS };
  checkOptions("failover", options, numbers, ["rank", "elsewhere", "clock"]);
  const { rank = "latency", firstRest = 1000, longestRest = 60_000 } = options;
  const { elsewhere = () => false, clock = systemClock } = options;
  if (rank !== "latency" && rank !== "order") throw new TypeError("failover: expected a rank");
  const rest = { first: firstRest, longest: longestRest };
  const endpoints = transports.map(createEndpoint);

  return wrap(transports, async (request, { signal } = {}) => {
    const isMeasured = !mayWait(request);
    const errors: unknown[] = [];
    for (const endpoint of ranked(endpoints, rank, clock.now())) {
      const started = clock.now();
      const isTrial = endpoint.faults > 0;
      if (isTrial) endpoint.isOnTrial = true;
      try {
        const answer = await follow(signal, (own) => endpoint.transport(request, { signal: own }));
        noteAnswer(endpoint, started, clock.now(), isMeasured);
        return answer;
      } catch (error) {
        signal?.throwIfAborted();
        const isFaulty = isFault(error);
        // In vain it waited for a transaction: maybe the node is cut off, so another is asked next time.
        if (isNearError(error, "overloaded")) {
          // A queue on this side is full, which says nothing of the endpoint.
        } else if (isFaulty || isRpcError(error, "TIMEOUT_ERROR")) {
          const asked = isTransportError(error) ? (error.retryAfter ?? 0) : 0;
          noteFault(endpoint, started, clock.now(), rest, asked);
        } else {
          noteAnswer(endpoint, started, clock.now(), isMeasured);
        }
        if (!isFaulty && !elsewhere(error)) throw unlessOpen(request, error, errors);
        errors.push(error);
      } finally {
        if (isTrial) endpoint.isOnTrial = false;
      }
    }
    throw combined(request, errors);
  });
}
