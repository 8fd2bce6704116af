/**
 * Time that passes only when nothing else is left to do: a wait of an hour takes no time, and every run
 * goes the same way, however loaded the machine is.
 * @module
 */
import { seededRandom } from "./random.ts";

interface Timer {
  readonly id: number;
  readonly callback: () => void;
  /** Milliseconds; undefined for one that fires once. */
  readonly interval: number | undefined;
  due: number;
}

/** Methods of `crypto.subtle` that work on other threads: their answers are put into the order of the questions. */
const THREADED = [
  "sign",
  "verify",
  "digest",
  "importKey",
  "exportKey",
  "generateKey",
  "deriveBits",
] as const;

/** Turns of the event loop in which nothing happened, after which nothing is left to do. */
const IDLE_TURNS = 2;

let isRunning = false;

/**
 * Runs a task with the timers, `Date.now` and `performance.now` of this realm in virtual time, and with
 * the same `Math.random` each time, one task at a time. Only what waits by these may be awaited in it,
 * unless `isBusy` tells of the rest.
 * @param task - begins at time 0
 * @param isBusy - tells whether something is under way outside, on a socket say, for which time stands still
 * @throws {Error} when the task waits for something that can never come
 */
export async function inVirtualTime<T>(
  task: () => Promise<T>,
  isBusy: () => boolean = () => false,
): Promise<T> {
  if (isRunning) throw new Error("expected one task in virtual time, got another inside it");
  isRunning = true;
  const turns = createTurns();
  const clock = createClock();
  const threads = createThreads();
  const restore = replaceGlobals(clock, threads);
  try {
    const state = { isDone: false };
    const result = task().finally(() => {
      state.isDone = true;
    });
    // Awaited below.
    result.catch(() => undefined);
    for (;;) {
      for (let idle = 0; idle < IDLE_TURNS && !state.isDone; idle += 1) {
        await turns.next();
        if ((await threads.finish()) || isBusy()) idle = -1;
      }
      if (state.isDone) return await result;
      if (!clock.advance()) throw new Error("nothing is left that the task could wait for");
    }
  } finally {
    restore();
    turns.end();
    isRunning = false;
  }
}

interface Clock {
  readonly globals: Readonly<Record<string, unknown>>;
  /** Milliseconds since it began. */
  now(): number;
  /** Goes to the next timer and runs it; false where there is none. */
  advance(): boolean;
}

function createClock(): Clock {
  const begin = Date.now();
  const timers = new Map<number, Timer>();
  let now = 0;
  let lastId = 0;

  const start = (
    callback: (...values: unknown[]) => void,
    delay: unknown,
    values: readonly unknown[],
    isRepeated: boolean,
  ): object => {
    // As Node does: below one, or beyond 31 bits, is one millisecond.
    const wait = typeof delay === "number" && delay >= 1 && delay < 2 ** 31 ? delay : 1;
    lastId += 1;
    const id = lastId;
    const begin = (): void => {
      const interval = isRepeated ? wait : undefined;
      timers.set(id, { id, callback: () => callback(...values), interval, due: now + wait });
    };
    begin();
    const handle: object = {
      id,
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh: () => {
        begin();
        return handle;
      },
    };
    return handle;
  };
  const stop = (handle: unknown): void => {
    if (typeof handle === "object" && handle !== null && "id" in handle) {
      if (typeof handle.id === "number") timers.delete(handle.id);
    }
  };
  type Callback = (...values: unknown[]) => void;
  return {
    globals: {
      setTimeout: (callback: Callback, delay?: number, ...values: unknown[]) =>
        start(callback, delay, values, false),
      setInterval: (callback: Callback, delay?: number, ...values: unknown[]) =>
        start(callback, delay, values, true),
      clearTimeout: stop,
      clearInterval: stop,
      Date: class extends Date {
        static override now(): number {
          return begin + Math.floor(now);
        }
      },
    },
    now: () => now,
    advance: () => {
      let first: Timer | undefined;
      // The first that was set goes first among equals.
      for (const timer of timers.values()) {
        if (first === undefined || timer.due < first.due) first = timer;
      }
      if (first === undefined) return false;
      now = Math.max(now, first.due);
      if (first.interval === undefined) timers.delete(first.id);
      else first.due += first.interval;
      first.callback();
      return true;
    },
  };
}

interface Threads {
  readonly methods: Readonly<Record<string, unknown>>;
  /** Waits for the first that is under way, and hands its answer over; false where nothing is. */
  finish(): Promise<boolean>;
}

/** Each answer is handed over alone: which thread is faster must not matter. */
function createThreads(): Threads {
  const underWay: (() => Promise<void>)[] = [];
  const methods: Record<string, unknown> = {};
  for (const name of THREADED) {
    const original: unknown = Reflect.get(crypto.subtle, name);
    if (typeof original !== "function") continue;
    methods[name] = (...values: unknown[]): Promise<unknown> => {
      const answer: Promise<unknown> = Promise.resolve(
        Reflect.apply(original, crypto.subtle, values),
      );
      answer.catch(() => undefined);
      return new Promise((resolve, reject) => {
        underWay.push(() => answer.then(resolve, reject));
      });
    };
  }
  return {
    methods,
    finish: async () => {
      const first = underWay.shift();
      await first?.();
      return first !== undefined;
    },
  };
}

function replaceGlobals({ globals, now }: Clock, { methods }: Threads): () => void {
  const { subtle } = crypto;
  const undo = [
    ...Object.entries(globals).map(([name, value]) => replace(globalThis, name, value)),
    ...Object.entries(methods).map(([name, value]) => replace(subtle, name, value)),
    replace(performance, "now", now),
    replace(Math, "random", seededRandom(0).next),
  ];
  return () => {
    for (const each of undo) each();
  };
}

function replace(target: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, before);
  };
}

interface Turns {
  /** Lets all that is ready run. */
  next(): Promise<void>;
  end(): void;
}

/** Messages to oneself take microseconds, where a timer takes a millisecond. */
function createTurns(): Turns {
  const { port1, port2 } = new MessageChannel();
  let go: (() => void) | undefined;
  port1.addEventListener("message", () => go?.());
  port1.start();
  return {
    next: () =>
      new Promise((resolve) => {
        go = resolve;
        port2.postMessage(null);
      }),
    end: () => {
      port1.close();
      port2.close();
    },
  };
}
