/**
 * The same faults over HTTP, for clients that know only a URL.
 * @module
 */
import {
  fetchTransport,
  parseJson,
  RpcError,
  type RpcRequest,
  stringifyJson,
  type Transport,
} from "@yoctonear/rpc";
import { type Carrier, meet, type Memory, remember } from "./carrier.ts";
import { type FaultOptions, faultPlan, type FaultPlan, isSending } from "./fault.ts";
import { laggingTransport } from "./lagging.ts";
import { member } from "./transaction-in.ts";

/** Answers one HTTP request, as `chain.fetch` does. A rejection is a connection that is lost. */
export type FetchHandler = (request: Request) => Promise<Response>;

/** A handler that fails, and the plan by which it does. */
export interface FaultyFetch {
  readonly fetch: FetchHandler;
  readonly plan: FaultPlan;
}

const LAG = 5;
const NODE_URL = "http://node.test/";
const JSON_TYPE = { "content-type": "application/json" } as const;
const PAGE = "<!DOCTYPE html><html><body><h1>We will be right back</h1></body></html>";
const REASONS: Readonly<Record<number, string>> = {
  408: "Request Timeout",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/**
 * Wraps a handler in faults.
 * @param handler - a healthy node's, of a chain with a block at every height
 * @param options - seed, rate, kinds
 */
export function faultyFetch(handler: FetchHandler, options: FaultOptions): FaultyFetch {
  const plan = faultPlan(options);
  const node = fetchTransport(NODE_URL, { fetch: (url, init) => handler(new Request(url, init)) });
  const lagging = laggingTransport(node, options.lag ?? LAG);
  const memory: Memory = { sent: new Map(), lies: new Set() };
  return {
    plan,
    fetch: async (incoming) => {
      const body = await incoming.text();
      const { signal } = incoming;
      const request = { method: incoming.method, headers: JSON_TYPE, body };
      const deliver = (until?: AbortSignal): Promise<Response> =>
        handler(new Request(NODE_URL, { ...request, signal: until ?? null }));
      const message = parseJson(body);
      const method = String(member(message, "method"));
      const asked: RpcRequest = { method, params: member(message, "params") };
      const fault = plan.next(asked);
      if (isSending(method)) remember(memory, asked);
      if (fault === undefined) return deliver(signal);
      const id = member(message, "id");
      const ask = (transport: Transport, question: RpcRequest): Promise<Response> =>
        rendered(transport(question, { signal }), id);
      return meet(fault, carrierOf(asked, signal, id, deliver, { node, lagging }, ask), memory);
    },
  };
}

function carrierOf(
  request: RpcRequest,
  signal: AbortSignal,
  id: unknown,
  deliver: (signal?: AbortSignal) => Promise<Response>,
  nodes: { readonly node: Transport; readonly lagging: Transport },
  ask: (transport: Transport, question: RpcRequest) => Promise<Response>,
): Carrier<Response | Promise<Response>> {
  return {
    request,
    signal,
    deliver,
    ask: (node, question) => ask(nodes[node], question),
    cut: (code) => {
      // As Node's fetch says it.
      const what = code === "ECONNREFUSED" ? "connect" : "read";
      const cause = Object.assign(new Error(`${what} ${code}`), { code });
      throw new TypeError("fetch failed", { cause });
    },
    proxy: (status, retryAfter) =>
      new Response(status === 200 ? PAGE : `<html><h1>${status} ${REASONS[status]}</h1></html>`, {
        status,
        statusText: REASONS[status] ?? "OK",
        headers: {
          "content-type": "text/html",
          ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
        },
      }),
    truncated: async (answer) => {
      const whole = await answer;
      const text = await whole.text();
      const { status, statusText } = whole;
      return new Response(text.slice(0, text.length / 2), {
        status,
        statusText,
        headers: JSON_TYPE,
      });
    },
    refuse: (error) => respond(error instanceof RpcError ? { error: error.raw } : {}, error, id),
  };
}

async function rendered(answer: Promise<unknown>, id: unknown): Promise<Response> {
  try {
    return respond({ result: await answer }, null, id);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return respond({ error: error.raw }, error, id);
  }
}

/** nearcore answers with status 408 where it waited in vain, and else with 200. */
function respond(content: object, error: unknown, id: unknown): Response {
  const status = member(error, "code") === "TIMEOUT_ERROR" ? 408 : 200;
  return new Response(stringifyJson({ jsonrpc: "2.0", ...content, id }), {
    status,
    statusText: REASONS[status] ?? "OK",
    headers: JSON_TYPE,
  });
}
