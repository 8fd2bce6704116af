// Compiles WebAssembly at run time, which workerd forbids.
import { describeFailure, hintOf, isTransactionError } from "@yoctonear/account";
import { RpcError, TransportError } from "@yoctonear/rpc";
import { functionCall, functionCallAccess, transfer } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection, setStage } from "./stage.ts";

const test = suite("hintOf, isTransactionError: errors for people and for programs");

test("says what to do about errors of transactions, of nodes and of receipts", async () => {
  const { alice, near, chain } = await setStage({ "counter.near": "counter" });
  const call = (gas: "100 Ggas" | "30 Tgas", method = "increment"): Promise<unknown> =>
    rejection(alice.send("counter.near", [functionCall(method, {}, { gas })]));
  const key = chain.signer("limited");
  await alice.addKey(
    key.publicKey,
    functionCallAccess("counter.near", { methods: "any", allowance: "unlimited" }),
  );
  const limited = near.account("alice.near", key);
  for (const [error, hint] of [
    [await rejection(alice.transfer("bob.near", "1000 NEAR")), /hold more NEAR/],
    [await rejection(alice.transfer("nobody.near", "1 NEAR")), /misspelt/],
    [await call("100 Ggas"), /attach more/],
    [await call("30 Tgas", "incremnt"), /no such method/],
    [await rejection(limited.transfer("bob.near", "1 NEAR")), /full-access key/],
    [await rejection(near.account("nobody.near").state()), /misspelt/],
    [describeFailure({ InvalidAccessKeyError: "RequiresFullAccess" }), /full-access key/],
  ] as const) {
    assert.match(String(hintOf(error)), hint);
  }
});

test("says nothing where it knows nothing", () => {
  const errors = [
    undefined,
    null,
    "Expired",
    new Error("UNKNOWN_ACCOUNT"),
    new TransportError("network", "down"),
    new RpcError("query", { name: "toString" }),
    describeFailure({ FromTheFuture: {} }),
    describeFailure({ FunctionCallError: { ExecutionError: "Smart contract panicked: no" } }),
  ];
  for (const error of errors) assert.is(hintOf(error), undefined);
});

test("isTransactionError tells the kind, and its data has nearcore's fields, integers exact", async () => {
  const { alice } = await setStage();
  const error = await rejection(alice.send("bob.near", [transfer("1000 NEAR")]));
  assert.ok(isTransactionError(error));
  assert.ok(isTransactionError(error, "NotEnoughBalance"));
  assert.not(isTransactionError(error, "Expired"));
  if (isTransactionError(error, "NotEnoughBalance")) {
    assert.is(error.data.signer_id, "alice.near");
    assert.ok(BigInt(error.data.cost) > BigInt(error.data.balance));
  }
  for (const other of [undefined, new Error("x"), new RpcError("query", {})]) {
    assert.not(isTransactionError(other));
  }
});

test.run();
