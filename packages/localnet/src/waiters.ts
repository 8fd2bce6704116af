/**
 * Calls that wait for a transaction to come far enough.
 * Source: nearcore chain/jsonrpc/src/lib.rs (`tx_status_fetch`).
 * @module
 */

/** Calls that wait. */
export interface Waiters {
  /**
   * Waits until `ask` gives something or throws. It is asked at once, and again after each block.
   * @param ask - gives the answer, `null` while there is none
   */
  wait<T>(ask: () => T | null, options: WaitOptions): Promise<T>;
  /**
   * Asks all of them, after a block. Those that are over are let go at {@link Waiters.release}.
   * @param height - of the block
   */
  notify(height: number): void;
  /**
   * Lets go of those that are over.
   * @param height - only of those that are so since this height or longer
   */
  release(height?: number): void;
  /** How many still wait. */
  count(): number;
  /** Ends all of them with an error. */
  abort(reason: unknown): void;
}

/** How long to wait. */
interface WaitOptions {
  /** Milliseconds. */
  readonly timeout: number;
  /** What is thrown when the time is up. */
  readonly timeoutError: () => unknown;
  /** Gives up the wait; its reason is thrown. */
  readonly signal: AbortSignal | undefined;
}

interface Waiter {
  /** Tells whether the wait is over. */
  readonly look: () => boolean;
  /** Settles it, once it is over. */
  readonly finish: () => void;
  readonly fail: (reason: unknown) => void;
}

/** Makes the list of those that wait. */
export function createWaiters(): Waiters {
  const waiting = new Set<Waiter>();
  let over: { readonly waiter: Waiter; readonly height: number }[] = [];
  return {
    wait: (ask, options) =>
      new Promise((resolve, reject) => {
        let finish = (): void => {};
        const look = (): boolean => {
          try {
            const answer = ask();
            if (answer === null) return false;
            finish = (): void => resolve(answer);
          } catch (error) {
            finish = (): void => reject(error);
          }
          return true;
        };
        if (look()) {
          finish();
          return;
        }
        const { signal, timeout, timeoutError } = options;
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const end = (settle: () => void): void => {
          waiting.delete(waiter);
          clearTimeout(timer);
          signal?.removeEventListener("abort", onAbort);
          settle();
        };
        const waiter: Waiter = {
          look,
          finish: () => end(finish),
          fail: (reason) => end(() => reject(reason)),
        };
        const onAbort = (): void => waiter.fail(signal?.reason);
        const timer = setTimeout(() => waiter.fail(timeoutError()), timeout);
        signal?.addEventListener("abort", onAbort);
        waiting.add(waiter);
      }),
    notify: (height) => {
      for (const waiter of waiting) {
        if (!waiter.look()) continue;
        waiting.delete(waiter);
        over.push({ waiter, height });
      }
    },
    release: (height = Number.POSITIVE_INFINITY) => {
      const ready = over.filter((entry) => entry.height <= height);
      if (ready.length === 0) return;
      over = over.filter((entry) => entry.height > height);
      for (const { waiter } of ready) waiter.finish();
    },
    count: () => waiting.size,
    abort: (reason) => {
      for (const waiter of waiting) waiter.fail(reason);
    },
  };
}
