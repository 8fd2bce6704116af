/**
 * What can happen to a request on its way to a node and back.
 * @module
 */
import type { RpcRequest } from "@yoctonear/rpc";
import { type Random, seededRandom } from "./random.ts";

/** Faults that any request can meet. */
const COMMON_KINDS = [
  /** It never arrives; the connection is refused. */
  "drop request",
  /** It arrives; the connection is lost before the answer. */
  "drop answer",
  /** It arrives long after the caller was told that time is up. */
  "late",
  /** It arrives, and a proxy gives up on the answer after a minute. */
  "hang",
  /** It is overtaken by those that were sent after it. */
  "reorder",
  /** The answer is cut off. */
  "truncate",
  /** A proxy's status; some pass the request on all the same. */
  "408",
  "429",
  "500",
  "502",
  "503",
  "504",
  /** A proxy's page for people, with status 200. */
  "html",
  /** A node answers that is some blocks behind. */
  "lag",
] as const;

/** Faults of a transaction that is sent. */
const SENDING_KINDS = [
  /** It arrives twice, the second time later. */
  "duplicate",
  /** The answer is of another transaction. */
  "another",
  /** The node says that the nonce is used, which is not so. */
  "false InvalidNonce",
  /** The node says that it expired, which is not so. */
  "false Expired",
] as const;

/** Faults of the question for a transaction. */
const STATUS_KINDS = [
  "another",
  /** The node says that it does not know the transaction, which is not so. */
  "false UNKNOWN_TRANSACTION",
] as const;

/** A fault, by name. */
export type FaultKind =
  | (typeof COMMON_KINDS)[number]
  | (typeof SENDING_KINDS)[number]
  | (typeof STATUS_KINDS)[number];

/** Every fault there is. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ...COMMON_KINDS,
  ...SENDING_KINDS,
  "false UNKNOWN_TRANSACTION",
];

/** A fault, with all that is left to chance about it. */
export interface Fault {
  readonly kind: FaultKind;
  /** Whether the request reaches the node where the kind leaves that open. */
  readonly isDelivered: boolean;
  /** Milliseconds. */
  readonly delay: number;
}

/** Which faults, and how many. */
export interface FaultOptions {
  /** All that is random follows from it. */
  readonly seed: number;
  /** Share of the requests that meet a fault, 0 to 1. */
  readonly rate: number;
  /** Those that may come; all unless told. */
  readonly kinds?: readonly FaultKind[] | undefined;
  /** Milliseconds by which a request comes late, at most; 20,000 unless told. */
  readonly maxDelay?: number | undefined;
  /** Blocks by which the node that lags is behind; 5 unless told. */
  readonly lag?: number | undefined;
}

/** Decides on the faults, and counts them. */
export interface FaultPlan {
  readonly options: FaultOptions;
  /** What happens to the next request; undefined where nothing does. */
  next(request: RpcRequest): Fault | undefined;
  /** From now on nothing happens. */
  calm(): void;
  /** How many of each kind there were. */
  readonly counts: ReadonlyMap<FaultKind, number>;
  /** Requests so far. */
  requests(): number;
}

/** Milliseconds by which a request comes late, at most. */
const MAX_DELAY = 20_000;
const MAX_REORDER = 3_000;

/** Makes the plan; transports that share it share its chance. */
export function faultPlan(options: FaultOptions): FaultPlan {
  const random = seededRandom(options.seed);
  const counts = new Map<FaultKind, number>();
  let isCalm = false;
  let requests = 0;
  return {
    options,
    next: ({ method }) => {
      requests += 1;
      // Drawn all the same, so that what comes later does not depend on it.
      const isHit = random.next() < options.rate;
      if (isCalm || !isHit) return undefined;
      const kinds = kindsOf(method).filter((kind) => options.kinds?.includes(kind) ?? true);
      if (kinds.length === 0) return undefined;
      const fault = drawFault(random, kinds, options.maxDelay ?? MAX_DELAY);
      counts.set(fault.kind, (counts.get(fault.kind) ?? 0) + 1);
      return fault;
    },
    calm: () => {
      isCalm = true;
    },
    counts,
    requests: () => requests,
  };
}

function drawFault(random: Random, kinds: readonly FaultKind[], maxDelay: number): Fault {
  const kind = random.pick(kinds);
  const limit = kind === "reorder" ? Math.min(MAX_REORDER, maxDelay) : maxDelay;
  return { kind, isDelivered: random.next() < 0.5, delay: random.below(limit) + 1 };
}

function kindsOf(method: string): readonly FaultKind[] {
  if (isSending(method)) return [...COMMON_KINDS, ...SENDING_KINDS];
  if (method === "tx" || method === "EXPERIMENTAL_tx_status")
    return [...COMMON_KINDS, ...STATUS_KINDS];
  return COMMON_KINDS;
}

/** Tells whether a method sends a transaction. */
export function isSending(method: string): boolean {
  return method === "send_tx" || method.startsWith("broadcast_tx");
}
