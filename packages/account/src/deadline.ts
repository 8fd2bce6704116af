/**
 * The time a caller gives: his signal and his milliseconds in one signal, and pauses that end with it.
 * @module
 */

/** A limit on everything done under it. */
export interface Deadline {
  /** Aborts when time is up or the caller's signal does, with its reason. */
  readonly signal: AbortSignal;
  /** Waits some milliseconds, less when the signal aborts. */
  pause(milliseconds: number): Promise<void>;
  /** Stops the clock and lets the caller's signal go. */
  end(): void;
}

/**
 * Starts a deadline.
 * @param timeout - in milliseconds
 * @param caller - the caller's own signal
 */
export function startDeadline(timeout: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const abort = (): void => controller.abort(caller?.reason);
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`no certainty in ${timeout} ms`, "TimeoutError"));
  }, timeout);
  caller?.addEventListener("abort", abort);
  if (caller?.aborted) abort();
  const { signal } = controller;
  return {
    signal,
    pause: (milliseconds) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(pause);
          signal.removeEventListener("abort", done);
          resolve();
        };
        const pause = setTimeout(done, milliseconds);
        signal.addEventListener("abort", done);
        if (signal.aborted) done();
      }),
    end: () => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", abort);
    },
  };
}
