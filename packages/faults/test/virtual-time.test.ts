import { inVirtualTime } from "@yoctonear/faults";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("inVirtualTime");

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

test("a day passes at once, in the order of the clock", async () => {
  const order: string[] = [];
  await inVirtualTime(async () => {
    const begin = Date.now();
    const late = pause(86_400_000).then(() => order.push("late"));
    const early = pause(1_000).then(() => order.push("early"));
    await Promise.all([late, early]);
    assert.is(Date.now() - begin, 86_400_000);
    assert.is(performance.now(), 86_400_000);
  });
  assert.equal(order, ["early", "late"]);
});

test("an interval ticks until it is cleared, a timeout that is cleared never comes", async () => {
  const ticks: number[] = [];
  await inVirtualTime(async () => {
    const never = setTimeout(() => ticks.push(Number.NaN), 1_500);
    clearTimeout(never);
    const interval = setInterval(() => ticks.push(performance.now()), 1_000);
    await pause(3_500);
    clearInterval(interval);
    await pause(3_500);
  });
  assert.equal(ticks, [1_000, 2_000, 3_000]);
});

test("time stands still while other threads work", async () => {
  await inVirtualTime(async () => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
    }, 1);
    await crypto.subtle.digest("SHA-256", new Uint8Array(1_000_000));
    assert.not.ok(isLate);
    clearTimeout(timer);
  });
});

test("what can never come is an error, and the clocks are put back", async () => {
  const { setTimeout: before } = globalThis;
  let message = "";
  try {
    await inVirtualTime(() => new Promise(() => {}));
  } catch (error) {
    message = String(error);
  }
  assert.match(message, /nothing is left that the task could wait for/);
  assert.is(globalThis.setTimeout, before);
  assert.ok(Math.abs(Date.now() - new Date().getTime()) < 60_000);
});

test.run();
