import {
  type Disagreement,
  isRpcError,
  quorum,
  type QuorumOptions,
  type RpcRequest,
  type Transport,
  withRetry,
} from "@yoctonear/rpc";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type Answer,
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

const QUERY: RpcRequest = { method: "query", params: { request_type: "view_account" } };

function reading(answers: readonly Answer[], options: QuorumOptions = {}): Transport {
  return quorum(
    answers.map((answer) => scripted(answer)),
    options,
  );
}

const test = suite("transports: quorum");

test("an answer that is nested too deep to be compared is one vote, and stops nobody", async () => {
  let deep: unknown = [];
  for (let level = 0; level < 100_000; level++) deep = [deep];
  const slow = scripted(async () => {
    await idle();
    return "answer";
  });
  const pool = [scripted(value(deep)), slow, slow];
  assert.is(await quorum(pool)(READ), "answer");
});

test("what enough endpoints say counts, and who said something else is told", async () => {
  const told: Disagreement[] = [];
  const onDisagreement = (one: Disagreement): number => told.push(one);
  const answers = [value({ amount: "5" }), value({ amount: "6" }), value({ amount: "5" })];
  assert.equal(await reading(answers, { onDisagreement })(QUERY), { amount: "5" });
  assert.equal(told, [{ method: "query", agreed: [0, 2], disagreed: [1] }]);
});

test("differences that honest nodes have do not count", async () => {
  const same = [
    value({ amount: "5", locked: "0", block_height: 7, block_hash: "a" }),
    value({ block_hash: "b", block_height: 8, locked: "0", amount: "5", more: null }),
  ];
  assert.equal(await reading(same, { threshold: 2 })(QUERY), {
    amount: "5",
    locked: "0",
    block_height: 7,
    block_hash: "a",
  });
  const tx = { method: "tx", params: {} };
  const levels = ["FINAL", "EXECUTED", "FINAL"].map((level) =>
    value({ final_execution_status: level }),
  );
  // One node alone does not make it final.
  assert.equal(await reading(levels, { threshold: 3 })(tx), { final_execution_status: "EXECUTED" });
  // In an outcome they are what it is about.
  const outcomes = [
    value({ outcome: { block_hash: "a" } }),
    value({ outcome: { block_hash: "b" } }),
  ];
  assert.is((await transportErrorOf(reading(outcomes)(tx))).code, "disagreement");
  const odd = [value({ a: 1, odd: 1 }), value({ a: 1, odd: 2 })];
  await reading(odd, { threshold: 2, ignore: ["odd"] })(READ);
  await transportErrorOf(reading(odd, { threshold: 2 })(READ));
});

test("integers keep their digits in the comparison", async () => {
  const answers = [value({ nonce: 2n ** 64n - 1n }), value({ nonce: 2n ** 64n - 2n })];
  assert.is((await transportErrorOf(reading(answers)(QUERY))).code, "disagreement");
});

test("P34: an error that enough nodes say is the answer", async () => {
  const say = (height: number): Answer =>
    refusal("UNKNOWN_ACCOUNT", { requested_account_id: "a.near", block_height: height });
  const error = await rejection(reading([say(1), say(2), value({ amount: "5" })])(QUERY));
  assert.ok(isRpcError(error, "UNKNOWN_ACCOUNT"));
});

test("P35: endpoints at fault have no vote, and the others may be enough", async () => {
  assert.is(await reading([network(), value(1), value(1)])(QUERY), 1);
  const error = await transportErrorOf(reading([network("dead"), value(1), network()])(QUERY));
  assert.is(error.code, "disagreement");
  assert.match(error.message, /expected 2 of 3 endpoints to say the same, got 1 \| 0 failed: dead/);
  assert.is(error.cause instanceof AggregateError && error.cause.errors.length, 2);
});

test("of what is not compared, the least that was claimed: the oldest block", async () => {
  const answers = [9, 7, 8].map((height) => value({ amount: "5", block_height: height }));
  const answer = await reading(answers, { threshold: 3 })(QUERY);
  assert.equal(answer, { amount: "5", block_height: 7 });
});

test("where all agree nobody is told", async () => {
  const onDisagreement = (): void => assert.unreachable();
  assert.is(await reading([value(1), network(), value(1)], { onDisagreement })(QUERY), 1);
});

test("a disagreement names who said what, and nothing of the content", async () => {
  const error = await transportErrorOf(reading([value("SECRET"), value(2), value(3)])(QUERY));
  assert.match(error.message, /got 0 \| 1 \| 2$/);
});

test("a disagreement may pass, since heads differ: a retry asks again", async () => {
  const moving = [scripted(value(1), value(2)), scripted(value(2))];
  assert.is(await withRetry(quorum(moving), { clock: fastClock() })(QUERY), 2);
});

test("no more is waited for than is needed, and the rest is aborted", async () => {
  const slow = scripted("silence");
  const send = quorum([scripted(value(1)), slow, scripted(value(1))]);
  assert.is(await send(QUERY), 1);
  await idle();
  assert.is(slow.signals[0]?.aborted, true);
});

test("P1: broadcasts, and questions about the node itself, go to the first alone", async () => {
  for (const request of [BROADCAST, { method: "status", params: [] }]) {
    const [first, second] = [scripted(value(1)), scripted(value(2))];
    assert.is(await quorum([first, second])(request), 1);
    assert.is(second.asked.length, 0);
  }
});

test("an abort ends all, with its reason", async () => {
  const endpoints = [scripted("silence"), scripted("silence")];
  const caller = new AbortController();
  const call = rejection(quorum(endpoints)(QUERY, { signal: caller.signal }));
  await idle();
  caller.abort("enough");
  assert.is(await call, "enough");
  assert.ok(endpoints.every(({ signals }) => signals[0]?.aborted));
});

test("a threshold that cannot be is refused", () => {
  for (const threshold of [0, 3, NaN]) {
    assert.throws(
      () => quorum([scripted(), scripted()], { threshold }),
      (error: unknown) => error instanceof RangeError,
    );
  }
});

test("property: an answer counts if and only if enough say it", async () => {
  const votes = fc.array(fc.constantFrom("a", "b", "c", "fault"), { minLength: 1, maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(votes, fc.nat(6), async (said, seed) => {
      const threshold = 1 + (seed % said.length);
      const answers = said.map((vote) => (vote === "fault" ? network() : value(vote)));
      const outcome = await reading(answers, { threshold })(QUERY).catch(() => "disagreement");
      const counted = ["a", "b", "c"].filter(
        (vote) => said.filter((other) => other === vote).length >= threshold,
      );
      if (counted.length === 0) assert.is(outcome, "disagreement");
      else assert.ok(counted.includes(String(outcome)));
    }),
  );
});

test.run();
