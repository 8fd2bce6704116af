/**
 * The time that waiting transports go by.
 * @module
 */

/** Tells the time and lets it pass. Tests give their own. */
export interface Clock {
  /** Milliseconds since whenever. */
  now(): number;
  /** Waits so many milliseconds; rejects with the signal's reason when it aborts before. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Timers have 31 bits, and fire at once beyond. */
const LONGEST = 2 ** 31 - 1;

/** This machine's time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
        Math.min(milliseconds, LONGEST),
      );
      signal?.addEventListener("abort", onAbort);
    }),
};
