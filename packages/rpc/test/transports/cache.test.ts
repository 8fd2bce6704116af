import { cache, type RpcRequest, type Transport } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { refusal, rejection, scripted, value } from "./doubles.ts";

const HASH = "5rFKXZZNSnNRhMkTEFTD7kNVPbzbWEn3RzRbUBzrzRGY";

/** Answers every request with what it counts, and with every name that an answer can have. */
function counting(extra: object = {}): Transport & { asked: number } {
  const transport = Object.assign(
    async () => ({
      asked: ++transport.asked,
      header: { height: 10, hash: HASH, chunk_hash: HASH },
      block_hash: HASH,
      block_height: 10,
      receipt_id: HASH,
      chain_id: "localnet",
      transaction: { hash: HASH },
      ...extra,
    }),
    { asked: 0 },
  );
  return transport;
}

/** Answers requests for chunks, each with its own. */
function chunks(extra: object = {}): Transport & { asked: number } {
  const transport = Object.assign(
    async ({ params }: RpcRequest) => {
      transport.asked++;
      return { header: { chunk_hash: Reflect.get(Object(params), "chunk_id") }, ...extra };
    },
    { asked: 0 },
  );
  return transport;
}

async function askedTwice(request: RpcRequest, extra: object = {}): Promise<number> {
  const inner = counting(extra);
  const send = cache(inner);
  await send(request);
  await send(request);
  return inner.asked;
}

const test = suite("transports: cache");

test("P42: what never changes is asked once", async () => {
  const params = { block_id: HASH };
  const kept: readonly RpcRequest[] = [
    { method: "block", params },
    { method: "chunk", params: { chunk_id: HASH } },
    { method: "query", params: { ...params, request_type: "view_account", account_id: "a.near" } },
    { method: "EXPERIMENTAL_view_account", params: { ...params, account_id: "a.near" } },
    { method: "changes", params: { ...params, changes_type: "account_changes", account_ids: [] } },
    { method: "block_effects", params },
    { method: "EXPERIMENTAL_receipt", params: { receipt_id: HASH } },
    { method: "genesis_config", params: [] },
  ];
  for (const request of kept) assert.is(await askedTwice(request), 1, request.method);
});

test("what may change is asked each time", async () => {
  const finality = "final";
  const asked: readonly RpcRequest[] = [
    { method: "block", params: { finality } },
    { method: "block", params: { block_id: 5 } },
    { method: "chunk", params: { block_id: 5, shard_id: 0 } },
    { method: "query", params: { finality, request_type: "view_account", account_id: "a.near" } },
    { method: "gas_price", params: [null] },
    { method: "gas_price", params: { block_id: null } },
    { method: "status", params: [] },
    { method: "validators", params: { epoch_id: HASH } },
    { method: "send_tx", params: { signed_tx_base64: "AA==" } },
    { method: "later_method", params: { block_id: HASH } },
  ];
  for (const request of asked) assert.is(await askedTwice(request), 2, request.method);
});

test("a height counts once a final block is seen at it or above", async () => {
  let asked = 0;
  const send = cache(async ({ params }) => {
    asked++;
    return { header: { height: Reflect.get(Object(params), "block_id") ?? 10 } };
  });
  const at = (height: number | bigint): RpcRequest => ({
    method: "block",
    params: { block_id: height },
  });
  await send(at(10));
  await send({ method: "block", params: { finality: "optimistic" } });
  await send(at(10));
  assert.is(asked, 3);
  await send({ method: "block", params: { finality: "final" } });
  for (const height of [10, 10, 0, 0, 10n, 11, 11]) await send(at(height));
  assert.is(asked, 8);
});

test("an answer that names something else is not kept: one lie is not one for ever", async () => {
  const other = "BWwZdhAhjAgKxZ5ycqn1CvXads5DjPMfj4kRdc1rWit8";
  const requests: readonly RpcRequest[] = [
    { method: "block", params: { block_id: other } },
    { method: "chunk", params: { chunk_id: other } },
    { method: "chunk", params: { block_id: HASH, shard_id: 0 } },
    { method: "query", params: { block_id: other, request_type: "view_account" } },
    { method: "EXPERIMENTAL_receipt", params: { receipt_id: other } },
    { method: "tx", params: { tx_hash: other } },
    { method: "tx", params: { signed_tx_base64: "AA==" } },
  ];
  for (const request of requests) {
    assert.is(await askedTwice(request, { final_execution_status: "FINAL" }), 2, request.method);
  }
  assert.is(await askedTwice({ method: "genesis_config", params: [] }, { chain_id: null }), 2);
});

test("a transaction counts once it is FINAL, whatever level is waited for", async () => {
  const ask = (wait: string): RpcRequest => ({
    method: "tx",
    params: { tx_hash: HASH, sender_account_id: "a.near", wait_until: wait },
  });
  assert.is(await askedTwice(ask("NONE"), { final_execution_status: "EXECUTED" }), 2);
  const inner = counting({ final_execution_status: "FINAL" });
  const send = cache(inner);
  await send(ask("NONE"));
  await send(ask("FINAL"));
  assert.is(inner.asked, 1);
});

test("errors, and failures within a result, are asked again", async () => {
  const request = { method: "block", params: { block_id: HASH } };
  const inner = scripted(refusal("UNKNOWN_BLOCK"), value("block"), value("block"));
  const send = cache(inner);
  await rejection(send(request));
  assert.is(await send(request), "block");
  const call = { method: "query", params: { block_id: HASH, request_type: "call_function" } };
  assert.is(await askedTwice(call, { error: "wasm execution failed", logs: [] }), 2);
});

test("everyone has a copy of one's own, also the first", async () => {
  const header = { hash: HASH };
  const send = cache(scripted(value({ header, list: [{ height: 2n ** 60n }] })));
  const request = { method: "block", params: { block_id: HASH } };
  for (let i = 0; i < 3; i++) {
    const answer = await send(request);
    assert.equal(answer, { header, list: [{ height: 2n ** 60n }] });
    Reflect.set(Object(answer), "list", []);
  }
});

test("what was not used for the longest time goes first", async () => {
  const inner = chunks();
  const send = cache(inner, { maxEntries: 2 });
  const chunk = (name: string): Promise<unknown> =>
    send({ method: "chunk", params: { chunk_id: name } });
  for (const name of ["a", "b", "a", "c", "a"]) await chunk(name);
  assert.is(inner.asked, 3);
  await chunk("b");
  assert.is(inner.asked, 4);
});

test("bytes are bounded, and one answer too large is never kept", async () => {
  const text = "x".repeat(1000);
  const request = (name: string): RpcRequest => ({ method: "chunk", params: { chunk_id: name } });
  const large = chunks({ text: text.repeat(10) });
  const small = cache(large, { maxBytes: 10_000 });
  await small(request("a"));
  await small(request("a"));
  assert.is(large.asked, 2);
  const inner = chunks({ text });
  const send = cache(inner, { maxBytes: 10_000 });
  for (let i = 0; i < 20; i++) await send(request(`${i}`));
  await send(request("19"));
  assert.is(inner.asked, 20);
  await send(request("0"));
  assert.is(inner.asked, 21);
});

test("numbers and lists count as well", async () => {
  const inner = chunks({ list: Array.from({ length: 200 }, (_, index) => [index, { a: index }]) });
  const send = cache(inner, { maxBytes: 10_000 });
  const request = { method: "chunk", params: { chunk_id: "a" } };
  await send(request);
  await send(request);
  assert.is(inner.asked, 2);
});

test("a chain that went back in time is another one", async () => {
  let scope = {};
  const inner = Object.defineProperty(counting(), "scope", { get: () => scope });
  const send = cache(inner);
  const request = { method: "tx", params: { tx_hash: HASH } };
  const block = { method: "chunk", params: { chunk_id: HASH } };
  await send(block);
  scope = {};
  await send(block);
  await send(block);
  await send(request);
  assert.is(inner.asked, 3);
  assert.is(send.scope, scope);
});

test("an aborted caller gets nothing, not even what is kept", async () => {
  const send = cache(counting());
  const request = { method: "chunk", params: { chunk_id: HASH } };
  await send(request);
  assert.is(await rejection(send(request, { signal: AbortSignal.abort("no") })), "no");
});

test.run();
