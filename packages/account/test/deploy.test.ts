// Compiles WebAssembly at run time, which workerd forbids.
import { codeHash, TransactionError } from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { loadContract } from "@yoctonear/contracts";
import { LimitError, functionCall } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection, setStage } from "./stage.ts";

const test = suite("deploy: contracts on accounts");

test("deploys and initialises in one transaction", async () => {
  const { near, alice } = await setStage();
  const code = await loadContract("counter");
  const outcome = await alice.deploy(code, { init: functionCall("new", { value: 7 }) });
  assert.is(outcome.failure, undefined);
  assert.is(await near.view("alice.near", "get"), 7);
  assert.equal(await alice.contract(), { type: "local", hash: codeHash(code) });
});

test("deploys nothing when the initialisation fails", async () => {
  const { alice } = await setStage();
  const code = await loadContract("counter");
  const error = await rejection(alice.deploy(code, { init: functionCall("no_such_method") }));
  assert.ok(error instanceof TransactionError);
  assert.is(error.kind, "MethodNotFound");
  assert.is(error.actionIndex, 1);
  assert.is(await alice.contract(), null);
});

test("deploys the next version over the first, and its storage stays", async () => {
  const { near, alice } = await setStage();
  await alice.deploy(await loadContract("counter"), { init: functionCall("new", { value: 7 }) });
  await alice.deploy(await loadContract("counter"));
  assert.is(await near.view("alice.near", "get"), 7);
});

test("refuses what is no WebAssembly before anything is signed or asked", async () => {
  const { alice } = await setStage();
  const { nonce } = (await alice.key(alice.publicKey ?? "")) ?? {};
  for (const code of [
    new Uint8Array(),
    Uint8Array.of(0, 97, 115, 109),
    // A component, not a module
    Uint8Array.of(0, 97, 115, 109, 13, 0, 1, 0),
    // Compressed, as a download may be
    Uint8Array.of(31, 139, 8, 0, 0, 0, 0, 0, 2, 255),
    new TextEncoder().encode("AGFzbQEAAAA="),
  ]) {
    const error = await rejection(alice.deploy(code));
    assert.ok(isNearError(error, "not_wasm"), String(error));
    assert.match(error.message, `got other bytes: Uint8Array(${code.length})`);
    assert.ok(isNearError(await rejection(alice.deployGlobal(code, { by: "hash" })), "not_wasm"));
  }
  // @ts-expect-error text is no code
  assert.instance(await rejection(alice.deploy("AGFzbQEAAAA=")), TypeError);
  assert.is((await alice.key(alice.publicKey ?? ""))?.nonce, nonce);
});

test("refuses what is too large before anything is signed", async () => {
  const { alice } = await setStage();
  for (const [size, code] of [
    [4_194_305, "ContractSizeExceeded"],
    [1_572_864, "TransactionSizeExceeded"],
  ] as const) {
    const module = new Uint8Array(size);
    module.set([0, 97, 115, 109, 1]);
    const error = await rejection(alice.deploy(module));
    assert.ok(error instanceof LimitError);
    assert.is(error.code, code);
  }
});

test("refuses misspelt options", async () => {
  const { alice } = await setStage();
  const options = { wait: "FINAL", initialise: functionCall("new") } as const;
  const error = await rejection(alice.deploy(await loadContract("counter"), options));
  assert.match(String(error), "got initialise");
});

test("publishes a contract by its hash, others use it", async () => {
  const { near, alice, bob } = await setStage();
  const code = await loadContract("counter");
  await alice.deployGlobal(code, { by: "hash" });
  const hash = codeHash(code);
  await bob.useGlobal({ hash }, { init: functionCall("new", { value: 3 }) });
  assert.equal(await bob.contract(), { type: "globalHash", hash });
  assert.is(await near.view("bob.near", "get"), 3);
});

test("publishes a contract by account, and what is published next is used at once", async () => {
  const { near, alice, bob } = await setStage();
  await alice.deployGlobal(await loadContract("hello"), { by: "account" });
  await bob.useGlobal({ account: "alice.near" });
  assert.equal(await bob.contract(), { type: "globalAccountId", accountId: "alice.near" });
  assert.is(await near.account("alice.near").contract(), null);
  await alice.deployGlobal(await loadContract("counter"), { by: "account" });
  await alice.call("bob.near", "new", { value: 4 });
  assert.is(await near.view("bob.near", "get"), 4);
});

test("P17: a code hash is base58, and nothing else passes for one", async () => {
  const { bob } = await setStage();
  for (const hash of ["0".repeat(64), "11", "", "ed25519:11111111111111111111111111111111"]) {
    assert.ok(isNearError(await rejection(bob.useGlobal({ hash })), "invalid_hash"), hash);
  }
  const unknown = await rejection(bob.useGlobal({ hash: codeHash(Uint8Array.of(1)) }));
  assert.ok(unknown instanceof TransactionError);
  assert.is(unknown.kind, "GlobalContractDoesNotExist");
});

test.run();
