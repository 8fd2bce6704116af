/**
 * Serves a `fetch` handler with `node:http`.
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Address, formatAddress } from "./address.ts";
import { SandboxError } from "./sandbox-error.ts";

/** Answers one request. */
type FetchHandler = (request: Request) => Promise<Response>;

/** A server that runs. */
export interface Server {
  readonly address: Address;
  /** Takes no more requests, answers those under way, and cuts off what is not done in time. */
  close(): Promise<void>;
}

/** How a server is made. */
export interface ServerOptions {
  readonly address: Address;
  readonly handler: FetchHandler;
  /** Bytes of a body; of a longer one only so much is read that the handler sees it. */
  readonly maxBodySize: number;
}

/** Clients keep connections open and use them again: a short time makes that fail now and then. */
const KEEP_ALIVE = 75_000;
/** Milliseconds for requests under way when the server is closed. */
const GRACE = 400;

/**
 * Serves a handler.
 * @throws {SandboxError} `in_use` for a taken port, `usage` for an address that is not this machine's
 */
export async function serve({ address, handler, maxBodySize }: ServerOptions): Promise<Server> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (incoming, outgoing) => {
    respond(handler, maxBodySize, incoming, outgoing).catch(() => outgoing.destroy());
  });
  // Whoever sends what is no HTTP, or goes away, harms nobody else.
  server.on("clientError", (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenFault(error, address)));
    server.listen(address.port, address.host, resolve);
  });
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : address.port;
  return {
    address: { host: address.host, port },
    close: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), GRACE);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function respond(
  handler: FetchHandler,
  maxBodySize: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = "GET", url = "/", headers } = incoming;
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const hasBody = method !== "GET" && method !== "HEAD";
  const body = hasBody ? await readBody(incoming, maxBodySize) : null;
  const request = new Request(new URL(url, "http://127.0.0.1"), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
    body,
    signal: gone.signal,
  });
  const response = await handler(request);
  const bytes = new Uint8Array(await response.arrayBuffer());
  // The rest of a body that is too long is not read: the connection is of no more use.
  if (!incoming.complete) outgoing.setHeader("connection", "close");
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.end(bytes);
}

/** Reads a body, until it is longer than it may be. */
async function readBody(
  incoming: IncomingMessage,
  maxSize: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const isTooLong = Number(incoming.headers["content-length"] ?? 0) > maxSize;
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!isTooLong) {
    const parts: AsyncIterable<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
    for await (const part of parts) {
      chunks.push(part);
      size += part.length;
      if (size > maxSize) break;
    }
  }
  return size === 0 ? null : new Uint8Array(Buffer.concat(chunks));
}

function listenFault(error: Error, address: Address): SandboxError {
  const code = "code" in error ? error.code : undefined;
  const place = formatAddress(address);
  if (code === "EADDRINUSE") {
    return new SandboxError("in_use", `cannot listen at ${place}: the port is taken`, {
      cause: error,
    });
  }
  const reason = code === "EACCES" ? "permission denied" : "it is no address of this machine";
  return new SandboxError("usage", `cannot listen at ${place}: ${reason}`, { cause: error });
}
