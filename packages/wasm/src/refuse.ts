/**
 * How a module is refused.
 * @module
 */
import { PrepareError } from "./prepare-error.ts";

/** The module is not valid WebAssembly of the kind that nearcore accepts. */
export function invalid(reason: string): never {
  throw new PrepareError("Deserialization", reason);
}
