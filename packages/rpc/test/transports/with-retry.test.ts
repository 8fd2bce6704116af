import {
  failover,
  isRpcError,
  type RetryOptions,
  type Transport,
  TransportError,
  withRetry,
  withTimeout,
} from "@yoctonear/rpc";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type Answer,
  BROADCAST,
  fastClock,
  http,
  manualClock,
  network,
  READ,
  refusal,
  rejection,
  scripted,
  transportErrorOf,
  value,
} from "./doubles.ts";

/** A retry whose sleeps take no time; `random` gives the longest pause. */
function retrying(
  transport: Transport,
  options: RetryOptions = {},
): { readonly send: Transport; readonly slept: number[] } {
  const clock = fastClock();
  return {
    send: withRetry(transport, { clock, random: () => 0, ...options }),
    slept: clock.slept,
  };
}

const retry = suite("transports: withRetry");

retry("P36: asks again after a failed network, 408, 429 and 5xx, by code and status", async () => {
  for (const failure of [
    network("Load failed"),
    http(408),
    http(429),
    http(500),
    http(502),
    http(503),
  ]) {
    const inner = scripted(failure, failure, value("answer"));
    assert.is(await retrying(inner).send(READ), "answer");
    assert.is(inner.asked.length, 3);
  }
});

retry("P36: pauses double up to the longest, never zero, the first one neither", async () => {
  const { send, slept } = retrying(scripted(network()), { attempts: 6, longestPause: 1000 });
  await rejection(send(READ));
  assert.equal(slept, [200, 400, 800, 1000, 1000]);
  const lucky = retrying(scripted(network()), { random: () => 1 - 2 ** -53 });
  await rejection(lucky.send(READ));
  assert.ok(lucky.slept.every((pause) => pause > 0));
});

retry(
  "P36: Retry-After is waited for, and the jitter on top, so that no crowd comes back at once",
  async () => {
    const inner = scripted(http(429, 3000), value("answer"));
    const { send, slept } = retrying(inner, { random: () => 0.5 });
    assert.is(await send(READ), "answer");
    assert.equal(slept, [3100]);
  },
);

retry("P36: a Retry-After beyond the budget is not begun", async () => {
  const inner = scripted(http(429, 60_000), value("answer"));
  const { send, slept } = retrying(inner);
  assert.is((await transportErrorOf(send(READ))).retryAfter, 60_000);
  assert.equal(slept, []);
});

retry("P5, P34: what a node says of a request is final, and thrown as it came", async () => {
  for (const answer of [refusal("UNKNOWN_ACCOUNT"), refusal("INVALID_TRANSACTION"), http(401)]) {
    const inner = scripted(answer, value("answer"));
    const error = await rejection(retrying(inner).send(READ));
    assert.is(error, typeof answer === "object" && "error" in answer && answer.error);
    assert.is(inner.asked.length, 1);
  }
});

retry("a node that is behind or broken is asked again", async () => {
  const inner = scripted(refusal("INTERNAL_ERROR"), refusal("NOT_SYNCED_YET"), value("answer"));
  assert.is(await retrying(inner).send(READ), "answer");
});

retry("the last error is thrown as it came, after so many attempts", async () => {
  const inner = scripted(network("first"), network("second"), network("third"));
  const error = await transportErrorOf(retrying(inner, { attempts: 3 }).send(READ));
  assert.is(error.message, "third");
  assert.is(inner.asked.length, 3);
});

retry("each attempt has a signal of its own, which is done when it is", async () => {
  const inner = scripted(network(), value("answer"));
  const caller = new AbortController();
  await retrying(inner).send(READ, { signal: caller.signal });
  assert.is(inner.signals.length, 2);
  assert.not(inner.signals.includes(caller.signal));
  assert.is.not(inner.signals[0], inner.signals[1]);
  assert.ok(inner.signals.every(({ aborted }) => aborted));
  assert.not(caller.signal.aborted);
});

retry("an abort ends attempt and pause, and its reason is thrown untouched", async () => {
  const reason = { why: "changed my mind" };
  for (const failure of ["silence", network()] satisfies readonly Answer[]) {
    const caller = new AbortController();
    const inner = scripted(failure);
    const clock = manualClock();
    const call = withRetry(inner, { clock })(READ, { signal: caller.signal });
    await clock.advance(0);
    caller.abort(reason);
    assert.is(await rejection(call), reason);
    assert.is(inner.asked.length, 1);
    assert.is(clock.sleepers, 0);
  }
  const inner = scripted(value("answer"));
  assert.is(await rejection(withRetry(inner)(READ, { signal: AbortSignal.abort(reason) })), reason);
  assert.is(inner.asked.length, 0);
});

retry("P1: a broadcast is sent again with the same bytes", async () => {
  const inner = scripted(network(), value("done"));
  assert.is(await retrying(inner).send(BROADCAST), "done");
  assert.equal(inner.asked, [BROADCAST, BROADCAST]);
});

retry("P1: a refusal after a lost answer is no proof, and becomes none", async () => {
  const inner = scripted(network("reset"), refusal("INVALID_TRANSACTION", { InvalidNonce: {} }));
  const error = await transportErrorOf(retrying(inner).send(BROADCAST));
  assert.is(error.code, "network");
  assert.match(error.message, /fate of the transaction is open/);
  const cause: unknown = error.cause;
  if (!(cause instanceof AggregateError)) throw new Error("expected all errors as cause");
  assert.ok(isRpcError(cause.errors[1], "INVALID_TRANSACTION"));
});

retry("P1: what is no refusal stays as it came, whatever was before", async () => {
  const last = refusal("TIMEOUT_ERROR");
  const { send } = retrying(scripted(network(), last), { attempts: 2 });
  const error = await rejection(send(BROADCAST));
  assert.is(error, typeof last === "object" && "error" in last && last.error);
});

retry("P1: a proxy that turns the second copy away says nothing of the first", async () => {
  for (const status of [401, 403, 404]) {
    const inner = scripted(network("reset"), http(status));
    const error = await transportErrorOf(retrying(inner).send(BROADCAST));
    assert.equal([error.code, error.status], ["network", undefined]);
    assert.match(error.message, /fate of the transaction is open: first reset, then got HTTP 40/);
  }
  // Nobody has passed on the first.
  const turnedAway = await transportErrorOf(retrying(scripted(http(403))).send(BROADCAST));
  assert.is(turnedAway.status, 403);
});

retry("P1: a refusal of the first copy is one", async () => {
  const inner = scripted(refusal("INVALID_TRANSACTION"));
  assert.ok(isRpcError(await rejection(retrying(inner).send(BROADCAST)), "INVALID_TRANSACTION"));
});

retry("a read that is refused after a lost answer is refused", async () => {
  const inner = scripted(network(), refusal("UNKNOWN_ACCOUNT"));
  assert.ok(isRpcError(await rejection(retrying(inner).send(READ)), "UNKNOWN_ACCOUNT"));
});

retry("P1: a refusal after an attempt that was never sent is one", async () => {
  const full = { error: new TransportError("overloaded", "full") };
  const pool = failover([scripted(full), scripted(refusal("INVALID_TRANSACTION"))]);
  assert.ok(isRpcError(await rejection(pool(BROADCAST)), "INVALID_TRANSACTION"));
  const lost = { error: new TransportError("malformed", "half an answer") };
  const last = scripted(refusal("INVALID_TRANSACTION"));
  for (const others of [[], [last]]) {
    const open = failover([scripted(full), scripted(lost), ...others]);
    assert.is((await transportErrorOf(open(BROADCAST))).code, "malformed");
  }
});

retry("without pauses too the budget ends it", async () => {
  let asked = 0;
  const clock = fastClock();
  const failing: Transport = async () => {
    clock.time++;
    if (++asked > 3000) throw new Error("expected an end");
    throw new TransportError("network", "reset");
  };
  const send = withRetry(failing, { attempts: 1e6, budget: 2000, firstPause: 0, clock });
  assert.is((await transportErrorOf(send(READ))).message, "reset");
});

retry("options that are misspelt or out of range are refused", () => {
  const inner = scripted();
  const typo: object = { attempt: 3 };
  assert.throws(() => withRetry(inner, typo), /unknown option attempt/);
  for (const options of [
    { attempts: 0 },
    { attempts: NaN },
    { budget: -1 },
    { firstPause: 1e10 },
  ]) {
    assert.throws(
      () => withRetry(inner, options),
      (error: unknown) => error instanceof RangeError,
    );
  }
});

retry("property: attempts, pauses and their sum stay in bounds", async () => {
  const failures = fc.array(
    fc.oneof(
      fc.constant(network()),
      fc.constant(refusal("INTERNAL_ERROR")),
      fc.nat(20_000).map((wait) => http(503, wait)),
    ),
    { maxLength: 12 },
  );
  const settings = fc.record({
    attempts: fc.integer({ min: 1, max: 10 }),
    budget: fc.nat(60_000),
    firstPause: fc.nat(1000),
    longestPause: fc.nat(5000),
  });
  const randoms = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    minLength: 12,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(failures, settings, randoms, async (answers, options, numbers) => {
      const inner = scripted(...answers, value("answer"));
      const clock = fastClock();
      let drawn = 0;
      const random = (): number => numbers[drawn++ % numbers.length] ?? 0;
      const outcome = await withRetry(inner, { ...options, clock, random })(READ).catch(
        () => "error",
      );
      const { slept } = clock;
      assert.ok(inner.asked.length <= options.attempts);
      assert.is(slept.length, inner.asked.length - 1);
      assert.ok(slept.reduce((sum, pause) => sum + pause, 0) <= options.budget + 1e-6);
      for (const [index, pause] of slept.entries()) {
        const answer = answers[index];
        const error: unknown = typeof answer === "object" && "error" in answer ? answer.error : {};
        const asked = Number(Reflect.get(Object(error), "retryAfter") ?? 0);
        const most = Math.min(options.longestPause, options.firstPause * 2 ** index);
        assert.ok(pause >= asked && pause <= asked + most + 1e-6);
      }
      assert.is(outcome === "answer", inner.asked.length === answers.length + 1);
    }),
  );
});

retry.run();

const timeout = suite("transports: withTimeout");

timeout("P42: gives up after its time, aborts what is inside, and says so", async () => {
  const inner = scripted("silence");
  const clock = manualClock();
  const call = transportErrorOf(withTimeout(inner, 500, { clock })(READ));
  await clock.advance(499);
  assert.is(inner.signals[0]?.aborted, false);
  await clock.advance(1);
  const error = await call;
  assert.is(error.code, "timeout");
  assert.match(error.message, "gas_price in 500 ms");
  assert.is(inner.signals[0]?.aborted, true);
});

timeout("P42: ends a transport that ignores its signal", async () => {
  const clock = manualClock();
  const call = transportErrorOf(withTimeout(() => new Promise(() => {}), 500, { clock })(READ));
  await clock.advance(500);
  assert.is((await call).code, "timeout");
});

timeout("an answer and an abort end the timer", async () => {
  const clock = manualClock();
  assert.is(await withTimeout(scripted(value(1)), 500, { clock })(READ), 1);
  assert.is(clock.sleepers, 0);
  const caller = new AbortController();
  const call = withTimeout(scripted("silence"), 500, { clock })(READ, { signal: caller.signal });
  await clock.advance(1);
  caller.abort("enough");
  assert.is(await rejection(call), "enough");
  assert.is(clock.sleepers, 0);
});

timeout("inside of a retry each attempt has its time", async () => {
  const clock = manualClock();
  const inner = scripted("silence", "silence", value("answer"));
  const call = withRetry(withTimeout(inner, 500, { clock }), { clock, random: () => 0 })(READ);
  await clock.advance(5000);
  assert.is(await call, "answer");
});

timeout("a time that cannot be is refused", () => {
  for (const time of [-1, NaN, 2 ** 31]) {
    assert.throws(
      () => withTimeout(scripted(), time),
      (error: unknown) => error instanceof RangeError,
    );
  }
});

timeout.run();
