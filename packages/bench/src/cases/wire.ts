/**
 * Real HTTP in virtual time: `fetch` over a socket to a `node:http` server in this process, while the clocks
 * stand still for as long as a request or an answer is on the wire.
 * @module
 */
import type { FetchHandler } from "@yoctonear/faults";
import { serve } from "@yoctonear/examples";

/** A server, and how to ask it. */
export interface Wire {
  readonly url: `http://${string}`;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Sets who answers. */
  handle(handler: FetchHandler): void;
  /** Whether something is on the wire. */
  isBusy(): boolean;
  close(): Promise<void>;
}

const CALL = "x-call";

/** Starts the server. */
export async function openWire(): Promise<Wire> {
  let handler: FetchHandler = () => Promise.reject(new Error("nobody answers yet"));
  /** Calls of which the request or the answer is on its way. */
  const onWire = new Set<string>();
  /** Calls whose caller still waits. */
  const open = new Set<string>();
  const realFetch = globalThis.fetch;
  let calls = 0;
  const server = await serve(async (request) => {
    const call = request.headers.get(CALL) ?? "";
    onWire.delete(call);
    try {
      return await handler(request);
    } finally {
      if (open.has(call)) onWire.add(call);
    }
  });
  return {
    url: server.url,
    handle: (next) => {
      handler = next;
    },
    isBusy: () => onWire.size > 0,
    close: server.close,
    fetch: async (url, init) => {
      calls += 1;
      const call = String(calls);
      const headers = new Headers(init.headers);
      headers.set(CALL, call);
      open.add(call);
      onWire.add(call);
      try {
        const response = await realFetch(url, { ...init, headers });
        const body = await response.arrayBuffer();
        const { status, statusText } = response;
        return new Response(body, { status, statusText, headers: response.headers });
      } finally {
        open.delete(call);
        onWire.delete(call);
      }
    },
  };
}
