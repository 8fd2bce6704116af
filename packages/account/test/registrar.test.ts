// Compiles WebAssembly at run time, which workerd forbids.
import { panicOf, TransactionError } from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { parseNear } from "@yoctonear/primitives";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection, setStage } from "./stage.ts";

const test = suite("createAccount: under a registrar");

test("creates a name under a top-level account, with key and balance", async () => {
  const { near, alice } = await setStage({ near: "registrar" });
  const keyPair = randomEd25519KeyPair();
  const { publicKey } = keyPair;
  const outcome = await alice.createAccount("new.near", { publicKey, balance: "2 NEAR" });
  assert.is(outcome.value, true);
  const created = near.account("new.near", keyPair);
  assert.is((await created.balance()).total, parseNear("2 NEAR"));
  assert.is((await created.key(publicKey))?.permission, "FullAccess");
  await created.transfer("alice.near", "1 NEAR");
});

test("creates one without a balance, and with a key that has no prefix", async () => {
  const { near, alice } = await setStage({ near: "registrar" });
  const { publicKey } = randomEd25519KeyPair();
  await alice.createAccount("new.near", { publicKey: publicKey.slice("ed25519:".length) });
  const created = near.account("new.near");
  assert.is((await created.balance()).total, 0n);
  assert.is((await created.key(publicKey))?.permission, "FullAccess");
});

test("the registrar's false is an error that says why, carries the hash, and the balance is back", async () => {
  const { alice } = await setStage({ near: "registrar" });
  const { publicKey } = randomEd25519KeyPair();
  const before = (await alice.balance()).total;
  const error = await rejection(
    alice.createAccount("bob.near", { publicKey, balance: "50 NEAR" }, { wait: "FINAL" }),
  );
  assert.ok(error instanceof TransactionError);
  assert.is(error.code, "failed");
  assert.is(error.kind, "AccountAlreadyExists");
  assert.equal(error.data, { account_id: "bob.near" });
  assert.is(error.outcome?.hash, error.hash);
  assert.is(
    error.message,
    `transaction ${error.hash} failed: near did not create bob.near: action 0: AccountAlreadyExists (account id bob.near)`,
  );
  assert.ok((await alice.balance()).total > before - parseNear("0.1 NEAR"));
});

test("the registrar itself creates its sub-accounts directly", async () => {
  const { near, act } = await setStage();
  const { publicKey } = randomEd25519KeyPair();
  await act("near").createAccount("new.near", { publicKey, balance: "1 NEAR" });
  assert.is((await near.account("new.near").balance()).total, parseNear("1 NEAR"));
});

test("P23: a secret key does not become an argument of the registrar", async () => {
  const { alice } = await setStage({ near: "registrar" });
  const secret = randomEd25519KeyPair().revealSecretKey();
  const error = await rejection(alice.createAccount("new.near", { publicKey: secret }));
  assert.ok(isNearError(error, "invalid_key"));
  assert.not.match(String(error), secret.slice(8, 20));
});

test("a contract that is no registrar fails as any call does", async () => {
  const { alice } = await setStage({ near: "counter" });
  const { publicKey } = randomEd25519KeyPair();
  const error = await rejection(alice.createAccount("new.near", { publicKey }));
  assert.ok(error instanceof TransactionError);
  assert.is(error.kind, "MethodNotFound");
  assert.is(panicOf(error), undefined);
});

test.run();
