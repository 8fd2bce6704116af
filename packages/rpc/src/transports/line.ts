/**
 * Callers who wait for their turn.
 * @module
 */
import { TransportError } from "../transport-error.ts";

/** A line, first come, first served. */
export interface Line {
  readonly length: number;
  /**
   * Waits for one's turn; whose signal aborts leaves the line.
   * @throws {TransportError} `overloaded` when the line is full
   */
  wait(signal: AbortSignal | undefined): Promise<void>;
  /** Lets the first one go; tells whether there was one. */
  release(): boolean;
}

/**
 * Makes a line.
 * @param longest - how many may wait
 */
export function createLine(longest: number): Line {
  // A set keeps the order, and leaving it is cheap.
  const waiting = new Set<() => void>();
  return {
    get length() {
      return waiting.size;
    },
    wait: (signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (waiting.size >= longest) {
          const message = `expected at most ${longest} requests to wait, got one more`;
          return reject(new TransportError("overloaded", message));
        }
        const onAbort = (): void => {
          waiting.delete(go);
          reject(signal?.reason);
        };
        const go = (): void => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        };
        waiting.add(go);
        signal?.addEventListener("abort", onAbort);
      }),
    release: () => {
      for (const go of waiting) {
        waiting.delete(go);
        go();
        return true;
      }
      return false;
    },
  };
}
