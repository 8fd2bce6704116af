/**
 * One call on behalf of several callers.
 * @module
 */
import { follow } from "./attempt.ts";

/** A call under way. */
export interface SharedCall<T> {
  /** Waits for it; an abort detaches this caller only, with its reason. */
  join(signal: AbortSignal | undefined): Promise<T>;
  /** Whether everybody has left, so that it was given up. */
  readonly isGivenUp: boolean;
}

/**
 * Begins a call.
 * @param task - its signal aborts when the last caller leaves
 */
export function createSharedCall<T>(task: (signal: AbortSignal) => Promise<T>): SharedCall<T> {
  const controller = new AbortController();
  let callers = 0;
  let isGivenUp = false;
  // Begun with the first caller, and never unheard.
  let running: Promise<T> | undefined;
  return {
    get isGivenUp() {
      return isGivenUp;
    },
    join: async (signal) => {
      signal?.throwIfAborted();
      running ??= task(controller.signal);
      running.catch(() => undefined);
      const call = running;
      callers++;
      try {
        return await follow(signal, () => call);
      } finally {
        callers--;
        if (callers === 0 && signal?.aborted) {
          isGivenUp = true;
          controller.abort(signal.reason);
        }
      }
    },
  };
}

/**
 * Makes a question that is asked once on behalf of all: its answer is kept, a failure fails those who
 * wait for it, and the next one asks again.
 * @param task - asks; its signal aborts when the last caller leaves
 */
export function createOnce<T>(
  task: (signal: AbortSignal) => Promise<T>,
): (signal: AbortSignal | undefined) => Promise<T> {
  let asking: SharedCall<T> | undefined;
  return async (signal) => {
    const call = asking === undefined || asking.isGivenUp ? createSharedCall(task) : asking;
    asking = call;
    try {
      return await call.join(signal);
    } catch (error) {
      // Not on behalf of one who left while others still wait.
      if (asking === call && !signal?.aborted) asking = undefined;
      throw error;
    }
  };
}
