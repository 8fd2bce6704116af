/**
 * Asks again what was asked in vain while nothing is out yet: then a lost answer is no reason to give up.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import { isRetryable } from "@yoctonear/rpc";
import type { Deadline } from "./deadline.ts";
import { DEFAULT_POLL_INTERVAL, type WaitOptions } from "./options.ts";

/** Times in all: a network that is down is told of soon. */
const ATTEMPTS = 6;

/**
 * Does what only reads, and does it again where an answer was lost, cut off or late.
 * @param deadline - the caller's time
 * @param options - of the caller; `pollInterval` is the pause
 * @param task - what to do
 * @throws what the last attempt threw
 */
export async function askAgain<T>(
  { race, pause }: Pick<Deadline, "race" | "pause">,
  { pollInterval = DEFAULT_POLL_INTERVAL }: WaitOptions,
  task: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await race(task());
    } catch (error) {
      // A proxy's page, or a part of the answer, comes with status 200.
      const mayAnswer = isRetryable(error) || isNearError(error, "malformed");
      if (attempt === ATTEMPTS || !mayAnswer) throw error;
      await pause(pollInterval);
    }
  }
}
