// Compiles WebAssembly at run time, which workerd forbids.
import { connect, signingAccount, TransactionError } from "@yoctonear/account";
import { contract } from "@yoctonear/account/contract";
import { isNearError } from "@yoctonear/base";
import type { RpcRequest, Transport } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection, setStage } from "./stage.ts";

const test = suite("contract: typed by an interface");

interface Counter {
  readonly view: { get(): number };
  readonly call: {
    new: (args?: { value?: number }) => void;
    increment(args: { by?: number }): number;
  };
}

/** A node that only counts what it is asked. */
function counting(): { readonly transport: Transport; readonly asked: RpcRequest[] } {
  const asked: RpcRequest[] = [];
  const transport: Transport = (request) => {
    asked.push(request);
    return Promise.reject(new Error("unasked for"));
  };
  return { transport, asked };
}

test("views and calls, arguments and options, results decoded", async () => {
  const { near, alice } = await setStage({ "counter.near": "counter" });
  const counter = contract<Counter>(near, "counter.near");
  assert.is(counter.contractId, "counter.near");
  const before = await near.viewOutcome("counter.near", "get");
  await counter.call(alice).new({ value: 40 });
  const outcome = await counter.call(alice).increment({ by: 2 }, { gas: "10 Tgas", wait: "FINAL" });
  assert.is(outcome.value, 42);
  assert.is(outcome.level, "FINAL");
  assert.match(outcome.tree(), 'counter.near: increment({"by":2}) with 10 Tgas');
  assert.is(await counter.view.get(), 42);
  assert.is(await counter.view.get({}, { block: { blockId: before.blockHash } }), 0);
  const error = await rejection(counter.call(alice).new());
  assert.instance(error, TransactionError);
});

test("takes the accounts of the free functions", async () => {
  const { chain } = await setStage({ "counter.near": "counter" });
  const { transport } = chain;
  const counter = contract<Counter>({ transport }, "counter.near");
  const alice = signingAccount(transport, "alice.near", chain.signer("alice.near"));
  assert.is((await counter.call(alice).increment({})).value, 1);
});

test("P46: awaiting it, showing it and writing it as JSON call nothing", async () => {
  const { transport, asked } = counting();
  const near = connect(transport);
  const counter = contract<Counter>(near, "counter.near");
  const wallet = near.account("alice.near", {
    execute: () => Promise.reject(new Error("unasked")),
  });
  for (const methods of [counter.view, counter.call(wallet)]) {
    assert.is(await Promise.resolve(methods), methods);
    assert.is(JSON.stringify(methods), "{}");
    assert.is(String(methods), "[object Object]");
    assert.equal(Object.keys(methods), []);
    assert.equal({ ...methods }, {});
    assert.ok(Number.isNaN(Number(methods)));
    assert.not(Symbol.iterator in methods);
    assert.throws(() => Object.assign(methods, { get: 1 }), TypeError);
  }
  assert.equal(asked, []);
});

test("refuses a contract id and an account that are none", async () => {
  const { transport, asked } = counting();
  const near = connect(transport);
  assert.throws(
    () => contract<Counter>(near, "BAD ID!!"),
    (error: unknown) => isNearError(error, "invalid_account_id"),
  );
  const counter = contract<Counter>(near, "counter.near");
  for (const account of [near.account("alice.near"), undefined, "alice.near", near]) {
    // @ts-expect-error none of them signs
    assert.throws(() => counter.call(account), /expected an account with a signer/);
  }
  assert.equal(asked, []);
});

test.run();
