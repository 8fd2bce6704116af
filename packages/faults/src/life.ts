/**
 * A process that ends in the middle of what it does: after so many steps nothing that it asked for comes back,
 * and nothing that it does has an effect any more. What had left it by then goes its way.
 * @module
 */
import type { Journal } from "@yoctonear/account";
import type { Transport } from "@yoctonear/rpc";
import type { Random } from "./random.ts";

/** One life of a process. */
export interface Life {
  /** Settles when it ends before its time. */
  readonly death: Promise<void>;
  /** Goes on only while it lives: every step that reaches something outside goes through it. */
  step<T>(task: () => Promise<T>): Promise<T>;
  /** Goes on only while it lives: no step by itself. */
  ifAlive<T>(task: () => Promise<T>): Promise<T>;
  transport(transport: Transport): Transport;
  /** The journal, on a disk that outlives it: the last change may be there or not. */
  journal(journal: Journal): Journal;
}

/**
 * Begins a life.
 * @param steps - after which it ends; Infinity for one that does not
 * @param random - whether the step at which it ends still has its effect
 */
export function beginLife(steps: number, random: Random): Life {
  let left = steps;
  let end: () => void = () => undefined;
  const death = new Promise<void>((resolve) => {
    end = resolve;
  });
  const step = async <T>(task: () => Promise<T>): Promise<T> => {
    left -= 1;
    if (left < 0) return never();
    const isLast = left === 0;
    if (isLast) {
      end();
      if (random.next() < 0.5) await task().catch(() => undefined);
      return never();
    }
    try {
      return await task();
    } finally {
      // It may have ended in the meantime.
      if (left <= 0) await never();
    }
  };
  const ifAlive = <T>(task: () => Promise<T>): Promise<T> => (left <= 0 ? never() : task());
  return {
    death,
    step,
    ifAlive,
    // Without a scope its nonces are its own.
    transport:
      (transport) =>
      (...call) =>
        step(() => transport(...call)),
    journal: (journal) => ({
      put: (entry) => step(() => journal.put(entry)),
      remove: (hash) => step(() => journal.remove(hash)),
      list: () => ifAlive(() => journal.list()),
    }),
  };
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
