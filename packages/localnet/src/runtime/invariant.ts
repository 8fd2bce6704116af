/**
 * What must never happen: the chain stops instead of going on with a wrong state.
 * @module
 */
import { NearError } from "@yoctonear/base";

/**
 * Makes the error for a broken invariant.
 * @param message - what does not hold
 */
export function internalError(message: string): NearError {
  return new NearError("internal_error", `localnet has a defect: ${message}`);
}
