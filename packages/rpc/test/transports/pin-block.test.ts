import { connect } from "@yoctonear/account";
import { createLocalnet } from "@yoctonear/localnet";
import {
  block,
  pinBlock,
  quorum,
  type RpcRequest,
  type Transport,
  viewAccount,
} from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { BROADCAST, idle, network, READ, rejection, scripted, value } from "./doubles.ts";

const HASH = "5rFKXZZNSnNRhMkTEFTD7kNVPbzbWEn3RzRbUBzrzRGY";
const QUERY: RpcRequest = {
  method: "query",
  params: { request_type: "x", finality: "optimistic" },
};

const test = suite("transports: pinBlock");

test("P42: many reads are of one block, however the chain goes on", async () => {
  const chain = await createLocalnet({
    accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" },
  });
  const pinned = pinBlock(chain.transport);
  const before = await viewAccount(pinned, { accountId: "alice.near" });
  const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
  await alice.transfer("bob.near", "5 NEAR", { wait: "FINAL" });
  const after = await viewAccount(pinned, { accountId: "alice.near" });
  assert.equal(after, before);
  assert.is((await block(pinned)).header.hash, before.block_hash);
  const fresh = await viewAccount(pinBlock(chain.transport), { accountId: "bob.near" });
  assert.is(BigInt(fresh.amount), 6n * 10n ** 24n);
});

test("the block is looked up once, at the first read, and everything else goes through", async () => {
  const inner = scripted((request: RpcRequest) =>
    request.method === "block" ? { header: { hash: HASH } } : "answer",
  );
  const pinned = pinBlock(inner);
  const named = { method: "query", params: { request_type: "x", block_id: 7 } };
  for (const request of [BROADCAST, READ, named]) await pinned(request);
  assert.equal(inner.asked, [BROADCAST, READ, named]);
  await Promise.all([pinned(QUERY), pinned(QUERY)]);
  const final = { method: "block", params: { finality: "final" } };
  const at = { method: "query", params: { request_type: "x", block_id: HASH } };
  assert.equal(inner.asked.slice(3), [final, at, at]);
});

test("who aborts a later read moves no block", async () => {
  let newest = 0;
  const inner = scripted(({ method }: RpcRequest) =>
    method === "block" ? { header: { hash: `block ${++newest}` } } : "answer",
  );
  const pinned = pinBlock(inner);
  await pinned(QUERY);
  const caller = new AbortController();
  const impatient = rejection(pinned(QUERY, { signal: caller.signal }));
  caller.abort("enough");
  assert.is(await impatient, "enough");
  await pinned(QUERY);
  assert.is(newest, 1);
});

test("the block that is told, by whom is told", async () => {
  const [inner, other] = [scripted(value("answer")), scripted(value({ header: { hash: HASH } }))];
  await pinBlock(inner, { block: { blockId: 7 }, from: other })(QUERY);
  assert.equal(other.asked, [{ method: "block", params: { block_id: 7 } }]);
  assert.is(inner.asked.length, 1);
});

test("a quorum reads at one block, where heads differ", async () => {
  const node =
    (head: string): Transport =>
    async ({ method, params }) => {
      if (method === "block") return { header: { hash: head } };
      return { amount: Reflect.get(Object(params), "block_id") };
    };
  const nodes = [node("a"), node("b"), node("c")];
  assert.equal(await pinBlock(quorum(nodes), { from: node("a") })(QUERY), { amount: "a" });
});

test("a question without an answer is asked again, and who leaves takes it from nobody", async () => {
  const inner = scripted(network(), value({ header: { hash: HASH } }), value("answer"));
  const pinned = pinBlock(inner);
  await rejection(pinned(QUERY));
  assert.is(await pinned(QUERY), "answer");

  const silent = pinBlock(scripted("silence", value({ header: { hash: HASH } }), value("answer")));
  const caller = new AbortController();
  const leaving = rejection(silent(QUERY, { signal: caller.signal }));
  await idle();
  caller.abort("enough");
  assert.is(await leaving, "enough");
  assert.is(await silent(QUERY), "answer");
});

test.run();
