// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { randomEd25519KeyPair } from "yoctonear";
import { assertPanic, openStage } from "./stage.ts";

const test = suite("contracts: registrar");
const GAS = { gas: "100 Tgas" } as const;

test("creates an account below its own, with the key and the deposit", async () => {
  const { as, near, deploy, balanceOf } = await openStage("alice.near");
  await deploy("near", "registrar");
  const keyPair = randomEd25519KeyPair();
  const args = { new_account_id: "new.near", new_public_key: keyPair.publicKey };
  const { value } = await as("alice.near").call("near", "create_account", args, {
    ...GAS,
    deposit: "2 NEAR",
  });
  assert.is(value, true);
  assert.is(await balanceOf("new.near"), 2n * 10n ** 24n);
  const created = near.account("new.near", keyPair);
  assert.equal(
    (await created.keys()).map(({ public_key }) => public_key),
    [keyPair.publicKey],
  );
  await created.deleteAccount({ beneficiaryId: "alice.near" });
});

test("returns false and gives the deposit back when the account is there already, or is another's", async () => {
  const { as, deploy, balanceOf } = await openStage("alice.near", "bob.near");
  await deploy("near", "registrar");
  const { publicKey } = randomEd25519KeyPair();
  for (const id of ["bob.near", "new.bob.near"]) {
    const before = await balanceOf("alice.near");
    const args = { new_account_id: id, new_public_key: publicKey };
    const { value, tokensBurnt } = await as("alice.near").call("near", "create_account", args, {
      ...GAS,
      deposit: "50 NEAR",
    });
    assert.is(value, false);
    assert.is(await balanceOf("alice.near"), before - tokensBurnt);
  }
});

test("refuses ids and keys that are none", async () => {
  const { as, deploy } = await openStage("alice.near");
  await deploy("near", "registrar");
  const { publicKey } = randomEd25519KeyPair();
  const create = (new_account_id: string, new_public_key: string) =>
    as("alice.near").call("near", "create_account", { new_account_id, new_public_key }, GAS);
  await assertPanic(create("New.near", publicKey), "Invalid account id");
  await assertPanic(create("new.near", "ed25519:111"), "invalid public key 111");
  // A byte more
  await assertPanic(create("new.near", publicKey.replace(":", ":1")), "invalid public key");
  await assertPanic(create("new.near", "rsa:111"), "unknown key type rsa");
});

test("keeps its callback to itself", async () => {
  const { as, deploy } = await openStage("alice.near");
  await deploy("near", "registrar");
  await assertPanic(
    as("alice.near").call("near", "on_account_created", {}),
    "Method on_account_created is private",
  );
});

test.run();
