import { limitConcurrency, rateLimit, type Transport } from "@yoctonear/rpc";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  idle,
  manualClock,
  network,
  READ,
  rejection,
  scripted,
  silence,
  transportErrorOf,
  value,
} from "./doubles.ts";

const rate = suite("transports: rateLimit");

rate("P42: a burst goes at once, the rest as tokens come, in order", async () => {
  const clock = manualClock();
  const times: number[] = [];
  const names: unknown[] = [];
  const start = clock.now();
  const inner: Transport = async ({ params }) => {
    names.push(params);
    times.push(clock.now() - start);
  };
  const send = rateLimit(inner, { perSecond: 10, burst: 3, clock });
  const calls = [1, 2, 3, 4, 5].map((name) => send({ method: "status", params: name }));
  await clock.advance(1000);
  await Promise.all(calls);
  assert.equal(times, [0, 0, 0, 100, 200]);
  assert.equal(names, [1, 2, 3, 4, 5]);
  await clock.advance(10_000);
  await Promise.all([1, 2, 3].map((name) => send({ method: "status", params: name })));
});

rate("a token that is half there is waited for, and no longer", async () => {
  const clock = manualClock();
  const start = clock.now();
  const times: number[] = [];
  const inner: Transport = async () => times.push(clock.now() - start);
  const send = rateLimit(inner, { perSecond: 10, burst: 1, clock });
  const calls = [send(READ)];
  await clock.advance(50);
  calls.push(send(READ), send(READ));
  await clock.advance(1000);
  await Promise.all(calls);
  assert.equal(times, [0, 100, 200]);
});

rate("who aborts leaves the queue, with his reason, and costs nobody a turn", async () => {
  const clock = manualClock();
  const inner = scripted(value(1));
  const send = rateLimit(inner, { perSecond: 1, burst: 1, clock });
  await send(READ);
  const caller = new AbortController();
  const impatient = rejection(send(READ, { signal: caller.signal }));
  const patient = send(READ);
  await idle();
  caller.abort("enough");
  assert.is(await impatient, "enough");
  await clock.advance(1000);
  await patient;
  assert.is(inner.asked.length, 2);
});

rate("a full queue is an error, and nothing is sent", async () => {
  const clock = manualClock();
  const inner = scripted(value(1));
  const send = rateLimit(inner, { perSecond: 1, burst: 1, longestQueue: 1, clock });
  await send(READ);
  const waiting = send(READ);
  assert.is((await transportErrorOf(send(READ))).code, "overloaded");
  await clock.advance(1000);
  await waiting;
  assert.is(inner.asked.length, 2);
});

rate("options that cannot be are refused", () => {
  const missing: { perSecond: number } = JSON.parse("{}");
  assert.throws(
    () => rateLimit(scripted(), missing),
    (error: unknown) => error instanceof RangeError,
  );
  for (const options of [{ perSecond: 0 }, { perSecond: NaN }, { perSecond: 1, burst: 0.5 }]) {
    assert.throws(
      () => rateLimit(scripted(), options),
      (error: unknown) => error instanceof RangeError,
    );
  }
});

rate("property: never more than the bucket allows, in order, nobody forgotten", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.nat(300), { minLength: 1, maxLength: 30 }),
      async (perSecond, burst, gaps) => {
        const clock = manualClock();
        const sent: { readonly at: number; readonly index: unknown }[] = [];
        const inner: Transport = async ({ params }) => {
          sent.push({ at: clock.now(), index: params });
        };
        const send = rateLimit(inner, { perSecond, burst, clock });
        const calls: Promise<unknown>[] = [];
        for (const [index, gap] of gaps.entries()) {
          calls.push(send({ method: "status", params: index }));
          await clock.advance(gap);
        }
        await clock.advance((gaps.length * 1000) / perSecond + 1000);
        await Promise.all(calls);
        assert.equal(
          sent.map(({ index }) => index),
          gaps.map((_, index) => index),
        );
        for (const [from, { at }] of sent.entries()) {
          for (const [to, { at: end }] of sent.entries()) {
            const most = burst + ((end - at) * perSecond) / 1000;
            if (to >= from) assert.ok(to - from + 1 <= most + 1e-6);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

rate.run();

/** A transport whose requests end when told. */
function held(): { readonly transport: Transport; readonly running: (() => void)[]; peak: number } {
  const running: (() => void)[] = [];
  const state = {
    running,
    peak: 0,
    transport: (): Promise<unknown> =>
      new Promise((resolve) => {
        const end = (): void => {
          running.splice(running.indexOf(end), 1);
          resolve("done");
        };
        running.push(end);
        state.peak = Math.max(state.peak, running.length);
      }),
  };
  return state;
}

const concurrency = suite("transports: limitConcurrency");

concurrency("P42: so many at once, the others in order", async () => {
  const { transport, running } = held();
  const send = limitConcurrency(transport, 2);
  const calls = Array.from({ length: 5 }, () => send(READ));
  for (let left = 5; left > 0; left--) {
    await idle();
    assert.is(running.length, Math.min(2, left));
    running[0]?.();
  }
  assert.equal(
    await Promise.all(calls),
    Array.from({ length: 5 }, () => "done"),
  );
});

concurrency("failures give their place back, also those thrown at once", async () => {
  const failing: Transport = () => {
    throw new Error("thrown");
  };
  const send = limitConcurrency(failing, 1);
  await rejection(send(READ));
  await rejection(send(READ));
  const other = limitConcurrency(scripted(network(), value("answer")), 1);
  await rejection(other(READ));
  assert.is(await other(READ), "answer");
});

concurrency(
  "a caller who leaves is free at once, his place when the transport is done",
  async () => {
    const { transport, running } = held();
    const send = limitConcurrency(transport, 1);
    const caller = new AbortController();
    const call = rejection(send(READ, { signal: caller.signal }));
    const next = send(READ);
    await idle();
    caller.abort("enough");
    assert.is(await call, "enough");
    await idle();
    assert.is(running.length, 1);
    running[0]?.();
    await idle();
    running[0]?.();
    assert.is(await next, "done");
  },
);

concurrency("who aborts in the queue leaves it", async () => {
  const { transport, running } = held();
  const send = limitConcurrency(transport, 1);
  const first = send(READ);
  const caller = new AbortController();
  const second = rejection(send(READ, { signal: caller.signal }));
  await idle();
  caller.abort("enough");
  assert.is(await second, "enough");
  running[0]?.();
  await first;
  const third = send(READ);
  await idle();
  running[0]?.();
  assert.is(await third, "done");
});

concurrency("a place is handed on, not doubled", async () => {
  const { transport, running } = held();
  const send = limitConcurrency(transport, 1);
  const calls = [send(READ), send(READ)];
  await idle();
  running[0]?.();
  await idle();
  calls.push(send(READ));
  await idle();
  assert.is(running.length, 1);
  running[0]?.();
  await idle();
  running[0]?.();
  await Promise.all(calls);
});

concurrency("who aborts in the moment of his turn, before or after, hands it on", async () => {
  for (let moment = 0; moment < 30; moment++) {
    const { transport, running } = held();
    const send = limitConcurrency(transport, 1);
    const first = send(READ);
    const caller = new AbortController();
    const second = rejection(send(READ, { signal: caller.signal }));
    const third = send(READ);
    await idle();
    running[0]?.();
    for (let turn = 0; turn < moment; turn++) await Promise.resolve();
    caller.abort("enough");
    await first;
    assert.is(await second, "enough");
    await idle();
    running[0]?.();
    await idle();
    running[0]?.();
    assert.is(await third, "done");
  }
});

concurrency("options that cannot be are refused", () => {
  const typo: object = { queue: 5 };
  assert.throws(() => limitConcurrency(scripted(), 1, typo), /unknown option queue/);
  assert.throws(
    () => limitConcurrency(scripted(), 0),
    (error: unknown) => error instanceof RangeError,
  );
});

concurrency("a full queue is an error, and nothing is sent", async () => {
  const { transport, running } = held();
  const send = limitConcurrency(transport, 1, { longestQueue: 1 });
  const calls = [send(READ), send(READ)];
  assert.is((await transportErrorOf(send(READ))).code, "overloaded");
  await idle();
  running[0]?.();
  await idle();
  running[0]?.();
  await Promise.all(calls);
});

concurrency("property: never more at once, whoever aborts, and no place is lost", async () => {
  const steps = fc.array(fc.constantFrom("ask", "end", "abort", "idle"), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), steps, async (most, script) => {
      let running = 0;
      let peak = 0;
      const ends: (() => void)[] = [];
      const inner: Transport = async (_, { signal } = {}) => {
        peak = Math.max(peak, ++running);
        try {
          await Promise.race([silence(signal), new Promise<void>((resolve) => ends.push(resolve))]);
        } finally {
          running--;
        }
      };
      const send = limitConcurrency(inner, most);
      const callers: AbortController[] = [];
      const calls: Promise<unknown>[] = [];
      for (const step of script) {
        if (step === "ask") {
          const caller = new AbortController();
          callers.push(caller);
          calls.push(send(READ, { signal: caller.signal }).catch(() => undefined));
        } else if (step === "end") ends.shift()?.();
        else if (step === "abort") callers.shift()?.abort();
        else await idle();
      }
      assert.ok(peak <= most);
      for (const caller of callers) caller.abort();
      await Promise.all(calls);
      await idle();
      const fresh = Array.from({ length: most }, () => send(READ));
      await idle();
      assert.is(running, most);
      for (const end of ends) end();
      await Promise.all(fresh);
    }),
  );
});

concurrency.run();
