import { failover, guardChain, type Transport, WrongNetworkError } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { BROADCAST, idle, network, READ, rejection, scripted, silence, value } from "./doubles.ts";

/** A node of a chain, and the methods it was asked. */
function node(chainId: unknown): Transport & { readonly methods: string[] } {
  const methods: string[] = [];
  const send: Transport = async ({ method }) => {
    methods.push(method);
    return method === "status" ? { chain_id: chainId } : "answer";
  };
  return Object.assign(send, { methods });
}

const test = suite("transports: guardChain");

test("asks once, then lets everything through", async () => {
  const inner = node("mainnet");
  const send = guardChain(inner, "mainnet");
  assert.equal(await Promise.all([send(READ), send(READ)]), ["answer", "answer"]);
  await send(READ);
  assert.equal(inner.methods, ["status", "gas_price", "gas_price", "gas_price"]);
});

test("nothing goes to a wrong network, and the error names both", async () => {
  const inner = node("testnet");
  const send = guardChain(inner, "mainnet");
  for (const request of [BROADCAST, READ]) {
    const error = await rejection(send(request));
    if (!(error instanceof WrongNetworkError)) throw error;
    assert.equal(
      [error.code, error.expected, error.found],
      ["wrong_network", "mainnet", "testnet"],
    );
    assert.is(error.message, "expected the network mainnet, got testnet");
  }
  assert.equal(inner.methods, ["status"]);
});

test("a question without an answer is asked again by the next", async () => {
  const inner = scripted(
    network(),
    value({ chain_id: 5 }),
    value({ chain_id: "mainnet" }),
    value("answer"),
  );
  const send = guardChain(inner, "mainnet");
  await rejection(send(READ));
  assert.match(String(await rejection(send(READ))), /expected text/);
  assert.is(await send(READ), "answer");
});

test("who leaves takes the question from nobody else", async () => {
  let answer: (value: unknown) => void = () => {};
  const inner: Transport = ({ method }, { signal } = {}) =>
    method === "status"
      ? Promise.race([silence(signal), new Promise((resolve) => (answer = resolve))])
      : Promise.resolve("answer");
  const send = guardChain(inner, "mainnet");
  const caller = new AbortController();
  const leaving = rejection(send(READ, { signal: caller.signal }));
  const staying = send(READ);
  await idle();
  caller.abort("enough");
  assert.is(await leaving, "enough");
  answer({ chain_id: "mainnet" });
  assert.is(await staying, "answer");
});

test("who comes later shares the question, whoever has left", async () => {
  let asked = 0;
  let answer: (value: unknown) => void = () => {};
  const inner: Transport = ({ method }) => {
    if (method !== "status") return Promise.resolve("answer");
    asked++;
    return new Promise((resolve) => (answer = resolve));
  };
  const send = guardChain(inner, "mainnet");
  const caller = new AbortController();
  const calls = [send(READ)];
  const leaving = rejection(send(READ, { signal: caller.signal }));
  await idle();
  caller.abort("enough");
  await leaving;
  calls.push(send(READ));
  await idle();
  answer({ chain_id: "mainnet" });
  assert.equal(await Promise.all(calls), ["answer", "answer"]);
  assert.is(asked, 1);
});

test("when all have left, the next one asks anew", async () => {
  const inner = scripted("silence", value({ chain_id: "mainnet" }), value("answer"));
  const send = guardChain(inner, "mainnet");
  const caller = new AbortController();
  const leaving = rejection(send(READ, { signal: caller.signal }));
  await idle();
  caller.abort("enough");
  await leaving;
  assert.is(await send(READ), "answer");
});

test("a wrong endpoint among several is not passed over in silence", async () => {
  const endpoints = [node("testnet"), node("mainnet")].map((one) => guardChain(one, "mainnet"));
  const error = await rejection(failover(endpoints)(READ));
  assert.instance(error, WrongNetworkError);
});

test("a chain id is needed", () => {
  assert.throws(() => guardChain(scripted(), ""), /expected a chain id/);
});

test.run();
