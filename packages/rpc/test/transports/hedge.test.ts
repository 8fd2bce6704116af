import { hedge, isRpcError, limitConcurrency, type Transport, withRetry } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  BROADCAST,
  idle,
  manualClock,
  network,
  READ,
  refusal,
  rejection,
  scripted,
  transportErrorOf,
  value,
} from "./doubles.ts";

const test = suite("transports: hedge");

test("P42: a fast answer asks nobody else", async () => {
  const clock = manualClock();
  const [first, second] = [scripted(value("first")), scripted(value("second"))];
  assert.is(await hedge([first, second], { clock })(READ), "first");
  await clock.advance(10_000);
  assert.is(second.asked.length, 0);
  assert.is(clock.sleepers, 0);
});

test("after the delay the next one is asked, its answer counts, and the loser is aborted", async () => {
  const clock = manualClock();
  const [first, second] = [scripted("silence"), scripted(value("second"))];
  const call = hedge([first, second], { delay: 100, clock })(READ);
  await clock.advance(99);
  assert.is(second.asked.length, 0);
  await clock.advance(1);
  assert.is(await call, "second");
  await idle();
  assert.is(first.signals[0]?.aborted, true);
});

test("one after another, and the first one may still win", async () => {
  const clock = manualClock();
  let answer: (value: string) => void = () => {};
  const late: Transport = () => new Promise((resolve) => (answer = resolve));
  const others = [scripted("silence"), scripted("silence")];
  const call = hedge([late, ...others], { delay: 100, clock })(READ);
  await clock.advance(100);
  assert.equal(
    others.map(({ asked }) => asked.length),
    [1, 0],
  );
  await clock.advance(100);
  assert.equal(
    others.map(({ asked }) => asked.length),
    [1, 1],
  );
  answer("late");
  assert.is(await call, "late");
  await idle();
  assert.ok(others.every(({ signals }) => signals[0]?.aborted));
});

test("P35: a fault asks the next one at once, and each of them once", async () => {
  const clock = manualClock();
  const endpoints = [scripted(network("a")), scripted("silence"), scripted(network("c"))];
  const call = hedge(endpoints, { delay: 100, clock })(READ);
  await idle();
  assert.equal(
    endpoints.map(({ asked }) => asked.length),
    [1, 1, 0],
  );
  await clock.advance(100);
  assert.equal(
    endpoints.map(({ asked }) => asked.length),
    [1, 1, 1],
  );
  await clock.advance(10_000);
  assert.equal(
    endpoints.map(({ asked }) => asked.length),
    [1, 1, 1],
  );
  void call.catch(() => undefined);
});

test("P34: what a node says is the answer, also when it is an error", async () => {
  const clock = manualClock();
  const [first, second] = [scripted("silence"), scripted(refusal("UNKNOWN_ACCOUNT"))];
  const call = rejection(hedge([first, second], { delay: 100, clock })(READ));
  await clock.advance(100);
  assert.ok(isRpcError(await call, "UNKNOWN_ACCOUNT"));
  assert.is(first.signals[0]?.aborted, true);
});

test("when all fail the error has each one's own", async () => {
  const clock = manualClock();
  const error = await transportErrorOf(
    hedge([scripted(network("a")), scripted(network("b"))], { clock })(READ),
  );
  assert.match(error.message, /a \| b/);
});

test("P1: never for broadcasts, for what changes a sandbox, for what a node keeps back", async () => {
  const clock = manualClock();
  for (const request of [
    BROADCAST,
    { method: "broadcast_tx_async", params: {} },
    { method: "broadcast_tx_commit", params: {} },
    { method: "sandbox_patch_state", params: {} },
    { method: "tx", params: { wait_until: "FINAL" } },
  ]) {
    const [first, second] = [scripted("silence"), scripted(value("second"))];
    const caller = new AbortController();
    const call = hedge([first, second], { delay: 1, clock })(request, { signal: caller.signal });
    await clock.advance(60_000);
    assert.is(second.asked.length, 0);
    caller.abort("enough");
    assert.is(await rejection(call), "enough");
  }
});

test("an abort ends all, with its reason", async () => {
  const clock = manualClock();
  const endpoints = [scripted("silence"), scripted("silence")];
  const caller = new AbortController();
  const call = rejection(hedge(endpoints, { delay: 1, clock })(READ, { signal: caller.signal }));
  await clock.advance(5);
  const reason = new Error("changed my mind");
  caller.abort(reason);
  assert.is(await call, reason);
  assert.ok(endpoints.every(({ signals }) => signals[0]?.aborted));
  assert.is(clock.sleepers, 0);
});

test("with the rest in any order", async () => {
  const clock = manualClock();
  const one = limitConcurrency(withRetry(scripted("silence"), { clock }), 1);
  const other = withRetry(limitConcurrency(scripted(value("second")), 1), { clock });
  const call = hedge([one, other], { delay: 5, clock })(READ);
  await clock.advance(5);
  assert.is(await call, "second");
  // The loser's place is free again.
  const again = hedge([one, other], { delay: 5, clock })(READ);
  await clock.advance(5);
  assert.is(await again, "second");
});

test("a list or an option that cannot be is refused", () => {
  assert.throws(() => hedge([]), /expected a list of transports/);
  const typo: object = { after: 5 };
  assert.throws(() => hedge([scripted()], typo), /unknown option after/);
});

test.run();
