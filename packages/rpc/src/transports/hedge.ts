/**
 * A second request where the first one takes long.
 * @module
 */
import type { Transport } from "../transport.ts";
import { attempt } from "./attempt.ts";
import { checkOptions, MILLISECONDS } from "./check-options.ts";
import { type Clock, systemClock } from "./clock.ts";
import { combined, isFault } from "./fault.ts";
import { isRead, mayWait } from "./method.ts";
import { assertTransports, wrap } from "./wrap.ts";

/** When the next one is asked. */
export interface HedgeOptions {
  /** Milliseconds without an answer after which the next transport is asked too; 500 unless told. */
  readonly delay?: number | undefined;
  /** This machine's unless told. */
  readonly clock?: Clock | undefined;
}

/**
 * Asks the first transport; when it has not answered after a while, or is at fault, the next one too.
 * The first answer counts, also an error that a node says; the others are aborted. Only reads: a
 * broadcast, and a question that the node may keep back until a transaction is further, goes to the
 * first transport alone.
 * @param transports - to one network; one of them twice to ask it twice
 * @throws {TypeError | RangeError} for a list or an option that cannot be
 * @example
 * ```ts
 * import { hedge, type Transport } from "@yoctonear/rpc";
 * const slow: Transport = () => new Promise(() => {});
 * const fast: Transport = async () => "answer";
 * await hedge([slow, fast], { delay: 1 })({ method: "status", params: [] }); // "answer"
 * ```
 */
export function hedge(transports: readonly Transport[], options: HedgeOptions = {}): Transport {
  assertTransports("hedge", transports);
  checkOptions("hedge", options, { delay: MILLISECONDS }, ["clock"]);
  const { delay = 500, clock = systemClock } = options;

  return wrap(transports, (request, { signal } = {}) => {
    // A node that waits for a transaction is not slow.
    const isHedged = isRead(request) && !mayWait(request);
    const asked = isHedged ? transports : transports.slice(0, 1);
    return attempt(
      signal,
      (race) =>
        new Promise((resolve, reject) => {
          const errors: unknown[] = [];
          let started = 0;
          const next = (): void => {
            const transport = asked[started];
            if (transport === undefined) return;
            const turn = ++started;
            // It may have failed meanwhile, and the next one be asked already.
            const over = (): void => (turn === started ? next() : undefined);
            if (turn < asked.length) clock.sleep(delay, race.signal).then(over, () => undefined);
            attempt(race.signal, (own) => transport(request, { signal: own.signal })).then(
              resolve,
              (error: unknown) => {
                if (!isFault(error)) return reject(error);
                errors.push(error);
                if (errors.length === asked.length) reject(combined(request, errors));
                else over();
              },
            );
          };
          next();
        }),
    );
  });
}
