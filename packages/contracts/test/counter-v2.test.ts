// Compiles WebAssembly at run time, which workerd forbids.
import { loadContract } from "@yoctonear/contracts";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { deployContract, functionCall } from "yoctonear";
import { assertPanic, openStage } from "./stage.ts";

const test = suite("contracts: counter, next version");
const ID = "counter.near";

test("takes the state of the first version over, once", async () => {
  const { as, near, deploy } = await openStage(ID);
  await deploy(ID, "counter", { value: 7 });
  const owner = as(ID);
  await owner.send(ID, [deployContract(await loadContract("counter-v2")), functionCall("migrate")]);
  assert.equal(await near.view(ID, "get"), { value: 7, changes: 0 });
  await owner.call(ID, "increment", { by: 3 });
  assert.equal(await near.view(ID, "get"), { value: 10, changes: 1 });
  await assertPanic(owner.call(ID, "migrate"), "The state has already been migrated");
});

test("is not there when its migration fails", async () => {
  const { as, near, deploy } = await openStage(ID);
  await deploy(ID, "counter", { value: 7 });
  const code = await loadContract("counter-v2");
  const actions = [deployContract(code), functionCall("migrate", {}, { deposit: 1n })];
  await assertPanic(as(ID).send(ID, actions), "Method migrate doesn't accept deposit");
  assert.is(await near.view(ID, "get"), 7);
});

test.run();
