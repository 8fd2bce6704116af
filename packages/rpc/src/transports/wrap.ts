/**
 * A transport made of others.
 * @module
 */
import type { CallOptions, RpcRequest, Transport } from "../transport.ts";

/** Sends one request. */
export type Send = (request: RpcRequest, options?: CallOptions) => Promise<unknown>;

/**
 * Makes a transport to the same network as others, so that nonces are shared with whoever uses one of
 * those directly.
 * @param inner - what it is made of, at least one
 * @param send - sends a request by way of them
 */
export function wrap(inner: readonly Transport[], send: Send): Transport {
  // A new function, since the caller's may be a transport with a scope; async, so that it never throws.
  const wrapped: Transport = async (request, options) => send(request, options);
  // Asked each time: a localnet has another scope after each jump to another past.
  return Object.defineProperty(wrapped, "scope", { get: () => commonScope(inner) });
}

/** Endpoints of one network are one network: what names it for one names it for all. */
function commonScope(inner: readonly Transport[]): "chain" | object | undefined {
  const scopes = inner.map((transport) => transport.scope ?? transport);
  return scopes.includes("chain") ? "chain" : scopes[0];
}

/** Refuses a list without a transport. */
export function assertTransports(of: string, transports: readonly Transport[]): void {
  if (!Array.isArray(transports) || transports.length === 0) {
    throw new TypeError(`${of}: expected a list of transports, got none`);
  }
  for (const transport of transports) {
    if (typeof transport !== "function") throw new TypeError(`${of}: expected only transports`);
  }
}
