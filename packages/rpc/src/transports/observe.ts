/**
 * What goes on, for logs and metrics.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import { isRpcError } from "../rpc-error.ts";
import type { Transport } from "../transport.ts";
import { checkOptions } from "./check-options.ts";
import { type Clock, systemClock } from "./clock.ts";
import { isTransportError } from "./fault.ts";
import { requestType, mayWait } from "./method.ts";
import { wrap } from "./wrap.ts";

/** A request that begins. */
export interface RequestStart {
  /** Counts the requests of this transport. */
  readonly id: number;
  readonly method: string;
  /** Request type of a `query`. */
  readonly requestType: string | undefined;
}

/** A request that is over. */
export interface RequestEnd extends RequestStart {
  /** Milliseconds. */
  readonly duration: number;
  /** Whether the node may have waited for a transaction, so that the duration says little. */
  readonly waited: boolean;
  /**
   * `answered`; `refused`: the node answered with an error; `failed`: no answer of a node came; `aborted`
   * by the caller.
   */
  readonly outcome: "answered" | "refused" | "failed" | "aborted";
  /** Code of the error. */
  readonly code: string | undefined;
  /** HTTP status of a request that failed. */
  readonly status: number | undefined;
  /** Origin of the endpoint of a request that failed. */
  readonly url: string | undefined;
}

/** Is told of requests. What it throws is dropped: a payment does not fail for its logger. */
export interface Observer {
  /** Before the request is sent. */
  readonly before?: ((request: RequestStart) => void) | undefined;
  /** After it is over. */
  readonly after?: ((request: RequestEnd) => void) | undefined;
  /** This machine's unless told. */
  readonly clock?: Clock | undefined;
}

/**
 * Tells an observer of each request: its method, its time, how it ended. Never parameters, answers,
 * messages, headers or the path of a URL, where secrets may be. Inside of `withRetry` it sees each
 * attempt, outside of it what the caller sees.
 * @param transport - what is observed
 * @throws {TypeError} for an option that does not exist
 * @example
 * ```ts
 * import { observe, type Transport } from "@yoctonear/rpc";
 * const transport: Transport = async () => "answer";
 * const lines: string[] = [];
 * const observed = observe(transport, { after: ({ method, outcome }) => lines.push(`${method} ${outcome}`) });
 * await observed({ method: "gas_price", params: [null] });
 * lines; // ["gas_price answered"]
 * ```
 */
export function observe(transport: Transport, observer: Observer): Transport {
  checkOptions("observe", observer, {}, ["before", "after", "clock"]);
  const { before, after, clock = systemClock } = observer;
  let lastId = 0;

  return wrap([transport], async (request, options = {}) => {
    const { method } = request;
    const id = ++lastId;
    const type = requestType(request);
    const started = clock.now();
    const end = (outcome: RequestEnd["outcome"], error?: unknown): void => {
      const code = isNearError(error) ? error.code : undefined;
      const { status, url } = isTransportError(error)
        ? error
        : { status: undefined, url: undefined };
      const duration = clock.now() - started;
      const waited = mayWait(request);
      // Not spread from the start, which takes ten times as long.
      tell(after, { id, method, requestType: type, duration, waited, outcome, code, status, url });
    };
    tell(before, { id, method, requestType: type });
    try {
      const answer = await transport(request, options);
      end("answered");
      return answer;
    } catch (error) {
      if (options.signal?.aborted) end("aborted");
      else end(isRpcError(error) ? "refused" : "failed", error);
      throw error;
    }
  });
}

function tell<T>(listener: ((event: T) => void) | undefined, event: T): void {
  try {
    // An async listener is none that the type allows, but may be given.
    const told: unknown = listener?.(event);
    if (told instanceof Promise) told.catch(() => undefined);
  } catch {
    // Dropped, as promised.
  }
}
