// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openStage } from "./stage.ts";

const test = suite("contracts: multisig");

test("an authorization holds when enough members approve, each of whom is named", async () => {
  const { near, deploy } = await openStage("dao.near");
  await deploy("dao.near", "multisig", { members: ["alice.near", "bob.near"], threshold: 1 });
  const ask = (authorization: object, path: unknown = []) =>
    near.view("dao.near", "w_resolve_auth", { path, authorization: JSON.stringify(authorization) });
  const alice = { account_id: "alice.near", authorization: 'a "quoted" text' };
  const bob = { account_id: "bob.near", authorization: "{}" };
  assert.equal(await ask({ payload: "yes", approvals: [alice, bob] }, ["top.near"]), {
    payload: "yes",
    pending: [
      { ...alice, expect: "yes" },
      { ...bob, expect: "yes" },
    ],
  });
  const fails = async (asked: Promise<unknown>, pattern: RegExp) => {
    const error: unknown = await asked.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.match(String(error), pattern);
  };
  await fails(ask({ payload: "yes", approvals: [] }), /too few approvals/);
  await fails(ask({ payload: "yes", approvals: [alice, alice] }), /alice.near approves twice/);
  const carol = { account_id: "carol.near", authorization: "" };
  await fails(ask({ payload: "yes", approvals: [alice, carol] }), /carol.near is no member/);
  await fails(ask({ approvals: [alice] }), /missing field `payload`/);
  await fails(ask({ payload: "yes", approvals: [alice] }, "top.near"), /expected a list/);
});

test("without a threshold, a payload alone is enough", async () => {
  const { near, deploy } = await openStage("open.near");
  await deploy("open.near", "multisig", { members: [], threshold: 0 });
  const authorization = JSON.stringify({ payload: "yes", approvals: [] });
  assert.equal(await near.view("open.near", "w_resolve_auth", { path: [], authorization }), {
    payload: "yes",
  });
});

test.run();
