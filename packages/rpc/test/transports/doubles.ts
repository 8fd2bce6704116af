/**
 * Doubles for the tests of the wrappers: transports that do as told, and a clock that moves when told.
 * @module
 */
import {
  type CallOptions,
  type Clock,
  RpcError,
  type RpcRequest,
  type Transport,
  TransportError,
} from "@yoctonear/rpc";

/** What one request is answered with: a value, an error, silence, or whatever it computes. */
export type Answer =
  | { readonly value: unknown }
  | { readonly error: unknown }
  | "silence"
  | ((request: RpcRequest, options: CallOptions) => unknown);

/** A transport and what it was asked. */
export interface Scripted extends Transport {
  readonly asked: RpcRequest[];
  readonly signals: AbortSignal[];
}

/** Answers requests as listed, the last answer again and again. */
export function scripted(...answers: readonly Answer[]): Scripted {
  const asked: RpcRequest[] = [];
  const signals: AbortSignal[] = [];
  const send: Transport = async (request, options = {}) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(request);
    if (options.signal) signals.push(options.signal);
    if (answer === undefined) throw new Error("expected no request");
    if (answer === "silence") return silence(options.signal);
    if (typeof answer === "function") return answer(request, options);
    if ("error" in answer) throw answer.error;
    return answer.value;
  };
  return Object.assign(send, { asked, signals });
}

/** Never answers; ends when aborted. */
export function silence(signal?: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

export const value = (is: unknown): Answer => ({ value: is });
export const network = (message = "connection refused"): Answer => ({
  error: new TransportError("network", message),
});
export const http = (status: number, retryAfter?: number): Answer => ({
  error: new TransportError("http", `got HTTP ${status}`, { status, retryAfter }),
});
export const refusal = (name: string, info: object = {}): Answer => ({
  error: new RpcError("any", { name: "HANDLER_ERROR", cause: { name, info } }),
});

export const READ: RpcRequest = { method: "gas_price", params: [null] };
export const BROADCAST: RpcRequest = { method: "send_tx", params: { signed_tx_base64: "AA==" } };

/** A clock whose sleepers wake at once, having slept their time. */
export interface FastClock extends Clock {
  readonly slept: number[];
  time: number;
}

export function fastClock(): FastClock {
  const clock: FastClock = {
    time: 1000,
    slept: [],
    now: () => clock.time,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      clock.slept.push(milliseconds);
      clock.time += milliseconds;
    },
  };
  return clock;
}

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Lets time pass and wakes who has slept enough, in order, each with time to act. */
  advance(milliseconds: number): Promise<void>;
  readonly sleepers: number;
}

export function manualClock(): ManualClock {
  let time = 1000;
  const sleepers = new Set<{ readonly wakesAt: number; readonly wake: () => void }>();
  return {
    now: () => time,
    get sleepers() {
      return sleepers.size;
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = {
          wakesAt: time + milliseconds,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
    advance: async (milliseconds) => {
      const end = time + milliseconds;
      await idle();
      for (;;) {
        const [next] = [...sleepers].sort((a, b) => a.wakesAt - b.wakesAt);
        if (next === undefined || next.wakesAt > end) break;
        time = Math.max(time, next.wakesAt);
        next.wake();
        await idle();
      }
      time = end;
    },
  };
}

/** Lets everything run that can run by itself. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection");
}

/** The error of a node that did not answer, or a failed test. */
export async function transportErrorOf(promise: Promise<unknown>): Promise<TransportError> {
  const error = await rejection(promise);
  if (error instanceof TransportError) return error;
  throw error;
}
