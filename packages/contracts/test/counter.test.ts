// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { assertPanic, failureOf, openStage } from "./stage.ts";

const test = suite("contracts: counter");
const ID = "counter.near";

test("begins with what new was given, once", async () => {
  const { as, near, deploy } = await openStage(ID, "alice.near");
  await deploy(ID, "counter", { value: -5 });
  assert.is(await near.view(ID, "get"), -5);
  await assertPanic(
    as("alice.near").call(ID, "new", { value: 1 }),
    "The contract has already been initialized",
  );
});

test("counts up and down for anybody, by 1 or as much as told", async () => {
  const { as, near, deploy } = await openStage(ID, "alice.near");
  await deploy(ID, "counter");
  const alice = as("alice.near");
  assert.is((await alice.call(ID, "increment")).value, 1);
  const { value, logs } = await alice.call(ID, "increment", { by: 41 });
  assert.is(value, 42);
  assert.equal(logs, ["Changed number to 42"]);
  assert.is((await alice.call(ID, "decrement")).value, 41);
  assert.is(await near.view(ID, "get", {}), 41);
});

test("resets", async () => {
  const { as, near, deploy } = await openStage(ID, "alice.near");
  await deploy(ID, "counter", { value: 7 });
  const { logs, value } = await as("alice.near").call(ID, "reset");
  assert.equal(logs, ["Reset counter to zero"]);
  assert.is(value, undefined);
  assert.is(await near.view(ID, "get"), 0);
});

test("stays as it was when a call fails: bad arguments, a deposit, a full counter, no such method", async () => {
  const { as, near, deploy } = await openStage(ID, "alice.near");
  await deploy(ID, "counter", { value: "9223372036854775807" });
  const alice = as("alice.near");
  await assertPanic(alice.call(ID, "increment"), "The counter is full");
  await assertPanic(alice.call(ID, "increment", { by: "x" }), "expected decimal digits");
  await assertPanic(
    alice.call(ID, "increment", new TextEncoder().encode('{"by":1')),
    "Failed to deserialize input from JSON.: EOF while parsing a value",
  );
  await assertPanic(
    alice.call(ID, "reset", {}, { deposit: 1n }),
    "Method reset doesn't accept deposit",
  );
  assert.is((await failureOf(alice.call(ID, "fly"))).kind, "MethodNotFound");
  assert.is(await near.view(ID, "get"), 9_223_372_036_854_775_807n);
});

test("gives the deposit of a failed call back", async () => {
  const { as, deploy, balanceOf } = await openStage(ID, "alice.near");
  await deploy(ID, "counter");
  const before = await balanceOf("alice.near");
  const { outcome } = await failureOf(
    as("alice.near").call(ID, "reset", {}, { deposit: "10 NEAR" }),
  );
  assert.is(await balanceOf("alice.near"), before - (outcome?.tokensBurnt ?? 0n));
});

test.run();
