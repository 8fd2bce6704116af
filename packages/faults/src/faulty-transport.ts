/**
 * A transport that fails on purpose.
 * @module
 */
import { type RpcRequest, type Transport, TransportError } from "@yoctonear/rpc";
import { type Carrier, meet, type Memory, remember } from "./carrier.ts";
import { type FaultOptions, faultPlan, type FaultPlan, isSending } from "./fault.ts";
import { laggingTransport } from "./lagging.ts";

const LAG = 5;

/** A transport that fails, and the plan by which it does. */
export interface FaultyTransport {
  readonly transport: Transport;
  readonly plan: FaultPlan;
}

/**
 * Wraps a transport in faults. What comes late waits by `setTimeout`: see `inVirtualTime`.
 * @param transport - a healthy one, to a chain with a block at every height
 * @param options - seed, rate, kinds
 * @param scope - that of the transport (`same`), one like a URL's (`chain`), or none, as if of another process: its
 *   nonces are its own, and others may use the same keys (`own`)
 */
export function faultyTransport(
  transport: Transport,
  options: FaultOptions,
  scope: "same" | "chain" | "own" = "same",
): FaultyTransport {
  const plan = faultPlan(options);
  const lagging = laggingTransport(transport, options.lag ?? LAG);
  const memory: Memory = { sent: new Map(), lies: new Set() };
  const send: Transport = async (request, call) => {
    const signal = call?.signal;
    signal?.throwIfAborted();
    const fault = plan.next(request);
    if (isSending(request.method)) remember(memory, request);
    if (fault === undefined) return transport(request, call);
    return meet(fault, carrierOf(transport, lagging, request, signal), memory);
  };
  const scopes = {
    same: () => transport.scope ?? transport,
    chain: () => "chain",
    own: () => undefined,
  };
  return { transport: Object.defineProperty(send, "scope", { get: scopes[scope] }), plan };
}

function carrierOf(
  transport: Transport,
  lagging: Transport,
  request: RpcRequest,
  signal: AbortSignal | undefined,
): Carrier<unknown> {
  return {
    request,
    signal,
    deliver: (until) => transport(request, { signal: until }),
    ask: (node, question) => (node === "node" ? transport : lagging)(question, { signal }),
    cut: (code) => {
      throw new TransportError("network", `expected the answer to ${request.method}, got ${code}`);
    },
    proxy: (status, retryAfter) => {
      const code = status === 200 ? "malformed" : "http";
      throw new TransportError(code, `expected the answer to ${request.method}, got ${status}`, {
        status,
        retryAfter: retryAfter === undefined ? undefined : retryAfter * 1000,
      });
    },
    truncated: () => {
      throw new TransportError("malformed", "expected JSON, got a part of it", { status: 200 });
    },
    refuse: (error) => {
      throw error;
    },
  };
}
