// Compiles WebAssembly at run time, which workerd forbids.
import { connect, panicOf, TransactionError } from "@yoctonear/account";
import { encodeBase64, encodeUtf8, isNearError } from "@yoctonear/base";
import { isRpcError, type RpcRequest, type Transport } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection, setStage } from "./stage.ts";

const test = suite("call and view: contracts");

/** A node that answers any view call, and keeps the arguments that it got. */
function answering(answer: object): {
  readonly transport: Transport;
  readonly asked: RpcRequest[];
} {
  const asked: RpcRequest[] = [];
  const transport: Transport = async (request) => {
    asked.push(request);
    return { logs: [], block_height: 7, block_hash: "1".repeat(32), ...answer };
  };
  return { transport, asked };
}

test("P44: a call resolves with what the method returned, decoded, its logs, its gas", async () => {
  const { near, alice } = await setStage({ "counter.near": "counter" });
  await alice.call("counter.near", "new", { value: 41 });
  const outcome = await alice.call("counter.near", "increment", {}, { gas: "10 Tgas" });
  assert.is(outcome.value, 42);
  assert.equal(outcome.bytes, encodeUtf8("42"));
  assert.equal(outcome.logs, ["Changed number to 42"]);
  assert.ok(outcome.gasBurnt > 10n ** 12n);
  assert.is(await near.view("counter.near", "get"), 42);
  assert.is((await alice.call("counter.near", "reset")).value, undefined);
});

test("P44: a view tells bytes, logs and block where they are asked for", async () => {
  const { near } = await setStage({ "counter.near": "counter" });
  const { bytes, value, blockHeight } = await near.viewOutcome("counter.near", "get");
  assert.equal(bytes, encodeUtf8("0"));
  assert.is(value, 0);
  assert.ok(blockHeight > 0n);
  const { transport } = answering({ result: [255, 0], logs: ["one", "two"] });
  assert.equal(await connect(transport).viewOutcome("app.near", "get"), {
    value: undefined,
    bytes: Uint8Array.of(255, 0),
    logs: ["one", "two"],
    blockHeight: 7n,
    blockHash: "1".repeat(32),
  });
  const id = await rejection(connect(transport).viewOutcome("BAD", "get"));
  assert.ok(isNearError(id, "invalid_account_id"));
});

test("P39: a view reads at an old block", async () => {
  const { near, alice } = await setStage({ "counter.near": "counter" });
  const { blockHeight, blockHash } = await near.viewOutcome("counter.near", "get");
  await alice.call("counter.near", "increment");
  assert.is(await near.view("counter.near", "get"), 1);
  for (const blockId of [blockHeight, Number(blockHeight), blockHash]) {
    assert.is(await near.view("counter.near", "get", {}, { block: { blockId } }), 0);
  }
});

test("arguments are whatever JSON has, or bytes", async () => {
  const { transport, asked } = answering({ result: [] });
  const near = connect(transport);
  for (const [args, json] of [
    [undefined, "{}"],
    [{ a: 1 }, '{"a":1}'],
    [["a", 1], '["a",1]'],
    ["text", '"text"'],
    [7, "7"],
    [false, "false"],
    [null, "null"],
    [encodeUtf8("raw"), "raw"],
    [new Uint8Array(), ""],
  ] as const) {
    await near.view("app.near", "get", args);
    const { args_base64 } = Object(asked.at(-1)?.params);
    assert.is(args_base64, encodeBase64(encodeUtf8(json)));
  }
  for (const args of [{ amount: 1n }, [NaN], { inner: new Map() }]) {
    assert.instance(await rejection(near.view("app.near", "get", args)), TypeError);
  }
});

test("P40: u64 and u128 come back exactly, as numbers and as text", async () => {
  const big = 2n ** 128n - 1n;
  const { transport } = answering({ result: [...encodeUtf8(`{"n":${big},"text":"${big}"}`)] });
  const value = await connect(transport).view("app.near", "get");
  assert.equal(value, { n: big, text: `${big}` });
});

test("a panic in a transaction: what was said, which action, logs and receipts", async () => {
  const { alice } = await setStage({ "counter.near": "counter" });
  await alice.call("counter.near", "new");
  const error = await rejection(alice.call("counter.near", "new", {}, { gas: "5 Tgas" }));
  assert.ok(error instanceof TransactionError);
  assert.is(error.code, "failed");
  assert.is(panicOf(error), "The contract has already been initialized");
  assert.is(
    error.message,
    `transaction ${error.hash} failed: action 0: ExecutionError: Smart contract panicked: The contract has already been initialized`,
  );
  assert.equal(error.outcome?.logs, []);
  assert.match(error.outcome?.tree?.() ?? "", "failed: action 0: ExecutionError");
});

test("a contract that hears of another's failure, and one that hands it on", async () => {
  const { alice } = await setStage({
    "caller.near": "cross-contract",
    "counter.near": "counter",
  });
  const outcome = await alice.call(
    "caller.near",
    "ask",
    { account_id: "counter.near", method: "no_such_method" },
    { gas: "100 Tgas" },
  );
  assert.equal(outcome.value, { failed: true });
  assert.equal(outcome.logs, ["the other contract failed"]);
  const error = await rejection(
    alice.call(
      "caller.near",
      "pass_on",
      { account_id: "counter.near", method: "no_such_method" },
      { gas: "100 Tgas" },
    ),
  );
  assert.ok(error instanceof TransactionError);
  assert.is(error.kind, "MethodNotFound");
  assert.is(panicOf(error), undefined);
});

test("a call that yields is waited for until somebody resumes it", async () => {
  const { near, alice, bob } = await setStage({ "oracle.near": "yield" });
  const gas = { gas: "100 Tgas", pollInterval: 5 } as const;
  const asking = alice.call("oracle.near", "ask", { question: "why?" }, gas);
  const asked = await alice.call(
    "oracle.near",
    "ask",
    { question: "who?" },
    { ...gas, wait: "INCLUDED" },
  );
  assert.is(asked.value, undefined);
  await bob.call("oracle.near", "answer", { id: 1, answer: "me" }, gas);
  await bob.call("oracle.near", "answer", { id: 0, answer: "so" }, gas);
  assert.equal((await asking).value, { question: "why?", answer: "so" });
  const { value, tree } = await near.trace(asked.hash, "alice.near");
  assert.equal(value, { question: "who?", answer: "me" });
  assert.match(tree(), "(callback) (returned)");
});

test("a panic in a view: what was said", async () => {
  const { near } = await setStage({ "counter.near": "counter" });
  const error = await rejection(near.view("counter.near", "new", { value: "x" }));
  assert.ok(isRpcError(error, "CONTRACT_EXECUTION_ERROR"));
  assert.match(panicOf(error) ?? "", /got x$/);
  const missing = await rejection(near.view("counter.near", "no_such_method"));
  assert.ok(isRpcError(missing, "CONTRACT_EXECUTION_ERROR"));
  assert.match(missing.message, "MethodNotFound");
  assert.is(panicOf(missing), undefined);
});

test("a panic is read from either form of a view's error, with Rust's escapes undone", async () => {
  const debug = 'say \\"hi\\" } \\\\ \\n\\t\\u{7}\\u{1f600}\\\'é';
  const answer = {
    error: `wasm execution failed with error: HostError(GuestPanic { panic_msg: "${debug}" })`,
  };
  const error = await rejection(connect(answering(answer).transport).view("app.near", "get"));
  assert.is(panicOf(error), `say "hi" } \\ \n\t\u{7}\u{1f600}'é`);
  const older = {
    error:
      'wasm execution failed with error: FunctionCallError(HostError(GuestPanic { panic_msg: "no" }))',
  };
  const wrapped = await rejection(connect(answering(older).transport).view("app.near", "get"));
  assert.is(panicOf(wrapped), "no");
  for (const said of ["", "two\nlines"]) {
    const data = { vm_error: { ExecutionError: `Smart contract panicked: ${said}` } };
    assert.is(panicOf(Object.assign(new Error("typed"), { data })), said);
  }
  for (const data of [undefined, null, 7, {}, { vm_error: 7 }, "Exceeded the prepaid gas."]) {
    assert.is(panicOf(Object.assign(new Error("other"), { data })), undefined);
    assert.is(panicOf(data), undefined);
  }
});

test.run();
