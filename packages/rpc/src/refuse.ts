/**
 * Refuses an answer that is not what its method returns.
 * @module
 */
import { stringifyJson } from "./json.ts";
import { TransportError } from "./transport-error.ts";

/**
 * Says what was expected at a path of a result and what came.
 * @throws {TransportError} `malformed`
 */
export function refuse(path: string, expected: string, got: unknown): never {
  const shown = got === undefined ? "nothing" : stringifyJson(got).slice(0, 100);
  throw new TransportError("malformed", `${path}: expected ${expected}, got ${shown}`);
}

/**
 * Walks through an answer, which may be nested deeper than the engine's stack.
 * @throws {TransportError} `malformed` then
 */
export function walk<T>(method: string, task: () => T): T {
  try {
    return task();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new TransportError("malformed", `${method}: expected an answer, got one nested too deep`);
  }
}
