// Compiles WebAssembly at run time, which workerd forbids.
import { TransactionError } from "@yoctonear/account";
import { loadContract } from "@yoctonear/contracts";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { functionCall, functionCallAccess, type NonDelegateAction } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, clientOf, rejection, setStage, type Stage } from "./stage.ts";

const test = suite("relayer: calls of contracts");
const gas = "10 Tgas";
const policy = { receivers: { "bob.near": { methods: ["increment", "no_such_method"] } } } as const;

async function setCounter(): Promise<Stage> {
  const stage = await setStage();
  await stage.act("bob.near").deploy(await loadContract("counter"));
  return stage;
}

test("the result of the call is the result of the relay", async () => {
  const { near, alice, open } = await setCounter();
  const { relay } = clientOf(open(policy));
  const by = (count: number): NonDelegateAction[] => [
    functionCall("increment", { by: count }, { gas }),
  ];
  const outcome = await relay(await alice.delegate("bob.near", by(2)));
  assert.is(outcome.value, 2);
  assert.equal(outcome.logs, ["Changed number to 2"]);
  assert.ok(outcome.gasBurnt > 10n ** 12n);
  assert.is((await relay(await alice.delegate("bob.near", by(3)))).value, 5);
  assert.is(await near.view("bob.near", "get"), 5);
});

test("a panic is the client's TransactionError, with the relayer's hash", async () => {
  const { alice, open } = await setCounter();
  const { relay } = clientOf(open(policy));
  const delegated = await alice.delegate("bob.near", [functionCall("no_such_method", {}, { gas })]);
  const error = await rejection(relay(delegated));
  assert.ok(error instanceof TransactionError);
  assert.equal(
    [error.code, error.kind, error.signerId],
    ["failed", "MethodNotFound", "relayer.near"],
  );
  assert.is(error.outcome?.hash, error.hash);
});

test("a function-call key may have relayed what it may sign", async () => {
  const { near, alice, open, signed } = await setCounter();
  const keyPair = randomEd25519KeyPair();
  const access = functionCallAccess("bob.near", { methods: ["increment"], allowance: "1 NEAR" });
  await alice.addKey(keyPair.publicKey, access);
  const app = near.account("alice.near", keyPair);
  const relayer = open(policy);
  const other = await app.delegate("bob.near", [functionCall("no_such_method", {}, { gas })]);
  assert.is(await ask(relayer, other), "key_not_permitted");
  assert.equal(signed, []);
  const increment = [functionCall("increment", {}, { gas })];
  assert.is(await ask(relayer, await app.delegate("bob.near", increment)), "executed");
});

test.run();
