import { cache, deduplicate, isRpcError, type RpcRequest, type Transport } from "@yoctonear/rpc";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  BROADCAST,
  idle,
  READ,
  refusal,
  rejection,
  scripted,
  silence,
  transportErrorOf,
  value,
} from "./doubles.ts";

/** A transport whose requests are answered when told, in any order. */
function held(): {
  readonly transport: Transport;
  readonly open: {
    readonly request: RpcRequest;
    readonly signal: AbortSignal;
    answer(value: unknown): void;
  }[];
} {
  const open: ReturnType<typeof held>["open"] = [];
  const transport: Transport = (request, { signal = new AbortController().signal } = {}) =>
    Promise.race([
      silence(signal),
      new Promise((resolve) => {
        open.push({ request, signal, answer: resolve });
      }),
    ]);
  return { transport, open };
}

const test = suite("transports: deduplicate");

test("an answer that is nested too deep to be copied is malformed", async () => {
  let deep: unknown = [];
  for (let level = 0; level < 100_000; level++) deep = [deep];
  const block = { method: "block", params: { block_id: "hash" } };
  for (const wrapper of [deduplicate, cache]) {
    const inner = scripted(value({ header: { hash: "hash" }, deep }));
    assert.is((await transportErrorOf(wrapper(inner)(block))).code, "malformed");
  }
});

test("P42: identical reads under way are one request, each with an answer of its own", async () => {
  const { transport, open } = held();
  const send = deduplicate(transport);
  const calls = [send(READ), send({ ...READ }), send({ method: "gas_price", params: ["other"] })];
  await idle();
  assert.is(open.length, 2);
  open[0]?.answer({ nonce: 2n ** 64n - 1n, list: [{ a: 1 }] });
  open[1]?.answer("other");
  const [one, two, other] = await Promise.all(calls);
  assert.equal(one, { nonce: 2n ** 64n - 1n, list: [{ a: 1 }] });
  assert.equal(two, one);
  assert.is.not(two, one);
  assert.is(other, "other");
});

test("later reads ask anew", async () => {
  const inner = scripted(value(1), value(2));
  const send = deduplicate(inner);
  assert.equal([await send(READ), await send(READ)], [1, 2]);
});

test("an error is everybody's, and not kept", async () => {
  const inner = scripted(refusal("UNKNOWN_BLOCK"), value(2));
  const send = deduplicate(inner);
  const errors = await Promise.all([rejection(send(READ)), rejection(send(READ))]);
  assert.ok(errors.every((error) => isRpcError(error, "UNKNOWN_BLOCK")));
  assert.is(await send(READ), 2);
});

test("an abort detaches only its caller; the last one's aborts the request", async () => {
  const { transport, open } = held();
  const send = deduplicate(transport);
  const [first, second] = [new AbortController(), new AbortController()];
  const calls = [first, second].map(({ signal }) => rejection(send(READ, { signal })));
  await idle();
  first.abort("one");
  assert.is(await calls[0], "one");
  assert.is(open[0]?.signal.aborted, false);
  second.abort("two");
  assert.is(await calls[1], "two");
  assert.is(open[0]?.signal.aborted, true);
  const fresh = send(READ);
  await idle();
  assert.is(open.length, 2);
  open[1]?.answer("fresh");
  assert.is(await fresh, "fresh");
});

test("who comes aborted asks nothing", async () => {
  const inner = scripted(value(1));
  assert.is(await rejection(deduplicate(inner)(READ, { signal: AbortSignal.abort("no") })), "no");
  assert.is(inner.asked.length, 0);
});

test("P1: broadcasts are never merged", async () => {
  const inner = scripted(value("done"));
  const send = deduplicate(inner);
  await Promise.all([send(BROADCAST), send(BROADCAST)]);
  assert.is(inner.asked.length, 2);
});

test("one's own write shows: nobody joins a read from before it", async () => {
  for (const request of [BROADCAST, { method: "tx", params: {} }]) {
    const { transport, open } = held();
    const send = deduplicate(transport);
    const early = send(READ);
    const write = send(request);
    await idle();
    open[1]?.answer("written");
    await write;
    const late = send(READ);
    await idle();
    assert.is(open.length, 3);
    open[0]?.answer("before");
    open[2]?.answer("after");
    assert.equal([await early, await late], ["before", "after"]);
  }
});

function nameOf({ params }: RpcRequest): string {
  return String(params);
}

test("property: each caller gets what was answered while it waited, or its own abort", async () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ type: fc.constant("ask" as const), key: fc.nat(2) }),
      fc.record({ type: fc.constant("answer" as const), index: fc.nat(5) }),
      fc.record({ type: fc.constant("abort" as const), index: fc.nat(9) }),
    ),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const { transport, open } = held();
      const send = deduplicate(transport);
      let answers = 0;
      const callers: { readonly abort: () => void; readonly done: Promise<void> }[] = [];
      const ask = (key: number): void => {
        const asked = answers;
        const controller = new AbortController();
        const request = { method: "block", params: [key] };
        const expectOwn = async (): Promise<void> => {
          try {
            const got = await send(request, { signal: controller.signal });
            const [keyOf, count] = String(got).split(" ");
            assert.is(keyOf, `${key}`);
            assert.ok(Number(count) > asked);
          } catch (error) {
            if (!controller.signal.aborted) throw error;
            assert.is(error, controller.signal.reason);
          }
        };
        callers.push({ abort: () => controller.abort({}), done: expectOwn() });
      };
      const answer = (entry: (typeof open)[number] | undefined): void => {
        if (entry === undefined) return;
        open.splice(open.indexOf(entry), 1);
        entry.answer(`${nameOf(entry.request)} ${++answers}`);
      };
      for (const step of script) {
        if (step.type === "ask") ask(step.key);
        else if (step.type === "answer") answer(open[step.index]);
        else callers[step.index]?.abort();
        await idle();
        const live = open.filter(({ signal }) => !signal.aborted);
        const keys = live.map(({ request }) => nameOf(request));
        assert.is(new Set(keys).size, keys.length);
      }
      while (open.length > 0) answer(open[0]);
      await Promise.all(callers.map(({ done }) => done));
    }),
    { numRuns: 60 },
  );
});

test.run();
