/**
 * Serves a `fetch` handler with `node:http` on the loopback interface: a rejection is a connection that is cut.
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

/** A server that runs. */
export interface Server {
  readonly url: `http://${string}`;
  close(): Promise<void>;
}

/** Answers one request, as `chain.fetch` does. */
export type FetchHandler = (request: Request) => Promise<Response>;

/** Serves a handler on a free port of 127.0.0.1. */
export async function serve(handler: FetchHandler): Promise<Server> {
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
  const { method = "GET", url = "/", headers } = incoming;
  const left = new AbortController();
  outgoing.on("close", () => left.abort(new Error("the caller has left")));
  const body = method === "GET" || method === "HEAD" ? null : await buffer(incoming);
  const response = await handler(
    new Request(new URL(url, "http://127.0.0.1"), {
      method,
      headers: Object.entries(headers).flatMap(([name, value]) =>
        typeof value === "string" ? [[name, value]] : [],
      ),
      body,
      signal: left.signal,
    }),
  );
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.end(new Uint8Array(await response.arrayBuffer()));
}
