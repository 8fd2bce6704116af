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
  let isSettled = false;
  const settle = (): void => {
    isSettled = true;
  };
  // Begun with the first caller, and never unheard.
  let running: Promise<T> | undefined;
  return {
    get isGivenUp() {
      return isGivenUp;
    },
    join: async (signal) => {
      signal?.throwIfAborted();
      const call = (running ??= task(controller.signal));
      call.then(settle, settle);
      callers++;
      try {
        return await follow(signal, () => call);
      } finally {
        callers--;
        // What is there already stays there for the next one.
        if (callers === 0 && !isSettled && signal?.aborted) {
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
    if (asking === undefined || asking.isGivenUp) {
      const call = createSharedCall(async (own) => {
        try {
          return await task(own);
        } catch (error) {
          if (asking === call) asking = undefined;
          throw error;
        }
      });
      asking = call;
    }
    return asking.join(signal);
  };
}
