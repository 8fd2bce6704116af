/**
 * What may be said about watching, and patience.
 * @module
 */
import { isRetryable } from "../retryable.ts";
import { isRpcError } from "../rpc-error.ts";
import { checkOptions, MILLISECONDS } from "../transports/check-options.ts";
import { type Clock, systemClock } from "../transports/clock.ts";
import { isTransportError } from "../transports/fault.ts";

/** How something is watched. */
export interface WatchOptions {
  /** Ends it; its reason is thrown untouched. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds between two questions; 1000 unless told. */
  readonly pollInterval?: number | undefined;
  /** This machine's unless told. */
  readonly clock?: Clock | undefined;
}

/** Asks until there is an answer. */
export interface Patience {
  /**
   * Runs a task again while its error may pass, with longer and longer pauses. A block that the node does
   * not have may be one that it does not have yet, so it is asked for a few times.
   * @throws whatever will not pass; the signal's reason
   */
  ask<T>(task: () => Promise<T>): Promise<T>;
  /** Waits for the next question. */
  pause(): Promise<void>;
}

/** Pauses grow up to this many milliseconds, or the interval if that is longer. */
const LONGEST_PAUSE = 30_000;
/** What a server asks for is obeyed up to an hour: there is no budget that would end it. */
const LONGEST_ASKED = 3_600_000;
/** How often a block is asked for that one node named and another does not have. */
const UNKNOWN_ATTEMPTS = 8;

/** Checks the options that all watching has. */
export function patienceOf(
  of: string,
  { signal, pollInterval = 1000, clock = systemClock }: WatchOptions,
): Patience {
  checkOptions(of, { pollInterval }, { pollInterval: MILLISECONDS });
  return {
    pause: () => clock.sleep(pollInterval, signal),
    ask: async (task) => {
      let pause = pollInterval;
      for (let unknown = 1; ;) {
        signal?.throwIfAborted();
        try {
          return await task();
        } catch (error) {
          signal?.throwIfAborted();
          const isUnknown = isRpcError(error, "UNKNOWN_BLOCK");
          if (!isRetryable(error) && !(isUnknown && unknown++ < UNKNOWN_ATTEMPTS)) throw error;
          const asked = isTransportError(error) ? (error.retryAfter ?? 0) : 0;
          await clock.sleep(Math.max(pause, Math.min(asked, LONGEST_ASKED)), signal);
          pause = Math.min(Math.max(2 * pause, 100), Math.max(LONGEST_PAUSE, pollInterval));
        }
      }
    },
  };
}
