import {
  failover,
  type FailoverOptions,
  isRetryable,
  isRpcError,
  type RpcRequest,
  RpcError,
  type Transport,
  TransportError,
  withRetry,
} from "@yoctonear/rpc";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type Answer,
  BROADCAST,
  fastClock,
  http,
  idle,
  network,
  READ,
  refusal,
  rejection,
  scripted,
  transportErrorOf,
  value,
} from "./doubles.ts";

function over(endpoints: readonly Transport[], options: FailoverOptions = {}): Transport {
  return failover(endpoints, { clock: fastClock(), ...options });
}

function errorsOf(error: Error): readonly unknown[] {
  if (error.cause instanceof AggregateError) return error.cause.errors;
  throw new Error("expected the errors as cause");
}

const test = suite("transports: failover");

test("a queue of one's own that is full is no fault of the endpoint", async () => {
  const first = scripted({ error: new TransportError("overloaded", "full") }, value("first"));
  const pool = failover([first, scripted(value("second"))], { rank: "order" });
  assert.is(await pool(READ), "second");
  assert.is(await pool(READ), "first");
});

test("P35: a dead endpoint fails over: refused, unknown, silent, HTML, 401, 429, 5xx, a node that is behind", async () => {
  const dead: readonly Answer[] = [
    network(),
    { error: new TransportError("timeout", "none in 5 ms") },
    { error: new TransportError("malformed", "got a page") },
    http(401),
    http(404),
    http(429, 1000),
    http(503),
    refusal("NODE_IS_SYNCING"),
    refusal("UNAVAILABLE_SHARD"),
    refusal("INTERNAL_ERROR"),
  ];
  for (const answer of dead) {
    const [first, second] = [scripted(answer), scripted(value("answer"))];
    assert.is(await over([first, second])(READ), "answer");
    assert.is(first.asked.length, 1);
  }
});

test("P34: a deterministic error of a node is thrown at once, itself, and asked of nobody else", async () => {
  for (const name of [
    "UNKNOWN_ACCOUNT",
    "INVALID_TRANSACTION",
    "METHOD_NOT_FOUND",
    "TIMEOUT_ERROR",
    "NEWER_CAUSE",
  ]) {
    const answer = refusal(name);
    const [first, second] = [scripted(answer), scripted(value("answer"))];
    const error = await rejection(over([first, second])(READ));
    assert.is(error, typeof answer === "object" && "error" in answer && answer.error);
    assert.is(second.asked.length, 0);
  }
});

test("P34: an empty result is an answer", async () => {
  for (const empty of [null, "", 0, false, [], {}, { result: [], logs: [] }]) {
    const [first, second] = [scripted(value(empty)), scripted(value("other"))];
    assert.is(await over([first, second])(READ), empty);
    assert.is(second.asked.length, 0);
  }
});

test("P34: when all fail, the error has each endpoint's own", async () => {
  const answers = [network("refused"), http(401), http(503, 2000), http(429, 500)];
  const error = await transportErrorOf(over(answers.map((answer) => scripted(answer)))(READ));
  assert.is(error.code, "network");
  assert.is(error.retryAfter, 500);
  assert.match(
    error.message,
    /one of 4 endpoints, got refused \| got HTTP 401 \| got HTTP 503 \| got HTTP 429/,
  );
  const errors = errorsOf(error);
  for (const [index, answer] of answers.entries()) {
    assert.is(errors[index], typeof answer === "object" && "error" in answer && answer.error);
  }
});

test("P34: when one may recover, so may all; when none, none", async () => {
  const mixed = await transportErrorOf(over([scripted(http(401)), scripted(http(503))])(READ));
  assert.ok(isRetryable(mixed));
  const hopeless = await transportErrorOf(over([scripted(http(401)), scripted(http(403))])(READ));
  assert.not(isRetryable(hopeless));
  assert.is(hopeless.status, 401);
});

test("P34: when all nodes say the same, it stays what nodes said", async () => {
  const error = await rejection(
    over([scripted(refusal("NOT_SYNCED_YET")), scripted(refusal("NOT_SYNCED_YET"))])(READ),
  );
  assert.ok(isRpcError(error, "NOT_SYNCED_YET"));
  assert.is(errorsOf(error).length, 2);
});

test("the only endpoint's error stays as it is", async () => {
  const answer = network();
  const error = await rejection(over([scripted(answer)])(READ));
  assert.is(error, typeof answer === "object" && "error" in answer && answer.error);
});

test("P1: a refusal after a lost answer elsewhere is no proof", async () => {
  const endpoints = [scripted(network("reset")), scripted(refusal("INVALID_TRANSACTION"))];
  const error = await transportErrorOf(over(endpoints)(BROADCAST));
  assert.match(error.message, /fate of the transaction is open: first reset, then/);
  const [denied, lost] = [scripted(http(403)), scripted(network("reset"))];
  const refusing = scripted(refusal("INVALID_TRANSACTION"));
  const open = await transportErrorOf(over([denied, lost, refusing])(BROADCAST));
  assert.equal([open.code, open.status], ["network", undefined]);
  // Who was turned away has sent nothing on: the refusal is of the only copy.
  const only = await rejection(over([denied, refusing])(BROADCAST));
  assert.ok(isRpcError(only, "INVALID_TRANSACTION"));
  const first = [scripted(refusal("INVALID_TRANSACTION")), scripted(value("done"))];
  assert.ok(isRpcError(await rejection(over(first)(BROADCAST)), "INVALID_TRANSACTION"));
});

test("an endpoint at fault rests, longer each time, then is tried with one request", async () => {
  const clock = fastClock();
  const first = scripted(network(), network(), "silence", value("back"));
  const second = scripted(value("second"));
  const send = over([first, second], { clock, rank: "order", firstRest: 1000 });
  const ask = (): Promise<unknown> => send(READ);
  await ask();
  await ask();
  assert.is(first.asked.length, 1);
  clock.time += 1000;
  await ask();
  assert.is(first.asked.length, 2);
  clock.time += 1999;
  await ask();
  assert.is(first.asked.length, 2);
  clock.time += 1;
  const caller = new AbortController();
  const trial = send(READ, { signal: caller.signal });
  await idle();
  assert.is(await ask(), "second");
  assert.is(first.asked.length, 3);
  caller.abort("enough");
  assert.is(await rejection(trial), "enough");
  assert.is(await ask(), "back");
  assert.is(await ask(), "back");
});

test("requests that fail together are one fault", async () => {
  const clock = fastClock();
  const first = scripted(network());
  const send = over([first, scripted(value(1))], { clock, rank: "order", firstRest: 1000 });
  await Promise.all(Array.from({ length: 16 }, () => send(READ)));
  clock.time += 1001;
  await send(READ);
  assert.is(first.asked.length, 17);
});

test("an endpoint rests as long as it asks to", async () => {
  const clock = fastClock();
  const first = scripted(http(429, 30_000), value("first"));
  const send = over([first, scripted(value("second"))], { clock, rank: "order" });
  await send(READ);
  clock.time += 29_999;
  assert.is(await send(READ), "second");
  clock.time += 1;
  assert.is(await send(READ), "first");
});

test("when all rest they are asked all the same", async () => {
  const clock = fastClock();
  const send = over([scripted(network(), value("first")), scripted(network(), value("second"))], {
    clock,
  });
  await rejection(send(READ));
  assert.is(await send(READ), "first");
});

test("P34: a node's word and a fault together are a fault, which may pass", async () => {
  const endpoints = [scripted(refusal("NOT_SYNCED_YET")), scripted(network())];
  const error = await transportErrorOf(over(endpoints)(READ));
  assert.ok(isRetryable(error));
  assert.is(errorsOf(error).length, 2);
});

test("one that refuses is well again", async () => {
  const first = scripted(network(), refusal("UNKNOWN_ACCOUNT"), value("first"));
  const send = over([first, scripted(network())], { rank: "order" });
  await rejection(send(READ));
  await rejection(send(READ));
  assert.is(await send(READ), "first");
});

test("one that answers all the same is well again", async () => {
  const first = scripted(network(), value("first"));
  const send = over([first, scripted(network())], { rank: "order" });
  await rejection(send(READ));
  assert.equal([await send(READ), await send(READ)], ["first", "first"]);
});

test("after a wait in vain for a transaction the next question goes to another node", async () => {
  const first = scripted(refusal("TIMEOUT_ERROR"), value("first"));
  const second = scripted(value("second"));
  const send = over([first, second], { rank: "order" });
  assert.ok(isRpcError(await rejection(send(BROADCAST)), "TIMEOUT_ERROR"));
  assert.is(await send({ method: "tx", params: {} }), "second");
});

/** An endpoint that answers with its name after a time. */
function slow(clock: { time: number }, name: string, times: readonly number[]): Transport {
  let asked = 0;
  return async () => {
    clock.time += times[Math.min(asked++, times.length - 1)] ?? 0;
    return name;
  };
}

test("the soonest one is asked first, and a slow one gets another chance", async () => {
  const clock = fastClock();
  const send = over([slow(clock, "a", [300, 5]), slow(clock, "b", [50])], { clock });
  const answers: unknown[] = [];
  for (let i = 0; i < 5; i++) answers.push(await send(READ));
  assert.equal(answers, ["a", "b", "b", "b", "b"]);
  // Its weight halves every half minute, while that of the other is renewed.
  for (let minute = 0; minute < 4; minute++) {
    clock.time += 30_000;
    answers.push(await send(READ));
  }
  assert.ok(answers.slice(5).includes("a"));
  for (let i = 0; i < 8; i++) answers.push(await send(READ));
  assert.is(answers.at(-1), "a");
});

test("waits for transactions do not count as slowness", async () => {
  const clock = fastClock();
  const send = over([slow(clock, "a", [10, 9000, 10]), slow(clock, "b", [50])], { clock });
  const waiting: RpcRequest = { method: "tx", params: {} };
  const answers: unknown[] = [];
  for (const request of [READ, READ, waiting, READ]) answers.push(await send(request));
  assert.equal(answers, ["a", "b", "a", "a"]);
});

test("in order, where told, however slow", async () => {
  const clock = fastClock();
  const send = over([slow(clock, "a", [900]), slow(clock, "b", [1])], { clock, rank: "order" });
  assert.equal([await send(READ), await send(READ)], ["a", "a"]);
});

test("a node's answer may be sought elsewhere, where told", async () => {
  const pruned = scripted(refusal("GARBAGE_COLLECTED_BLOCK"));
  const archive = scripted(value("old"));
  const elsewhere = (error: unknown): boolean => isRpcError(error, "GARBAGE_COLLECTED_BLOCK");
  const send = over([pruned, archive], { rank: "order", elsewhere });
  assert.equal([await send(READ), await send(READ)], ["old", "old"]);
  assert.is(pruned.asked.length, 2);
});

test("scope: of the network, also among others", () => {
  const chain = Object.assign(scripted(), { scope: "chain" as const });
  const plain = scripted();
  assert.is(failover([chain, chain]).scope, "chain");
  assert.is(failover([plain, chain]).scope, "chain");
  assert.is(failover([plain, scripted()]).scope, plain);
  assert.is(withRetry(failover([plain])).scope, plain);
});

test("a list or an option that cannot be is refused", () => {
  assert.throws(() => failover([]), /expected a list of transports/);
  const typo: object = { ranks: "order" };
  assert.throws(() => failover([scripted()], typo), /unknown option ranks/);
});

test("property: whatever fails, the answer is that of some endpoint, and else each error is there", async () => {
  const kinds = fc.constantFrom("network", "401", "503", "syncing", "answer", "refusal");
  const endpoint = fc.array(kinds, { minLength: 1, maxLength: 6 });
  const answerOf = (kind: string, name: string): Answer => {
    if (kind === "network") return network(name);
    if (kind === "401" || kind === "503") return http(Number(kind));
    if (kind === "syncing") return refusal("NODE_IS_SYNCING");
    return kind === "answer" ? value(name) : refusal("UNKNOWN_ACCOUNT");
  };
  const pauses = fc.array(fc.nat(5000), { minLength: 6, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(endpoint, { minLength: 1, maxLength: 4 }),
      fc.constantFrom("latency", "order"),
      pauses,
      async (scripts, rank, times) => {
        const clock = fastClock();
        const endpoints = scripts.map((kinds, index) =>
          scripted(...kinds.map((kind) => answerOf(kind, `${index}`))),
        );
        const send = failover(endpoints, { rank, clock });
        for (const time of times) {
          clock.time += time;
          const before = endpoints.map(({ asked }) => asked.length);
          const result = await send(READ).then(
            (answer) => ({ answer }),
            (error: unknown) => ({ error }),
          );
          const asked = endpoints.filter(({ asked }, index) => asked.length > (before[index] ?? 0));
          // Nobody is asked twice for one request.
          for (const [index, { asked }] of endpoints.entries()) {
            assert.ok(asked.length - (before[index] ?? 0) <= 1);
          }
          if ("answer" in result || isRpcError(result.error, "UNKNOWN_ACCOUNT")) continue;
          const { error } = result;
          assert.is(asked.length, endpoints.length);
          if (!(error instanceof TransportError || error instanceof RpcError)) throw error;
          if (endpoints.length === 1) continue;
          assert.is(errorsOf(error).length, endpoints.length);
          assert.is(isRetryable(error), errorsOf(error).some(isRetryable));
        }
      },
    ),
  );
});

test.run();
