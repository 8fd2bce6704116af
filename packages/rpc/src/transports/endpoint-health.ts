/**
 * How an endpoint has done lately.
 * @module
 */
import type { Transport } from "../transport.ts";

/** An endpoint and what is known of it. Times are milliseconds of one clock. */
export interface Endpoint {
  readonly transport: Transport;
  /** Faults in a row. */
  faults: number;
  /** When the last fault came. */
  faultAt: number;
  /** Nothing is asked of it before, unless all rest. */
  restsUntil: number;
  /** After a rest it is tried with one request. */
  isOnTrial: boolean;
  /** Mean time of its answers, newer ones counting more; 0 while unknown. */
  latency: number;
  /** When that was measured. */
  latencyAt: number;
}

/** How long an endpoint rests after its faults. */
export interface Rest {
  /** After the first; twice as long after each further one. */
  readonly first: number;
  readonly longest: number;
}

/** What is measured loses half its weight in this time, so that a slow endpoint gets another chance. */
const HALF_LIFE = 30_000;
/** Weight of what the mean was, as long as it is fresh. */
const KEPT = 0.7;

/** An endpoint of which nothing is known. */
export function createEndpoint(transport: Transport): Endpoint {
  return {
    transport,
    faults: 0,
    faultAt: -Infinity,
    restsUntil: -Infinity,
    isOnTrial: false,
    latency: 0,
    latencyAt: 0,
  };
}

/**
 * Sorts endpoints: those that rest behind the others, the one whose rest ends first before the rest.
 * @param rank - the others by the time of their answers, or as they stand in the list
 */
export function ranked(
  endpoints: readonly Endpoint[],
  rank: "latency" | "order",
  now: number,
): readonly Endpoint[] {
  const rest = (endpoint: Endpoint): number =>
    endpoint.restsUntil > now || endpoint.isOnTrial ? endpoint.restsUntil : -Infinity;
  const expected = ({ latency, latencyAt }: Endpoint): number =>
    rank === "latency" ? latency * 0.5 ** ((now - latencyAt) / HALF_LIFE) : 0;
  // Sorting is stable, so what is equal stays in order.
  return [...endpoints].sort((a, b) => {
    const [restA, restB] = [rest(a), rest(b)];
    return restA === restB ? expected(a) - expected(b) : restA - restB;
  });
}

/** Takes note of an answer, and of its time where that says something of the endpoint. */
export function noteAnswer(
  endpoint: Endpoint,
  started: number,
  now: number,
  isMeasured: boolean,
): void {
  // An answer that was under way before the fault is no sign of recovery.
  if (started >= endpoint.faultAt) {
    endpoint.faults = 0;
    endpoint.restsUntil = -Infinity;
  }
  if (!isMeasured) return;
  const { latency, latencyAt } = endpoint;
  const kept = latency === 0 ? 0 : KEPT * 0.5 ** ((now - latencyAt) / HALF_LIFE);
  endpoint.latency = kept * latency + (1 - kept) * (now - started);
  endpoint.latencyAt = now;
}

/** Takes note of a fault: the endpoint rests, as long as it asks for at least. */
export function noteFault(
  endpoint: Endpoint,
  started: number,
  now: number,
  { first, longest }: Rest,
  asked: number,
): void {
  // Sixteen requests that fail together are one fault.
  if (started > endpoint.faultAt) endpoint.faults++;
  endpoint.faultAt = now;
  const rest = Math.min(longest, first * 2 ** Math.min(endpoint.faults - 1, 31));
  endpoint.restsUntil = Math.max(endpoint.restsUntil, now + Math.max(rest, asked));
}
