/**
 * Serves a handler that may fail with `node:http`: a rejection is a connection that is cut.
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { FetchHandler } from "./faulty-fetch.ts";

/** A server that runs. */
export interface HttpServer {
  readonly url: `http://${string}`;
  close(): Promise<void>;
}

/** Serves a handler on a free port of 127.0.0.1. */
export async function serveHttp(handler: FetchHandler): Promise<HttpServer> {
  const server = createServer((incoming, outgoing) => {
    respond(handler, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function respond(
  handler: FetchHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = "GET", headers } = incoming;
  const left = new AbortController();
  outgoing.on("close", () => left.abort(new Error("the caller has left")));
  const request = new Request("http://node.test/", {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
    body: method === "POST" ? await buffer(incoming) : null,
    signal: left.signal,
  });
  const response = await handler(request);
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.end(new Uint8Array(await response.arrayBuffer()));
}
