/**
 * The transport over HTTP: one POST per request, with `fetch`.
 * @module
 */
import { parseJson, stringifyJson } from "./json.ts";
import { field, isRecord } from "./record.ts";
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
  if (!(timeout > 0 && timeout < 2 ** 31 && maxResponseBytes > 0)) {
    throw new RangeError("expected timeout, maxResponseBytes in range");
  }
  const endpoint = parseUrl(url);
  const sent = mergeHeaders(endpoint, headers);
  endpoint.username = endpoint.password = "";
  let lastId = 0;

  const send: Transport = async ({ method, params }, { signal } = {}) => {
    signal?.throwIfAborted();
    const id = `${++lastId}`;
    const body = stringifyJson({ jsonrpc: "2.0", id, method, params });
    const own = new AbortController();
    let response: Response | undefined;

    // Aborting rejects the call, and lets go of what is under way; after an answer nothing is.
    const fail = (code: TransportErrorCode, got: string): void => {
      const message = `${endpoint.origin}: expected the answer to ${method}, got ${got}`;
      // Without the path: Deno, Bun and error pages put it in, and with it an API key.
      const shown = message.replaceAll(endpoint.pathname + endpoint.search, "/");
      // Seconds, or a date.
      const after = response?.headers.get("retry-after") ?? "";
      const wait = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
      own.abort(
        new TransportError(code, shown.replace(/\s+/g, " ").slice(0, 300), {
          url: endpoint.origin,
          status: response?.status,
          retryAfter: wait >= 0 ? wait : undefined,
        }),
      );
    };
    const exchange = async (): Promise<unknown> => {
      let text: string | undefined;
      try {
        // A redirect would turn the POST into a GET, or carry an API key to another host.
        response = await (fetch ?? globalThis.fetch)(endpoint.href, {
          method: "POST",
          headers: sent,
          body,
          redirect: "manual",
          signal: own.signal,
        });
        text = await readText(response, maxResponseBytes);
      } catch (error) {
        // Its message is always "fetch failed"; the cause tells the rest.
        return fail(
          "network",
          [field(error, "message"), field(error, "cause", "message")].join(" "),
        );
      }
      if (text === undefined) return fail("too_large", `more than ${maxResponseBytes} bytes`);
      const { ok, status } = response;
      // These come from proxies, whatever their body says; nearcore has none of them.
      let answer: unknown;
      try {
        if (!/429|50[2-4]/.test(`${status}`)) answer = parseJson(text);
      } catch {
        // No JSON: the excerpt below tells what it is.
      }
      const fields: { readonly [name: string]: unknown } = isRecord(answer) ? answer : {};
      const { id: answered, error, result } = fields;
      // A request that the node cannot read is answered with no id; any status may come with an error.
      if (isRecord(error) && (answered ?? id) === id) throw new RpcError(method, error);
      if (ok && !error && answered === id && result !== undefined) return result;
      return fail(ok ? "malformed" : "http", `HTTP ${status} ${text}`);
    };

    const onAbort = (): void => own.abort(signal?.reason);
    signal?.addEventListener("abort", onAbort);
    const timer = setTimeout(fail, timeout, "timeout", `none in ${timeout} ms`);
    try {
      // Not left to `fetch`: one that ignores its signal would hang the call.
      return await new Promise((resolve, reject) => {
        own.signal.addEventListener("abort", () => reject(own.signal.reason));
        exchange().then(resolve, reject);
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    }
  };
  // Nonces are shared by all transports to one network (P4).
  return Object.assign(send, { scope: "chain" as const });
}

/** Reads a body as UTF-8, or nothing when it is longer than `limit` bytes. */
async function readText(response: Response, limit: number): Promise<string | undefined> {
  // React Native has no streams.
  if (!response.body) return response.text();
  const reader = response.body.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (let size = 0; size <= limit;) {
    const { done, value } = await reader.read();
    text += decoder.decode(value, { stream: !done });
    if (done) return text;
    size += value.length;
  }
  // Not awaited: a stream that is slow to close would hide the reason.
  reader.cancel().catch(() => {});
  return undefined;
}

function parseUrl(text: string): URL {
  try {
    const url = new URL(text);
    if (/^https?:/.test(url.href)) return url;
  } catch {
    // Below, without the text: it may hold a password.
  }
  throw new TypeError("expected an http(s) URL");
}

function mergeHeaders(
  { username, password }: URL,
  headers: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const merged: Record<string, string> = { "content-type": "application/json" };
  const login = `${username}:${password}`;
  // Percent signs stand for the bytes that `btoa` takes, as characters.
  if (login !== ":") merged["authorization"] = `Basic ${btoa(unescape(login))}`;
  for (const [name, value] of Object.entries(headers)) {
    // The engine's own error would show the value, and it may be an API key.
    if (!/^[\w-]+:[\t -~]*$/.test(`${name}:${value}`)) {
      throw new TypeError(`invalid header ${name}`);
    }
    merged[name.toLowerCase()] = value;
  }
  return merged;
}
