// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Outcome } from "yoctonear";
import { openStage, type Stage } from "./stage.ts";

const test = suite("contracts: yield");
const ID = "oracle.near";

function ask({ as }: Stage): Promise<Outcome> {
  return as("alice.near").call(ID, "ask", { question: "why?" }, { gas: "50 Tgas" });
}

/** Returns whether somebody waited for the answer. */
async function answer({ as }: Stage, id = 0): Promise<unknown> {
  return (await as("bob.near").call(ID, "answer", { id, answer: "because" })).value;
}

async function open(): Promise<Stage> {
  const stage = await openStage(ID, "alice.near", "bob.near");
  await stage.deploy(ID, "yield");
  return stage;
}

test("returns once anybody has brought the answer", async () => {
  const stage = await open();
  const asked = ask(stage);
  while ((await answer(stage)) !== true);
  const { value, logs } = await asked;
  assert.equal(value, { question: "why?", answer: "because" });
  assert.equal(logs, ["request 0"]);
  assert.is(await answer(stage), false);
});

test("returns without an answer when the time is up", async () => {
  const stage = await open();
  const ends: string[] = [];
  const asked = ask(stage).finally(() => ends.push("settled"));
  while (ends.length === 0) await stage.chain.produceBlocks(20);
  const { value, logs } = await asked;
  assert.equal(value, { question: "why?", answer: null });
  assert.equal(logs, ["request 0", "nobody answered"]);
  assert.is(await answer(stage), false);
});

test("tells requests apart", async () => {
  const stage = await open();
  const first = ask(stage);
  while ((await answer(stage, 0)) !== true);
  const second = ask(stage);
  while ((await answer(stage, 1)) !== true);
  assert.equal((await first).logs, ["request 0"]);
  assert.equal((await second).logs, ["request 1"]);
});

test("knows nothing of requests that nobody made", async () => {
  assert.is(await answer(await open(), 5), false);
});

test.run();
