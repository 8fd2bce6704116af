import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import {
  type Clock,
  isRpcError,
  RpcError,
  type RpcBlockResponse,
  type RpcRequest,
  type Transport,
  TransportError,
  watchBlocks,
  type WatchBlocksOptions,
} from "@yoctonear/rpc";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  fastClock,
  idle,
  manualClock,
  rejection,
  silence,
  transportErrorOf,
} from "../transports/doubles.ts";
import { chainDouble, chainOf, GENESIS_PARENT } from "./chain-double.ts";

/** A clock that makes a block in each pause. */
function producing(chain: Localnet): Clock {
  return { ...fastClock(), sleep: () => chain.produceBlock() };
}

async function take(
  transport: Transport,
  count: number,
  options: WatchBlocksOptions,
): Promise<readonly RpcBlockResponse[]> {
  const blocks: RpcBlockResponse[] = [];
  for await (const block of watchBlocks(transport, options)) {
    if (blocks.push(block) === count) break;
  }
  return blocks;
}

const heightsOf = (blocks: readonly RpcBlockResponse[]): readonly number[] =>
  blocks.map(({ header }) => Number(header.height));

function assertChained(blocks: readonly RpcBlockResponse[]): void {
  for (const [index, { header }] of blocks.entries()) {
    if (index > 0) assert.is(header.prev_hash, blocks[index - 1]?.header.hash);
  }
}

/** Lets a transport answer differently for some requests: undefined passes them on. */
function between(
  inner: Transport,
  answer: (request: RpcRequest) => Promise<unknown> | undefined,
): Transport {
  return async (request, options) => answer(request) ?? inner(request, options);
}

const test = suite("watch: watchBlocks");

test("final blocks as they come, from the newest on, each the child of the one before", async () => {
  const chain = await createLocalnet({ blocks: "manual" });
  await chain.produceBlocks(10);
  const blocks = await take(chain.transport, 8, { clock: producing(chain) });
  assertChained(blocks);
  const [first = 0] = heightsOf(blocks);
  assert.equal(
    heightsOf(blocks),
    Array.from({ length: 8 }, (_, index) => first + index),
  );
});

test("P39: from height 0, the genesis", async () => {
  const chain = await createLocalnet({ blocks: "manual" });
  await chain.produceBlocks(5);
  const [genesis] = await take(chain.transport, 1, { from: 0 });
  assert.match(genesis?.header.prev_hash ?? "", /^1+$/);
});

test("skipped heights are missing, near the head and far below", async () => {
  const chain = await createLocalnet({ blocks: "manual" });
  await chain.produceBlocks(5);
  for (let jump = 0; jump < 4; jump++) {
    await chain.fastForward(30);
    await chain.produceBlocks(3);
  }
  const blocks = await take(chain.transport, 20, { from: 0, clock: producing(chain) });
  assertChained(blocks);
  assert.ok((heightsOf(blocks).at(-1) ?? 0) > 60);
});

test("far behind, every block comes all the same", async () => {
  const chain = await createLocalnet({ blocks: "manual" });
  await chain.produceBlocks(200);
  const blocks = await take(chain.transport, 190, { from: 0 });
  assertChained(blocks);
});

test("goes on behind a block, or from a height", async () => {
  const chain = await createLocalnet({ blocks: "manual" });
  await chain.produceBlocks(20);
  const blocks = await take(chain.transport, 12, { from: 0 });
  const half = blocks[5]?.header;
  if (half === undefined) throw new Error("expected a block");
  const after = { height: half.height, hash: half.hash };
  assert.equal(heightsOf(await take(chain.transport, 6, { after })), heightsOf(blocks.slice(6)));
  const from = half.height + 1n;
  assert.equal(heightsOf(await take(chain.transport, 6, { from })), heightsOf(blocks.slice(6)));
});

test("a height that is still to come is waited for", async () => {
  const chain = await createLocalnet({ blocks: "manual" });
  const [head] = await take(chain.transport, 1, {});
  const from = (head?.header.height ?? 0n) + 7n;
  assert.equal(heightsOf(await take(chain.transport, 1, { from, clock: producing(chain) })), [
    Number(from),
  ]);
});

test("nothing is asked before the next block is wanted", async () => {
  const chain = chainDouble();
  chain.add(0, "b0", GENESIS_PARENT);
  for (let height = 1; height < 10; height++) chain.add(height, `b${height}`, `b${height - 1}`);
  const blocks = watchBlocks(chain.transport, { from: 5 });
  await idle();
  assert.is(chain.asked.length, 0);
  await blocks.next();
  const { length } = chain.asked;
  await idle();
  assert.is(chain.asked.length, length);
  // The ones before the head are known already.
  for (let height = 6; height < 10; height++) await blocks.next();
  assert.is(chain.asked.length, length);
});

test("failures that may pass are waited out, whatever fails", async () => {
  const chain = await createLocalnet({ blocks: "manual" });
  await chain.produceBlocks(100);
  let asked = 0;
  const failing = between(chain.transport, () => {
    const fault = ++asked % 3;
    if (fault === 0) return undefined;
    const busy = new RpcError("block", { cause: { name: "NOT_SYNCED_YET" } });
    return Promise.reject(fault === 1 ? new TransportError("network", "reset") : busy);
  });
  assertChained(await take(failing, 90, { from: 0, clock: fastClock() }));
});

test("pauses after failures grow, and Retry-After is waited for", async () => {
  const chain = chainDouble();
  chain.add(0, "b0", GENESIS_PARENT);
  let asked = 0;
  const failing = between(chain.transport, () => {
    if (++asked > 4) return undefined;
    const status = { status: 429, retryAfter: asked === 4 ? 60_000 : undefined };
    return Promise.reject(new TransportError("http", "got HTTP 429", status));
  });
  const clock = fastClock();
  await take(failing, 1, { clock, pollInterval: 100 });
  assert.equal(clock.slept, [100, 200, 400, 60_000]);
});

test("pauses grow from none too, and no server asks for more than an hour", async () => {
  const chain = chainDouble();
  chain.add(0, "b0", GENESIS_PARENT);
  let asked = 0;
  const failing = between(chain.transport, () => {
    if (++asked > 4) return undefined;
    const status = { status: 503, retryAfter: asked === 4 ? 1e9 : undefined };
    return Promise.reject(new TransportError("http", "got HTTP 503", status));
  });
  const clock = fastClock();
  await take(failing, 1, { clock, pollInterval: 0 });
  assert.equal(clock.slept, [0, 100, 200, 3_600_000]);
});

test("what will not pass is thrown", async () => {
  const error = new TransportError("http", "got HTTP 401", { status: 401 });
  const dead: Transport = async () => {
    throw error;
  };
  assert.is(await rejection(take(dead, 1, {})), error);
});

test("an abort ends a question and a pause, with its reason", async () => {
  const chain = chainDouble();
  chain.add(0, "b0", GENESIS_PARENT);
  const clock = manualClock();
  const caller = new AbortController();
  const blocks = watchBlocks(chain.transport, { signal: caller.signal, clock });
  await blocks.next();
  const waiting = rejection(blocks.next());
  await clock.advance(500);
  const reason = new Error("changed my mind");
  caller.abort(reason);
  assert.is(await waiting, reason);
  assert.is(clock.sleepers, 0);

  const other = new AbortController();
  const silent = watchBlocks((_, options) => silence(options?.signal), { signal: other.signal });
  const asking = rejection(silent.next());
  await idle();
  other.abort(reason);
  assert.is(await asking, reason);
});

test("an abort ends it though the next blocks are there already", async () => {
  const chain = chainDouble();
  chain.add(0, "b0", GENESIS_PARENT);
  for (let height = 1; height < 9; height++) chain.add(height, `b${height}`, `b${height - 1}`);
  const caller = new AbortController();
  const blocks = watchBlocks(chain.transport, { from: 0, signal: caller.signal });
  await blocks.next();
  caller.abort("enough");
  assert.is(await rejection(blocks.next()), "enough");
});

test("a node whose blocks lead back for ever is refused", async () => {
  const lying: Transport = async ({ params }) => {
    const { block_id: parent = "b0" }: { readonly block_id?: string } = Object(params);
    const header = { hash: parent, prev_hash: `${parent}0`, height: 10, gas_price: "1" };
    return { header, chunks: [] };
  };
  const blocks = watchBlocks(lying, { from: 5 });
  assert.match(String(await transportErrorOf(blocks.next())), "expected below 10, got 10");
});

test("a node that lags behind the one that named a block is waited for", async () => {
  const chain = chainDouble();
  chain.add(0, "b0", GENESIS_PARENT);
  chain.add(1, "b1", "b0");
  chain.add(2, "b2", "b1");
  let misses = 3;
  const lagging = between(chain.transport, ({ params }) => {
    if (Reflect.get(Object(params), "block_id") !== "b1" || misses-- <= 0) return undefined;
    return Promise.reject(new RpcError("block", { cause: { name: "UNKNOWN_BLOCK" } }));
  });
  const blocks = await take(lagging, 3, { from: 0, clock: fastClock() });
  assert.equal(heightsOf(blocks), [0, 1, 2]);
  misses = 1000;
  const error = await rejection(take(lagging, 3, { from: 0, clock: fastClock() }));
  assert.ok(isRpcError(error, "UNKNOWN_BLOCK"));
});

test("a height that the node no longer has is an error, not a gap", async () => {
  const chain = chainDouble();
  chain.add(0, "b0", GENESIS_PARENT);
  for (let height = 1; height < 300; height++) chain.add(height, `b${height}`, `b${height - 1}`);
  chain.earliest = 150;
  const far = await rejection(take(chain.transport, 1, { from: 10, clock: fastClock() }));
  assert.ok(isRpcError(far, "UNKNOWN_BLOCK"));
  assert.ok(chain.asked.length < 50);
  chain.earliest = 140;
  const near = await rejection(take(chain.transport, 1, { from: 135, clock: fastClock() }));
  assert.ok(isRpcError(near, "UNKNOWN_BLOCK"));
});

test("what is not final may be replaced: the other branch comes from where it begins", async () => {
  const chain = chainDouble();
  chain.add(0, "b0", GENESIS_PARENT);
  chain.add(1, "b1", "b0");
  chain.add(2, "b2", "b1");
  chain.add(3, "b3", "b2");
  const blocks = watchBlocks(chain.transport, {
    from: 0,
    finality: "optimistic",
    clock: fastClock(),
  });
  const hashes: string[] = [];
  const pull = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) hashes.push((await blocks.next()).value.header.hash);
  };
  await pull(4);
  chain.add(2, "c2", "b1");
  chain.add(4, "c4", "c2");
  await pull(2);
  chain.add(5, "c5", "c4");
  await pull(1);
  assert.equal(hashes, ["b0", "b1", "b2", "b3", "c2", "c4", "c5"]);
});

test("a branch that was replaced may come back, whole", async () => {
  const chain = chainOf(4);
  const options = { from: 0, finality: "optimistic", clock: fastClock() } as const;
  const blocks = watchBlocks(chain.transport, options);
  const hashes: string[] = [];
  const pull = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) hashes.push((await blocks.next()).value.header.hash);
  };
  await pull(4);
  chain.add(4, "c4", "b1");
  await pull(1);
  chain.add(5, "b5", "b3");
  await pull(3);
  assert.equal(hashes, ["b0", "b1", "b2", "b3", "c4", "b2", "b3", "b5"]);
});

test("near the head no block is asked for by its height, which may be another's by now", async () => {
  const chain = chainOf(1000);
  await take(chain.transport, 60, { from: 940 });
  const ids = chain.asked.map((params) => typeof Reflect.get(Object(params), "block_id"));
  assert.not(ids.includes("bigint"));
  await take(chain.transport, 1, { from: 900 });
  assert.equal(chain.asked.at(-1), { block_id: 900n });
});

test("headers that do not tell their parent's height will do", async () => {
  const chain = chainOf(200);
  chain.tellsParents = false;
  for (const from of [10, 190]) {
    assert.equal(
      heightsOf(await take(chain.transport, 5, { from })),
      [0, 1, 2, 3, 4].map((i) => from + i),
    );
  }
});

test("goes on behind the head once there is more", async () => {
  const chain = chainOf(10);
  const after = { height: 9n, hash: "b9" };
  const clock: Clock = { now: () => 0, sleep: async () => chain.add(10, "b10", "b9") };
  assert.equal(heightsOf(await take(chain.transport, 1, { after, clock })), [10]);
});

test("a long run of skipped heights is checked once against what the node still has", async () => {
  const chain = chainOf(10);
  chain.add(100, "b100", "b9");
  for (let height = 101; height < 300; height++) chain.add(height, `b${height}`, `b${height - 1}`);
  assert.equal(heightsOf(await take(chain.transport, 2, { from: 9 })), [9, 100]);
  const checks = chain.asked.filter((params) => "sync_checkpoint" in Object(params));
  assert.is(checks.length, 1);
});

test("a node that answers with another block than asked for is refused", async () => {
  const chain = chainOf(200);
  const other = (id: unknown, instead: unknown): Transport =>
    between(chain.transport, ({ method, params }) =>
      Reflect.get(Object(params), "block_id") === id
        ? chain.transport({ method, params: { block_id: instead } })
        : undefined,
    );
  const byHeight = take(other(10n, 11), 1, { from: 10, clock: fastClock() });
  assert.is((await transportErrorOf(byHeight)).code, "malformed");
  const byHash = take(other("b198", "b197"), 1, { from: 190, clock: fastClock() });
  assert.is((await transportErrorOf(byHash)).code, "malformed");
});

test("final blocks that contradict what came are an error", async () => {
  const chain = chainDouble();
  chain.add(0, "b0", GENESIS_PARENT);
  chain.add(1, "b1", "b0");
  chain.add(2, "b2", "b1");
  const blocks = watchBlocks(chain.transport, { from: 0, clock: fastClock() });
  for (let i = 0; i < 3; i++) await blocks.next();
  chain.add(2, "c2", "b1");
  chain.add(3, "c3", "c2");
  assert.is((await transportErrorOf(blocks.next())).code, "malformed");
  const after = { height: 1n, hash: "other" };
  const strange = watchBlocks(chain.transport, { after, clock: fastClock() });
  assert.is((await transportErrorOf(strange.next())).code, "malformed");
});

test("an option that does not exist or cannot be is refused", async () => {
  const typo: object = { form: 5 };
  assert.match(
    String(await rejection(take(chainDouble().transport, 1, typo))),
    /unknown option form/,
  );
  const error = await rejection(take(chainDouble().transport, 1, { pollInterval: -1 }));
  assert.instance(error, RangeError);
});

test("property: whatever is skipped, lags or fails, all blocks come, once, in order", async () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(gaps, fc.nat(200), fc.infiniteStream(fc.nat(9)), async (steps, from, luck) => {
      const chain = chainDouble();
      chain.add(0, "b0", GENESIS_PARENT);
      const all: number[] = [0];
      let made = 0;
      const grow = (): void => {
        const step = steps[made++ % steps.length] ?? 1;
        const parent = all.at(-1) ?? 0;
        all.push(parent + step);
        chain.add(parent + step, `b${parent + step}`, `b${parent}`);
      };
      for (let i = 0; i < steps.length / 2; i++) grow();
      const flaky = between(chain.transport, () =>
        luck.next().value === 0
          ? Promise.reject(new TransportError("network", "reset"))
          : undefined,
      );
      const clock: Clock = { now: () => 0, sleep: async () => grow() };
      const blocks = await take(flaky, 20, { from, clock });
      assert.equal(heightsOf(blocks), all.filter((height) => height >= from).slice(0, 20));
    }),
    { numRuns: 20 },
  );
});

test.run();
