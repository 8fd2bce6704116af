import { suite } from "uvu";
import * as assert from "uvu/assert";
import { connect } from "yoctonear";
import { openStage } from "./stage.ts";

const test = suite("contracts: yield");
const ID = "oracle.near";

test("returns once anybody has brought the answer", async () => {
  const { as, deploy } = await openStage(ID, "alice.near", "bob.near");
  await deploy(ID, "yield");
  const asked = as("alice.near").call(ID, "ask", { question: "why?" }, { gas: "50 Tgas" });
  // Asking is under way: bob finds it as soon as there is something to answer.
  let isTaken: unknown = false;
  while (isTaken !== true) {
    isTaken = (await as("bob.near").call(ID, "answer", { id: 0, answer: "because" })).value;
  }
  const { value, logs } = await asked;
  assert.equal(value, { question: "why?", answer: "because" });
  assert.equal(logs, ["request 0"]);
  const again = await as("bob.near").call(ID, "answer", { id: 0, answer: "because" });
  assert.is(again.value, false);
});

test("returns without an answer when the time is up", async () => {
  const { as, deploy } = await openStage(ID, "alice.near");
  await deploy(ID, "yield");
  const { value, logs } = await as("alice.near").call(
    ID,
    "ask",
    { question: "why?" },
    { gas: "50 Tgas" },
  );
  assert.equal(value, { question: "why?", answer: null });
  assert.equal(logs, ["request 0", "nobody answered"]);
});

test("knows nothing of requests that nobody made", async () => {
  const { chain, deploy } = await openStage(ID, "alice.near");
  await deploy(ID, "yield");
  const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
  assert.is((await alice.call(ID, "answer", { id: 5, answer: "because" })).value, false);
});

test.run();
