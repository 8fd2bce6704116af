/**
 * A transport that fails on purpose, request by request.
 * @module
 */
import { type RpcRequest, type Transport, TransportError } from "@yoctonear/rpc";

/** What happens to one request: nothing unusual, or a fault. */
export type Fault =
  | "pass"
  /** The request never arrives. */
  | "drop-request"
  /** The request arrives, its answer does not. */
  | "drop-answer"
  /** A proxy asks to come later; the request never arrives. */
  | "429"
  /** A proxy breaks after passing the request on. */
  | "502"
  /** A proxy refuses the caller; the request never arrives. */
  | "401"
  /** The answer is cut off. */
  | "truncated"
  /** The answer never comes; only the signal ends it. */
  | "hang"
  /** An answer of another transaction. */
  | "lie";

/** A transport that keeps a list of what went through. */
export interface FaultyTransport extends Transport {
  readonly requests: RpcRequest[];
  /** Requests of a method so far. */
  count(method: string): number;
}

/**
 * Wraps a transport.
 * @param transport - a healthy one
 * @param plan - faults of the requests of each method, in order; then all pass
 */
export function faulty(
  transport: Transport,
  plan: { readonly [method: string]: readonly Fault[] },
): FaultyTransport {
  const requests: RpcRequest[] = [];
  const count = (method: string): number =>
    requests.filter((request) => request.method === method).length;
  const send: Transport = async (request, options) => {
    const fault = plan[request.method]?.[count(request.method)] ?? "pass";
    requests.push(request);
    switch (fault) {
      case "pass":
        return transport(request, options);
      case "drop-request":
        throw new TransportError("network", "connection refused");
      case "drop-answer":
        await transport(request, options);
        throw new TransportError("network", "connection reset");
      case "429":
        throw new TransportError("http", "too many requests", { status: 429, retryAfter: 1 });
      case "502":
        await transport(request, options);
        throw new TransportError("http", "bad gateway", { status: 502 });
      case "401":
        throw new TransportError("http", "bad API key", { status: 401 });
      case "truncated":
        await transport(request, options);
        throw new TransportError("malformed", "unexpected end of JSON");
      case "hang":
        await transport(request, options);
        return new Promise((_, reject) => {
          options?.signal?.addEventListener("abort", () => reject(options.signal?.reason));
        });
      case "lie":
        await transport(request, options);
        return { final_execution_status: "FINAL", status: { SuccessValue: "" } };
    }
  };
  return Object.defineProperty(Object.assign(send, { requests, count }), "scope", {
    get: () => transport.scope ?? transport,
  });
}
