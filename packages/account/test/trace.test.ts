// Compiles WebAssembly at run time, which workerd forbids.
import { connect, formatTrace, readTrace, transfer, signingAccount } from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import type { RpcTransactionResponse } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection, setStage } from "./stage.ts";

const test = suite("trace: the tree of receipts");

const GAS = { gas: "100 Tgas" } as const;

test("shows account, method, gas, deposit, logs, result of every receipt", async () => {
  const { near, alice } = await setStage({ "caller.near": "cross-contract", "c.near": "counter" });
  const args = { account_id: "c.near", method: "increment", args: { by: 2 } };
  const { hash } = await alice.call("caller.near", "ask", args, GAS);
  const outcome = await near.trace(hash, "alice.near", { wait: "FINAL" });
  assert.equal(shape(outcome.tree()), [
    "alice.near → caller.near  HASH",
    '└─ caller.near: ask({"account_id":"c.near","method":"increment","args":{"by":2}}) with 100 Tgas',
    '   ├─ c.near: increment({"by":2}) with 5 Tgas',
    "   │  │  log: Changed number to 2",
    "   │  │  = 2",
    "   │  └─ alice.near: refund of AMOUNT",
    "   ├─ caller.near: on_answer({}) with 5 Tgas (callback) (returned)",
    "   │  │  log: the other contract answered",
    '   │  │  = {"answer":2}',
    "   │  └─ alice.near: refund of AMOUNT",
    "   └─ alice.near: refund of AMOUNT",
    "in all, for AMOUNT",
  ]);
});

test("gas stands in a column, and adds up to the outcome's", async () => {
  const { near, alice } = await setStage({ "c.near": "counter" });
  const { hash } = await alice.call("c.near", "increment");
  const outcome = await near.trace(hash, "alice.near", { wait: "FINAL" });
  const lines = outcome.tree().split("\n");
  assert.ok(lines.every((line) => /^( {8}| {3}\d\.\d{3}) {2}/.test(line)));
  const total = (Number(outcome.gasBurnt) / 1e12).toFixed(3);
  assert.ok(lines.at(-1)?.startsWith(`   ${total}  in all`));
});

test("shows what failed, where, and the deposits that came back", async () => {
  const { near, alice } = await setStage({ "caller.near": "cross-contract", "c.near": "counter" });
  const args = { account_id: "c.near", method: "new" };
  const error = await rejection(
    alice.call("caller.near", "pass_on", args, { ...GAS, deposit: "1 NEAR" }),
  );
  assert.ok(isNearError(error, "failed") && "hash" in error);
  const outcome = await near.trace(String(error.hash), "alice.near", { wait: "FINAL" });
  assert.equal(shape(outcome.tree()).slice(2, 5), [
    "   ├─ c.near: new({}) with 5 Tgas and AMOUNT (returned)",
    "   │  │  failed: action 0: ExecutionError: Smart contract panicked: Method new doesn't accept deposit",
    "   │  ├─ caller.near: refund of AMOUNT",
  ]);
  const [first] = outcome.trace().receipts;
  assert.is(first?.receipts[0]?.failure?.kind, "ExecutionError");
});

test("tells what the outcomes tell where the node sent no receipts", async () => {
  const { alice } = await setStage({ "caller.near": "cross-contract", "c.near": "counter" });
  const args = { account_id: "c.near", method: "increment" };
  const outcome = await alice.call("caller.near", "ask", args, GAS);
  assert.equal(shape(outcome.tree()).slice(0, 5), [
    "alice.near → caller.near  HASH",
    '└─ caller.near: ask({"account_id":"c.near","method":"increment"}) with 100 Tgas',
    "   ├─ c.near",
    "   │  │  log: Changed number to 1",
    "   │  │  = 1",
  ]);
});

test("a transaction that is not executed yet has a tree of one", async () => {
  const { alice } = await setStage();
  const outcome = await alice.transfer("bob.near", "1 NEAR", { wait: "NONE" });
  assert.equal(shape(outcome.tree()), [
    "transaction  HASH (not executed yet)",
    "in all, for AMOUNT",
  ]);
});

test("as data: each receipt with its outcome, gas profile included", async () => {
  const { near, alice } = await setStage({ "c.near": "counter" });
  const { hash } = await alice.call("c.near", "increment");
  const trace = (await near.trace(hash, "alice.near", { wait: "FINAL" })).trace();
  assert.is(trace.id, hash);
  assert.is(trace.predecessorId, "alice.near");
  assert.is(trace.receiverId, "c.near");
  const [call] = trace.receipts;
  assert.ok((call?.outcome?.metadata?.gas_profile ?? []).length > 0);
  assert.equal(call?.bytes, new TextEncoder().encode("1"));
  assert.is(call?.isCallback, false);
  assert.is(typeof call?.blockHash, "string");
  const [refund] = call?.receipts ?? [];
  assert.is(refund?.predecessorId, "system");
  assert.equal(refund?.receipts, []);
});

test("free functions give it as data and as text", async () => {
  const { chain } = await setStage();
  const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
  const { hash, response, tree } = await transfer(alice, "bob.near", "1 NEAR");
  assert.is(tree, undefined);
  assert.is(shape(formatTrace(readTrace(hash, response)))[1], "└─ bob.near: transfer AMOUNT");
});

test("sent by hand and asked for, an outcome has its tree", async () => {
  const { near, alice } = await setStage();
  const { hash } = await alice.transfer("bob.near", "1 NEAR");
  const asked = await near.status(hash, "alice.near");
  assert.match(asked.tree(), "bob.near: transfer 1 NEAR");
});

test("foreign text cannot pass for a line, act on a terminal, or fill it", () => {
  const logs = [
    "\u001b[31mred\u001b[0m",
    "a\n   0.000  └─ bank.near: paid",
    "\u202Egnorw",
    "x".repeat(500),
  ];
  const lines = formatTrace(readTrace("hash", answer({ logs }))).split("\n");
  assert.is(lines.length, 2 + logs.length);
  assert.equal(lines.slice(1, -1), [
    "          log: \uFFFD[31mred\uFFFD[0m",
    "          log: a 0.000 └─ bank.near: paid",
    "          log: \uFFFDgnorw",
    `          log: ${"x".repeat(100)}…`,
  ]);
});

test("a spoilt answer, whose receipts made each other, has an end", () => {
  const trace = readTrace("hash", answer({ receipt_ids: ["hash", "a", "a"] }));
  assert.equal(
    trace.receipts.map(({ id }) => id),
    ["a"],
  );
});

test("asks for the tree by the signer, and refuses misspelt options", async () => {
  const near = connect(() => Promise.reject(new Error("unasked for")));
  assert.ok(isNearError(await rejection(near.trace("hash", "BAD")), "invalid_account_id"));
  const options = { waitUntil: "FINAL", wait: "FINAL" } as const;
  assert.match(String(await rejection(near.trace("hash", "alice.near", options))), "got waitUntil");
});

test.run();

/** The lines without their gas, with names for what differs from run to run. */
function shape(tree: string): string[] {
  return tree.split("\n").map((line) =>
    line
      .slice(10)
      .replace(/\b[\w]{43,44}\b/, "HASH")
      .replace(/\b[\d.]+ NEAR/, "AMOUNT"),
  );
}

/** The answer of a node about one transaction. */
function answer(parts: {
  readonly logs?: readonly string[];
  readonly receipt_ids?: readonly string[];
}): RpcTransactionResponse {
  const outcome = {
    executor_id: "alice.near",
    gas_burnt: 0n,
    tokens_burnt: "0",
    logs: [],
    receipt_ids: [],
    status: { SuccessValue: "" },
    ...parts,
  };
  const entry = { id: "hash", block_hash: "block", proof: [], outcome };
  return { final_execution_status: "FINAL", transaction_outcome: entry, receipts_outcome: [] };
}
