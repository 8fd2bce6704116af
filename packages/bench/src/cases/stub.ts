/**
 * The stub server, from the side of those who ask it.
 * @module
 */
import { fork } from "node:child_process";

/** A server in another process. */
export interface Stub {
  readonly url: `http://${string}`;
  close(): void;
}

/** Starts it. */
export async function startStub(): Promise<Stub> {
  const child = fork(new URL("../stub-server.js", import.meta.url));
  const port = await new Promise((resolve) => {
    child.once("message", resolve);
  });
  return { url: `http://127.0.0.1:${String(port)}`, close: () => child.disconnect() };
}
