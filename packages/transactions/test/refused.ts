/**
 * What a step was refused with.
 * @module
 */
import { isNearError } from "@yoctonear/base";

/** What the step threw; undefined where it threw nothing. */
export function caught(step: () => unknown): unknown {
  try {
    step();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** The code of what the step threw; undefined where it threw nothing, or nothing of ours. */
export function codeOf(step: () => unknown): string | undefined {
  const error = caught(step);
  return isNearError(error) ? error.code : undefined;
}
