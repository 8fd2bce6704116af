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
