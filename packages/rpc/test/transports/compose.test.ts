import {
  broadcastToAll,
  cache,
  deduplicate,
  failover,
  guardChain,
  hedge,
  isRpcError,
  limitConcurrency,
  observe,
  pinBlock,
  quorum,
  rateLimit,
  type RpcRequest,
  type Transport,
  TransportError,
  withRetry,
  withTimeout,
} from "@yoctonear/rpc";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  BROADCAST,
  fastClock,
  idle,
  READ,
  refusal,
  rejection,
  scripted,
  silence,
} from "./doubles.ts";

/** Time that never passes by itself, so that no limit ends what a test does not end. */
const still = { now: () => 0, sleep: (_: number, signal?: AbortSignal) => silence(signal) };

/** Every wrapper, as a transport of one. */
const WRAPPERS: { readonly [name: string]: (transport: Transport) => Transport } = {
  broadcastToAll: (inner) => broadcastToAll(inner, [inner]),
  cache: (inner) => cache(inner),
  deduplicate: (inner) => deduplicate(inner),
  failover: (inner) => failover([inner, inner]),
  guardChain: (inner) => guardChain(inner, "localnet"),
  hedge: (inner) => hedge([inner, inner], { clock: still }),
  limitConcurrency: (inner) => limitConcurrency(inner, 1000),
  pinBlock: (inner) => pinBlock(inner),
  observe: (inner) => observe(inner, { after: () => {} }),
  quorum: (inner) => quorum([inner, inner, inner]),
  rateLimit: (inner) => rateLimit(inner, { perSecond: 1000, burst: 1e6, clock: still }),
  withRetry: (inner) => withRetry(inner, { clock: fastClock(), budget: 1e9 }),
  withTimeout: (inner) => withTimeout(inner, 1000, { clock: still }),
};
const NAMES = Object.keys(WRAPPERS);

function wrapped(inner: Transport, names: readonly string[]): Transport {
  return names.reduce((transport, name) => WRAPPERS[name]?.(transport) ?? transport, inner);
}

/** A node that answers with what it was asked. */
const node: Transport = async (request, { signal } = {}) => {
  signal?.throwIfAborted();
  if (request.method === "status") return { chain_id: "localnet" };
  if (request.method === "silence") return silence(signal);
  if (request.method === "query") {
    const answer = refusal("UNKNOWN_ACCOUNT", { requested_account_id: "nobody.near" });
    throw typeof answer === "object" && "error" in answer ? answer.error : answer;
  }
  return { asked: request };
};

const anyOrder = fc
  .shuffledSubarray(NAMES, { minLength: 1, maxLength: 6 })
  .map((names): readonly string[] => names);

const test = suite("transports: all together");

for (const name of NAMES) {
  test(`${name} keeps the scope, of whatever kind, also when it changes`, () => {
    const plain = scripted();
    assert.is(wrapped(plain, [name]).scope, plain);
    assert.is(
      wrapped(Object.assign(scripted(), { scope: "chain" as const }), [name]).scope,
      "chain",
    );
    let scope = {};
    const localnet = Object.defineProperty(scripted(), "scope", { get: () => scope });
    const transport = wrapped(localnet, [name]);
    assert.is(transport.scope, scope);
    scope = {};
    assert.is(transport.scope, scope);
  });
}

test("property: in any order, answers and refusals come through", async () => {
  await fc.assert(
    fc.asyncProperty(anyOrder, async (names) => {
      const transport = wrapped(node, names);
      const block: RpcRequest = { method: "block", params: { block_id: "hash" } };
      for (const request of [READ, block, BROADCAST, READ, block]) {
        assert.equal(await transport(request), { asked: request });
      }
      const error = await rejection(transport({ method: "query", params: {} }));
      assert.ok(isRpcError(error, "UNKNOWN_ACCOUNT"));
    }),
  );
});

test("property: in any order, an abort ends the call at once, with the caller's reason", async () => {
  const patterns = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(anyOrder, patterns, async (names, moments) => {
      let open = 0;
      const transport = wrapped(async (request, options) => {
        open++;
        try {
          return await node(request, options);
        } finally {
          open--;
        }
      }, names);
      for (const isLate of moments) {
        const caller = new AbortController();
        const reason = { why: "changed my mind" };
        const request = { method: "silence", params: [] };
        const call = rejection(transport(request, { signal: caller.signal }));
        if (isLate) await idle();
        caller.abort(reason);
        assert.is(await call, reason);
        await idle();
        assert.is(open, 0);
      }
      assert.equal(await transport(READ), { asked: READ });
    }),
  );
});

test("property: in any order with a retry inside, lost answers do not show, and bytes stay the same", async () => {
  const luck = fc.infiniteStream(fc.nat(2));
  await fc.assert(
    fc.asyncProperty(anyOrder, luck, async (names, numbers) => {
      const sent = new Set<string>();
      const flaky: Transport = async (request, options) => {
        if (request.method === "send_tx") sent.add(JSON.stringify(request));
        const fault = numbers.next().value;
        if (fault === 0) throw new TransportError("network", "refused");
        const answer = await node(request, options);
        if (fault === 1) throw new TransportError("network", "reset");
        return answer;
      };
      const patient = withRetry(flaky, { attempts: 1000, budget: 2 ** 31 - 1, clock: fastClock() });
      const transport = wrapped(
        patient,
        names.filter((name) => name !== "withTimeout"),
      );
      assert.equal(await transport(READ), { asked: READ });
      assert.equal(await transport(BROADCAST), { asked: BROADCAST });
      assert.equal([...sent], [JSON.stringify(BROADCAST)]);
    }),
  );
});

test.run();
