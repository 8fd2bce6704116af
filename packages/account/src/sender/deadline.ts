/**
 * The time a caller gives: his signal and his milliseconds in one signal, and waits that end with it.
 * @module
 */
import { DEFAULT_TIMEOUT, type WaitOptions } from "./options.ts";

/** A limit on everything done under it. */
export interface Deadline {
  /** Aborts when time is up or the caller's signal does, with its reason. */
  readonly signal: AbortSignal;
  /** Settles as a task does, or rejects with the signal's reason, also where the task ignores it. */
  race<T>(task: Promise<T>): Promise<T>;
  /** Waits some milliseconds, less when the signal aborts. */
  pause(milliseconds: number): Promise<void>;
}

/**
 * Runs a task under a deadline that begins now. Clock and the caller's signal are let go at its end.
 * @param options - the caller's milliseconds and signal
 * @param task - is not cut off by itself: what it waits for goes through `race`
 */
export async function within<T>(
  { timeout = DEFAULT_TIMEOUT, signal: caller }: WaitOptions,
  task: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const abort = (): void => controller.abort(caller?.reason);
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`no certainty in ${timeout} ms`, "TimeoutError"));
  }, timeout);
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  // Nobody may be in a race just then.
  aborted.catch(() => undefined);
  caller?.addEventListener("abort", abort);
  if (caller?.aborted) abort();
  try {
    return await task({
      signal,
      race: (running) => Promise.race([aborted, running]),
      pause: async (milliseconds) => {
        let pause: ReturnType<typeof setTimeout> | undefined;
        const over = new Promise((resolve) => {
          pause = setTimeout(resolve, milliseconds);
        });
        await Promise.race([aborted, over]).catch(() => undefined);
        clearTimeout(pause);
      },
    });
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener("abort", abort);
  }
}
