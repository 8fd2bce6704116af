/**
 * The chain as a `fetch` handler: JSON-RPC by POST, the node's few pages by GET, CORS for browsers,
 * with the statuses and texts of nearcore's server (chain/jsonrpc/src/lib.rs).
 * @module
 */
import { isNearError } from "@yoctonear/base";
import { parseJson, stringifyJson } from "@yoctonear/rpc";
import { explainJsonFault } from "./json-fault.ts";
import type { Answer } from "./rpc/answer.ts";
import { isFields } from "./rpc/serde.ts";
import { internalFailure, parseFailure } from "./rpc/rpc-failure.ts";

/** Answers one JSON-RPC request. */
export type RequestHandler = (
  method: string,
  params: unknown,
  signal: AbortSignal,
) => Promise<Answer>;

/** A handler as servers and service workers take it. */
export type FetchHandler = (request: Request) => Promise<Response>;

/** nearcore's `json_payload_max_size`. */
const DEFAULT_MAX_BODY = 10 * 1024 * 1024;

const CORS = {
  vary: "origin, access-control-request-method, access-control-request-headers",
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "*",
} as const;

const PREFLIGHT = {
  vary: CORS.vary,
  "access-control-allow-methods": "*",
  "access-control-allow-headers": "*",
  "access-control-allow-origin": "*",
} as const;

const JSON_TYPE = { "content-type": "application/json" } as const;
const TEXT_TYPE = { "content-type": "text/plain; charset=utf-8" } as const;

/** Pages by GET and the RPC method that fills each. */
const PAGES: { readonly [path: string]: string } = {
  "/status": "status",
  "/health": "health",
  "/network_info": "network_info",
  "/metrics": "metrics",
};

/**
 * Makes the handler.
 * @param handle - answers one JSON-RPC request
 * @param metrics - gives the text of the metrics page
 * @param maxBody - bytes of a body that is taken
 */
export function createFetchHandler(
  handle: RequestHandler,
  metrics: () => string,
  maxBody: number = DEFAULT_MAX_BODY,
): FetchHandler {
  return async (request) => {
    const path = new URL(request.url).pathname;
    const allow = allowed(path);
    if (request.method === "OPTIONS") {
      return reply(200, allow === null ? PREFLIGHT : { ...PREFLIGHT, allow }, "");
    }
    if (allow === null) return reply(404, CORS, "");
    if (path === "/") {
      if (request.method !== "POST") return reply(405, { ...CORS, allow }, "");
      return answerPost(request, handle, maxBody);
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      return reply(405, { ...CORS, allow }, "");
    }
    const response = await answerPage(path, request, handle, metrics);
    return request.method === "HEAD" ? new Response(null, response) : response;
  };
}

function allowed(path: string): string | null {
  if (path === "/") return "POST";
  return Object.hasOwn(PAGES, path) ? "GET,HEAD" : null;
}

async function answerPage(
  path: string,
  request: Request,
  handle: RequestHandler,
  metrics: () => string,
): Promise<Response> {
  if (path === "/metrics") return reply(200, { "content-type": "text/plain", ...CORS }, metrics());
  const answer = await handle(PAGES[path] ?? "", null, request.signal);
  if (answer.error !== undefined) return reply(answer.status, { ...JSON_TYPE, ...CORS }, "");
  return reply(200, { ...JSON_TYPE, ...CORS }, stringifyJson(answer.result));
}

async function answerPost(
  request: Request,
  handle: RequestHandler,
  maxBody: number,
): Promise<Response> {
  if (!isJsonType(request.headers.get("content-type"))) {
    return reply(
      415,
      { ...TEXT_TYPE, ...CORS },
      "Expected request with `Content-Type: application/json`",
    );
  }
  const text = await readBody(request, maxBody);
  if (text === null) return reply(413, TEXT_TYPE, "length limit exceeded");
  let body: unknown;
  try {
    body = parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !isNearError(error)) throw error;
    const fault = `Failed to parse the request body as JSON: ${explainJsonFault(text)}`;
    return reply(400, { ...TEXT_TYPE, ...CORS }, fault);
  }
  const message = readMessage(body);
  if (message === null) {
    const { error, status } = parseFailure("JSON RPC Request format was expected");
    return answerWith({ error, status }, null);
  }
  const answer = await answerOrFault(message, request.signal, handle);
  return answerWith(answer, message.id);
}

function isJsonType(type: string | null): boolean {
  if (type === null) return false;
  const essence = type.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return essence === "application/json" || /^application\/[^/]+\+json$/.test(essence);
}

/** Reads the body as text, or gives `null` once it is over the limit, without keeping the rest. */
async function readBody(request: Request, maxBody: number): Promise<string | null> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBody) return null;
  if (request.body === null) return "";
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    if (length > maxBody) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

interface Message {
  readonly id: unknown;
  readonly method: string;
  readonly params: unknown;
}

function readMessage(body: unknown): Message | null {
  if (!isFields(body)) return null;
  const { id, method, params } = body;
  if (body["jsonrpc"] !== "2.0" || typeof method !== "string" || id === undefined) return null;
  return { id, method, params: params ?? null };
}

/** A defect is the server's fault: whoever asked learns of it, and the server goes on. */
async function answerOrFault(
  { method, params }: Message,
  signal: AbortSignal,
  handle: RequestHandler,
): Promise<Answer> {
  try {
    return await handle(method, params, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    const { error: object, status } = internalFailure(String(error));
    return { error: object, status };
  }
}

function answerWith(answer: Answer, id: unknown): Response {
  const isError = answer.error !== undefined;
  const body = isError
    ? { jsonrpc: "2.0", error: answer.error, id }
    : { jsonrpc: "2.0", result: answer.result, id };
  return reply(isError ? answer.status : 200, { ...JSON_TYPE, ...CORS }, stringifyJson(body));
}

function reply(
  status: number,
  headers: { readonly [name: string]: string },
  body: string,
): Response {
  const bytes = new TextEncoder().encode(body);
  return new Response(bytes, {
    status,
    headers: { ...headers, "content-length": String(bytes.length) },
  });
}
