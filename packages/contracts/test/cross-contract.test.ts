// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { assertPanic, failureOf, openStage, type Stage } from "./stage.ts";

const test = suite("contracts: cross-contract calls");
const ID = "caller.near";
const GAS = { gas: "100 Tgas" } as const;

/** Three counters at 1, 2 and 3. */
async function open(): Promise<Stage> {
  const stage = await openStage(ID, "alice.near", "one.near", "two.near", "three.near");
  await stage.deploy(ID, "cross-contract");
  await stage.deploy("one.near", "counter", { value: 1 });
  await stage.deploy("two.near", "counter", { value: 2 });
  await stage.deploy("three.near", "counter", { value: 3 });
  return stage;
}

test("asks another contract, and hears the answer in a callback", async () => {
  const { as } = await open();
  const args = { account_id: "two.near", method: "increment", args: { by: 40 } };
  const { value, logs } = await as("alice.near").call(ID, "ask", args, GAS);
  assert.equal(value, { answer: 42 });
  assert.equal(logs, ["Changed number to 42", "the other contract answered"]);
});

test("handles a contract that fails, and one that is not there", async () => {
  const { as, near } = await open();
  const ask = (account_id: string, method: string) =>
    as("alice.near").call(ID, "ask", { account_id, method }, GAS);
  const { value, logs, failure } = await ask("two.near", "fly");
  assert.equal(value, { failed: true });
  assert.equal(logs, ["the other contract failed"]);
  assert.is(failure, undefined);
  assert.equal((await ask("alice.near", "get")).value, { failed: true });
  assert.equal((await ask("nobody.near", "get")).value, { failed: true });
  assert.is(await near.view("two.near", "get"), 2);
});

test("asks several at once, and joins their answers", async () => {
  const { as } = await open();
  const ask = (account_ids: readonly string[], method: string) =>
    as("alice.near").call(ID, "ask_all", { account_ids, method }, GAS);
  assert.equal((await ask(["one.near", "two.near", "three.near"], "get")).value, [1, 2, 3]);
  assert.equal((await ask(["one.near", "alice.near", "three.near"], "get")).value, [1, null, 3]);
  assert.equal((await ask(["three.near"], "reset")).value, [null]);
});

test("passes another contract's result on, and its failure", async () => {
  const { as } = await open();
  const pass = (method: string) =>
    as("alice.near").call(ID, "pass_on", { account_id: "one.near", method, args: {} }, GAS);
  assert.is((await pass("increment")).value, 2);
  assert.is((await failureOf(pass("fly"))).kind, "MethodNotFound");
});

test("gives a deposit back that another contract refuses to the caller that attached it", async () => {
  const { as, balanceOf } = await open();
  const before = await balanceOf(ID);
  const args = { account_id: "one.near", method: "reset", args: {} };
  await assertPanic(
    as("alice.near").call(ID, "pass_on", args, { ...GAS, deposit: "5 NEAR" }),
    "Method reset doesn't accept deposit",
  );
  // The refund of a promise goes to the contract that made it.
  assert.ok((await balanceOf(ID)) >= before + 5n * 10n ** 24n);
});

test("tells another contract something and does not wait", async () => {
  const { as, near } = await open();
  const args = { account_id: "one.near", method: "increment" };
  const { value } = await as("alice.near").call(ID, "tell", args, GAS);
  assert.is(value, undefined);
  assert.is(await near.view("one.near", "get"), 2);
});

test("pays, and gives the money back when nobody is there", async () => {
  const { as, balanceOf } = await open();
  const pay = (account_id: string) =>
    as("alice.near").call(ID, "pay", { account_id }, { ...GAS, deposit: "5 NEAR" });
  const before = await balanceOf("one.near");
  assert.is((await pay("one.near")).value, true);
  assert.is(await balanceOf("one.near"), before + 5n * 10n ** 24n);

  const mine = await balanceOf("alice.near");
  const { value, tokensBurnt } = await pay("nobody.near");
  assert.is(value, false);
  assert.is(await balanceOf("alice.near"), mine - tokensBurnt);
});

test("keeps its callbacks to itself", async () => {
  const { as } = await open();
  for (const method of ["on_answer", "on_answers", "on_paid"]) {
    await assertPanic(as("alice.near").call(ID, method), `Method ${method} is private`);
  }
});

test.run();
