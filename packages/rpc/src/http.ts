/**
 * The transport over HTTP: one POST per request, with `fetch`.
 * @module
 */
import { RpcError } from "./rpc-error.ts";
import { isRecord } from "./record.ts";
import { parseJson } from "./parse-json.ts";
import { readText } from "./read-text.ts";
import { stringifyJson } from "./stringify-json.ts";
import type { CallOptions, RpcRequest, Transport } from "./transport.ts";
import { TransportError } from "./transport-error.ts";

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What may be said about an endpoint. */
export interface FetchTransportOptions {
  /** Sent with each request, an API key for instance. Names in any case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Used in place of the global `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds until a request is given up, its answer's body included; 30,000 unless told. */
  readonly timeout?: number | undefined;
  /** Bytes that an answer may have; 64 MiB unless told. */
  readonly maxResponseBytes?: number | undefined;
}

const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Makes a transport that sends each request to a node over HTTP. User name and password of the URL
 * go into a header. Errors name the origin of the URL only, since the rest may hold an API key.
 * @param url - address of the endpoint, http or https
 * @throws {TypeError} for an option that does not exist, or a URL or header that cannot be
 * @throws {RangeError} for a timeout or size out of range
 * @example
 * ```ts
 * import { fetchTransport } from "@yoctonear/rpc";
 * const transport = fetchTransport("https://rpc.testnet.near.org", { timeout: 5_000 });
 * typeof transport; // "function"
 * ```
 */
export function fetchTransport(url: string, options: FetchTransportOptions = {}): Transport {
  const { headers = {}, fetch, timeout = 30_000, maxResponseBytes = 2 ** 26, ...rest } = options;
  for (const name of Object.keys(rest)) throw new TypeError(`unknown option ${name}`);
  checkRange("timeout", timeout, LONGEST_TIMER);
  checkRange("maxResponseBytes", maxResponseBytes, Number.MAX_SAFE_INTEGER);
  const endpoint = parseUrl(url);
  const sent = mergeHeaders(endpoint, headers);
  endpoint.username = endpoint.password = "";
  let lastId = 0;

  const send = async (
    { method, params }: RpcRequest,
    { signal }: CallOptions = {},
  ): Promise<unknown> => {
    signal?.throwIfAborted();
    const id = String(++lastId);
    const body = stringifyJson({ jsonrpc: "2.0", id, method, params });
    const origin = endpoint.origin;
    const controller = new AbortController();

    const exchange = async (): Promise<unknown> => {
      try {
        // A redirect would turn the POST into a GET, or carry an API key to another host.
        const response = await (fetch ?? globalThis.fetch)(endpoint.href, {
          method: "POST",
          headers: sent,
          body,
          redirect: "manual",
          signal: controller.signal,
        });
        const text = await readText(response, maxResponseBytes, origin);
        return interpret(response, text, id, method, endpoint);
      } catch (error) {
        if (error instanceof TransportError || error instanceof RpcError) throw error;
        const said = excerpt(`${reason(error)}`, endpoint) || "no connection";
        throw new TransportError("network", `${origin}: ${said}`, { url: origin });
      }
    };

    let onAbort = (): void => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Not left to `fetch`: one that ignores its signal would hang the call.
    const givenUp = new Promise<never>((_, reject) => {
      onAbort = () => reject(signal?.reason);
      signal?.addEventListener("abort", onAbort);
      timer = setTimeout(() => {
        const message = `${origin}: no answer to ${method} within ${timeout} ms`;
        reject(new TransportError("timeout", message, { url: origin }));
      }, timeout);
    });
    try {
      return await Promise.race([exchange(), givenUp]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      controller.abort();
    }
  };
  return Object.assign(send, { scope: "chain" as const });
}

/** Reads the envelope; whatever the HTTP status, a JSON-RPC error in the body is what the node said. */
function interpret(
  response: Response,
  text: string,
  id: string,
  method: string,
  url: URL,
): unknown {
  const { status, ok, headers } = response;
  const refuse = (what: string, code = ok ? ("malformed" as const) : ("http" as const)): never => {
    const details = { url: url.origin, status, retryAfter: parseRetryAfter(headers) };
    const message = `${url.origin}: expected the answer to ${method}, got HTTP ${status}, ${what}`;
    throw new TransportError(code, message, details);
  };
  // A browser shows no more of a redirect than that there was one.
  if (status === 0 || (status >= 300 && status < 400))
    refuse("a redirect; give the URL it leads to");
  // These come from proxies; nearcore has none of them.
  const busy = status === 429 || (status > 501 && status < 505);
  const answer = busy ? undefined : parseOrNothing(text);
  if (!isRecord(answer)) return refuse(excerpt(text, url));
  const error = answer["error"];
  const own = answer["id"] === id;
  // A request that it cannot read is answered with no id.
  if (isRecord(error) && (own || (answer["id"] ?? null) === null))
    throw new RpcError(method, error);
  if (isRecord(error) || !ok || !Object.hasOwn(answer, "result")) return refuse(excerpt(text, url));
  return own ? answer["result"] : refuse("the answer to another request");
}

function parseOrNothing(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function parseUrl(text: string): URL {
  try {
    const url = new URL(text);
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {
    // Below, without the text: it may hold a password.
  }
  throw new TypeError("expected an http or https URL");
}

function mergeHeaders(
  url: URL,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const merged: Record<string, string> = { "content-type": "application/json" };
  if (url.username !== "" || url.password !== "") {
    const bytes = `${url.username}:${url.password}`.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
    merged["authorization"] = `Basic ${btoa(bytes)}`;
  }
  for (const [name, value] of Object.entries(own)) {
    try {
      new Headers([[name, value]]);
    } catch {
      // The value may be an API key, so it is not shown.
      throw new TypeError(`expected a valid value of the header ${JSON.stringify(name)}`);
    }
    merged[name.toLowerCase()] = value;
  }
  return merged;
}

function checkRange(name: string, value: number, max: number): void {
  if (Number.isSafeInteger(value) && value > 0 && value <= max) return;
  throw new RangeError(`expected ${name} from 1 to ${max}, got ${String(value)}`);
}

/** Milliseconds; a date counts from the server's own clock where it tells it. */
function parseRetryAfter(headers: Headers): number | undefined {
  const text = headers.get("retry-after");
  if (text === null) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const wait = Date.parse(text) - (Date.parse(headers.get("date") ?? "") || Date.now());
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** `fetch` has but one message, "fetch failed": its cause tells the rest. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return [error.message, reason(error.cause)].filter((text) => text !== "").join(": ");
}

/** One line of foreign text without the URL: Deno and Bun and error pages put it in, and with it an API key. */
function excerpt(text: string, url: URL): string {
  const path = url.pathname + url.search;
  const hidden = text
    .replaceAll(url.href, url.origin)
    .replaceAll(path === "/" ? url.href : path, "/…");
  const line = hidden.replace(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
