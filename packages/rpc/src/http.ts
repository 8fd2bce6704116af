/**
 * The transport over HTTP: one POST per request, with `fetch`.
 * @module
 */
import { parseJson, stringifyJson } from "./json.ts";
import { isRecord } from "./record.ts";
import { RpcError } from "./rpc-error.ts";
import type { Transport } from "./transport.ts";
import { TransportError, type TransportErrorCode } from "./transport-error.ts";

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What may be said about an endpoint. */
export interface FetchTransportOptions {
  /** Sent with each request, an API key for instance. Names in any case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Used in place of the global `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds until a request is given up, the body of its answer included; 30,000 unless told. */
  readonly timeout?: number | undefined;
  /** Bytes that an answer may have; 64 MiB unless told. */
  readonly maxResponseBytes?: number | undefined;
}

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
  const { headers, fetch, timeout = 30_000, maxResponseBytes = 2 ** 26, ...rest } = options;
  for (const name of Object.keys(rest)) throw new TypeError(`unknown option ${name}`);
  // Timers have 31 bits, and fire at once beyond.
  if (!(timeout > 0 && timeout < 2 ** 31)) throw new RangeError(`timeout out of range: ${timeout}`);
  if (!(maxResponseBytes > 0)) {
    throw new RangeError(`maxResponseBytes out of range: ${maxResponseBytes}`);
  }
  const endpoint = parseUrl(url);
  const { origin } = endpoint;
  const sent = mergeHeaders(endpoint, headers);
  endpoint.username = endpoint.password = "";
  let lastId = 0;

  return async ({ method, params }, { signal } = {}) => {
    signal?.throwIfAborted();
    const id = `${++lastId}`;
    const body = stringifyJson({ jsonrpc: "2.0", id, method, params });
    const controller = new AbortController();
    let response: Response | undefined;
    const fail = (code: TransportErrorCode, got: string): TransportError =>
      new TransportError(code, `${origin}: expected the answer to ${method}, got ${got}`, {
        url: origin,
        status: response?.status,
        retryAfter: parseRetryAfter(response),
      });

    const exchange = async (): Promise<unknown> => {
      let text: string | undefined;
      try {
        // A redirect would turn the POST into a GET, or carry an API key to another host.
        response = await (fetch ?? globalThis.fetch)(endpoint.href, {
          method: "POST",
          headers: sent,
          body,
          redirect: "manual",
          signal: controller.signal,
        });
        text = await readText(response, maxResponseBytes);
      } catch (error) {
        throw fail("network", excerpt(reason(error), endpoint) || "nothing");
      }
      if (text === undefined) throw fail("too_large", `more than ${maxResponseBytes} bytes`);
      const refuse = (code: TransportErrorCode, what = excerpt(text, endpoint)): TransportError =>
        fail(code, `HTTP ${response?.status}: ${what}`);
      return interpret(response, text, id, method, refuse);
    };

    let stop = (): void => {};
    // Not left to `fetch`: one that ignores its signal would hang the call.
    return new Promise((resolve, reject) => {
      const onAbort = (): void => reject(signal?.reason);
      const timer = setTimeout(() => reject(fail("timeout", `none in ${timeout} ms`)), timeout);
      signal?.addEventListener("abort", onAbort);
      stop = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        controller.abort();
      };
      exchange().then(resolve, reject);
    }).finally(() => stop());
  };
}

/** Reads the envelope; whatever the HTTP status, a JSON-RPC error in the body is what the node said. */
function interpret(
  { status, ok }: Response,
  text: string,
  id: string,
  method: string,
  fail: (code: TransportErrorCode, what?: string) => TransportError,
): unknown {
  // A browser shows no more of a redirect than that there was one.
  if (status < 200 || (status > 299 && status < 400)) throw fail("http", "a redirect");
  // These come from proxies; nearcore has none of them.
  const busy = status === 429 || (status > 501 && status < 505);
  const answer = busy ? undefined : parseOrNothing(text);
  if (isRecord(answer)) {
    const { error } = answer;
    const own = answer["id"] === id;
    if (isRecord(error)) {
      // A request that it cannot read is answered with no id.
      if (own || answer["id"] == null) throw new RpcError(method, error);
    } else if (own && ok && "result" in answer) return answer["result"];
  }
  throw fail(ok ? "malformed" : "http");
}

function parseOrNothing(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Reads a body as UTF-8, or nothing when it is longer than `limit` bytes. */
async function readText(response: Response, limit: number): Promise<string | undefined> {
  // React Native has no streams.
  if (!response.body) return response.text();
  const reader = response.body.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > limit) {
      // Not awaited: a stream that is slow to close would hide the reason.
      reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
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
  headers: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const merged: Record<string, string> = { "content-type": "application/json" };
  const login = `${url.username}:${url.password}`;
  if (login !== ":") {
    const bytes = login.replace(/%(..)/g, (_, hex) => String.fromCharCode(Number(`0x${hex}`)));
    merged["authorization"] = `Basic ${btoa(bytes)}`;
  }
  for (const [name, value] of Object.entries(headers)) {
    // `fetch` would show the value in its error, and it may be an API key.
    if (!/^[!-9;-~]+:[\t -~]*$/.test(`${name}:${value}`))
      throw new TypeError(`invalid header ${name}`);
    merged[name.toLowerCase()] = value;
  }
  return merged;
}

/** Milliseconds until the time that the server names. */
function parseRetryAfter(response: Response | undefined): number | undefined {
  const text = response?.headers.get("retry-after");
  if (!text) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return wait >= 0 ? wait : undefined;
}

/** `fetch` has but one message, "fetch failed": its cause tells the rest. */
function reason(error: unknown): string {
  return error instanceof Error ? `${error.message} ${reason(error.cause)}` : "";
}

/** One line of foreign text without the URL: Deno, Bun and error pages put it in, and with it an API key. */
function excerpt(text: string, { origin, href, pathname, search }: URL): string {
  const path = pathname + search;
  const hidden = text.replaceAll(href, origin).replaceAll(path === "/" ? href : path, "/…");
  return hidden.replace(/\s+/g, " ").trim().slice(0, 200);
}
