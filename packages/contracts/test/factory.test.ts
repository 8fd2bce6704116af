// Compiles WebAssembly at run time, which workerd forbids.
import { loadContract } from "@yoctonear/contracts";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { assertPanic, openStage, type Stage } from "./stage.ts";

const test = suite("contracts: factory");
const ID = "factory.near";
const OPTIONS = { gas: "100 Tgas", deposit: "2 NEAR" } as const;

async function open(): Promise<Stage> {
  const stage = await openStage(ID, "alice.near");
  await stage.deploy(ID, "factory");
  await stage.as(ID).call(ID, "store", await loadContract("counter"), { gas: "100 Tgas" });
  return stage;
}

test("makes accounts with the contract it stores, and calls their new", async () => {
  const { as, near } = await open();
  const args = { name: "first", args: { value: 7 } };
  assert.is((await as("alice.near").call(ID, "create", args, OPTIONS)).value, true);
  assert.is(await near.view(`first.${ID}`, "get"), 7);
  const code = await loadContract("counter");
  const { storage_usage } = await near.account(`first.${ID}`).state();
  assert.ok(Number(storage_usage) > code.length);
});

test("makes nothing and gives the money back when one of the actions fails", async () => {
  const { as, near, balanceOf } = await open();
  const before = await balanceOf("alice.near");
  const args = { name: "first", args: { value: "x" } };
  const { value, tokensBurnt } = await as("alice.near").call(ID, "create", args, OPTIONS);
  assert.is(value, false);
  assert.is(await near.account(`first.${ID}`).exists(), false);
  assert.is(await balanceOf("alice.near"), before - tokensBurnt);
});

test("lets nobody else store, and wants something stored", async () => {
  const { as, deploy } = await openStage(ID, "alice.near");
  await deploy(ID, "factory");
  await assertPanic(as("alice.near").call(ID, "store", {}), "Method store is private");
  await assertPanic(
    as("alice.near").call(ID, "create", { name: "first" }, OPTIONS),
    "No code is stored",
  );
});

test.run();
