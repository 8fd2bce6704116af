import { broadcastToAll, isRpcError, type Transport, withRetry } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  BROADCAST,
  fastClock,
  idle,
  network,
  READ,
  refusal,
  rejection,
  scripted,
  transportErrorOf,
  value,
} from "./doubles.ts";

const test = suite("transports: broadcastToAll");

test("the same bytes go to all at once, everything else to the first", async () => {
  const [first, second] = [scripted(value(1)), scripted(value(2))];
  const send = broadcastToAll(first, [second]);
  assert.is(await send(BROADCAST), 1);
  assert.equal([first.asked, second.asked], [[BROADCAST], [BROADCAST]]);
  assert.is(await send(READ), 1);
  assert.is(second.asked.length, 1);
});

test("the first one that takes it answers, and the others go on", async () => {
  const slow = scripted("silence");
  assert.is(
    await broadcastToAll(slow, [scripted(network()), scripted(value("taken"))])(BROADCAST),
    "taken",
  );
  await idle();
  assert.is(slow.signals[0]?.aborted, false);
});

test("P1: refused is only what all refuse", async () => {
  const refused = refusal("INVALID_TRANSACTION");
  const both = broadcastToAll(scripted(refused), [scripted(refused)]);
  assert.ok(isRpcError(await rejection(both(BROADCAST)), "INVALID_TRANSACTION"));
  for (const lost of [network("reset"), refusal("TIMEOUT_ERROR"), refusal("INTERNAL_ERROR")]) {
    for (const endpoints of [
      [lost, refused],
      [refused, lost],
    ]) {
      const [first, ...others] = endpoints.map((answer) => scripted(answer));
      if (first === undefined) throw new Error("expected an endpoint");
      const error = await transportErrorOf(broadcastToAll(first, others)(BROADCAST));
      assert.match(error.message, /fate of the transaction is open/);
    }
  }
});

test("P1: under a retry, a refusal of the second round is none", async () => {
  const refused = refusal("INVALID_TRANSACTION");
  const inner = broadcastToAll(scripted(network(), refused), [scripted(network(), refused)]);
  const send = withRetry(inner, { clock: fastClock() });
  assert.match(
    (await transportErrorOf(send(BROADCAST))).message,
    /fate of the transaction is open/,
  );
});

test("when nobody is reached the error has each one's own", async () => {
  const send = broadcastToAll(scripted(network("a")), [scripted(network("b"))]);
  assert.match((await transportErrorOf(send(BROADCAST))).message, /a \| b/);
});

test("an abort ends all, with its reason", async () => {
  const endpoints = [scripted("silence"), scripted("silence")] as const;
  const caller = new AbortController();
  const send = broadcastToAll(endpoints[0], [endpoints[1]]);
  const call = rejection(send(BROADCAST, { signal: caller.signal }));
  await idle();
  caller.abort("enough");
  assert.is(await call, "enough");
  assert.ok(endpoints.every(({ signals }) => signals[0]?.aborted));
});

test("lists without a transport are refused", () => {
  assert.throws(() => broadcastToAll(scripted(), []), /expected a list of transports/);
  const none: readonly Transport[] = JSON.parse("[null]");
  assert.throws(() => broadcastToAll(scripted(), none), /expected only transports/);
});

test.run();
