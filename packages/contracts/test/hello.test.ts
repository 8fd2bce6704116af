// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openStage } from "./stage.ts";

const test = suite("contracts: hello");

test("says hello", async () => {
  const { as, near, deploy } = await openStage("hello.near");
  await deploy("hello.near", "hello");
  assert.is(await near.view("hello.near", "hello"), "Hello");
  assert.is((await as("hello.near").call("hello.near", "hello")).value, "Hello");
});

test.run();
