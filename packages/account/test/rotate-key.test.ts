import {
  connect,
  createMemoryJournal,
  journalled,
  rotateKey,
  TransactionError,
  workingKeys,
} from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair } from "@yoctonear/keys/secp256k1";
import { fullAccess, functionCallAccess } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection, setStage } from "./stage.ts";

const test = suite("rotateKey: a new key that works, then the old one goes");

test("the new key signs, the old one is gone, of whatever type they are", async () => {
  const { near, alice } = await setStage();
  const first = randomSecp256k1KeyPair();
  const renewed = await rotateKey(alice, first);
  assert.equal(
    (await alice.keys()).map(({ public_key }) => public_key),
    [first.publicKey],
  );
  const second = randomEd25519KeyPair();
  await rotateKey(renewed, second);
  await near.account("alice.near", second).transfer("bob.near", "1 NEAR");
  const error = await rejection(near.account("alice.near", first).transfer("bob.near", "1 NEAR"));
  assert.ok(isNearError(error, "UNKNOWN_ACCESS_KEY"));
});

test("a signer without the new key's secret drops nothing, and the right one goes on from there", async () => {
  const { chain, near, alice } = await setStage();
  const right = randomEd25519KeyPair();
  const wrong = { ...randomEd25519KeyPair(), publicKey: right.publicKey };
  const error = await rejection(rotateKey(alice, wrong));
  assert.ok(isNearError(error));
  const both = new Set((await alice.keys()).map(({ public_key }) => public_key));
  assert.equal(both, new Set([right.publicKey, chain.signer("alice.near").publicKey]));
  await alice.transfer("bob.near", "1 NEAR");
  await rotateKey(alice, right);
  assert.equal(
    (await near.account("alice.near").keys()).map(({ public_key }) => public_key),
    [right.publicKey],
  );
});

test("keys that may not do everything are refused before anything is sent", async () => {
  const { near, alice } = await setStage();
  const limited = randomEd25519KeyPair();
  const permission = functionCallAccess("app.near", { methods: "any", allowance: "unlimited" });
  await alice.addKey(limited.publicKey, permission);
  const asLimited = near.account("alice.near", limited);
  for (const task of [
    rotateKey(asLimited, randomEd25519KeyPair()),
    rotateKey(alice, limited),
    rotateKey(near.account("alice.near", randomEd25519KeyPair()), randomEd25519KeyPair()),
  ]) {
    assert.ok(isNearError(await rejection(task), "not_full_access"));
  }
  const wallet = near.account("alice.near", { execute: () => Promise.reject(new Error("unused")) });
  assert.ok(isNearError(await rejection(rotateKey(wallet, limited)), "no_signer"));
  assert.instance(await rejection(rotateKey(alice, keyOf(alice))), RangeError);
  assert.is((await alice.keys()).length, 2);
});

/** A signer that names the account's own key; it is refused before it signs. */
function keyOf({ publicKey = "" }: { readonly publicKey?: string | undefined }) {
  return { publicKey, sign: () => Promise.reject(new Error("unused")) };
}

test("when the deletion is lost the old key is still there, and the error carries the transaction", async () => {
  const { chain } = await setStage();
  let isDown = false;
  const near = connect(async (request, options) => {
    // The key is there: from now on nothing goes out.
    if (isDown && request.method === "send_tx") throw new Error("unplugged");
    const answer = await chain.transport(request, options);
    if (request.method === "send_tx") isDown = true;
    return answer;
  });
  const alice = near.account("alice.near", chain.signer("alice.near"));
  const signer = randomEd25519KeyPair();
  const error = await rejection(rotateKey(alice, signer, { timeout: 200, pollInterval: 10 }));
  assert.instance(error, TransactionError);
  assert.is(error instanceof TransactionError && error.code, "unknown_outcome");
  assert.is((await alice.keys()).length, 2);
  isDown = false;
  if (error instanceof TransactionError) await error.resume?.();
  assert.equal(
    (await alice.keys()).map(({ public_key }) => public_key),
    [signer.publicKey],
  );
});

test("both transactions are written down where the account has a journal, and by no name: they are two", async () => {
  const { chain } = await setStage();
  const memory = createMemoryJournal();
  const written: string[] = [];
  const journal = journalled({
    ...memory,
    put: async (entry) => {
      written.push(entry.hash);
      await memory.put(entry);
    },
  });
  const alice = connect(chain, { journal }).account("alice.near", chain.signer("alice.near"));
  const named: object = { reference: "rotation" };
  const signer = randomEd25519KeyPair();
  assert.instance(await rejection(rotateKey(alice, signer, { ...named })), TypeError);
  assert.equal(written, []);
  const renewed = await rotateKey(alice, signer);
  assert.is(written.length, 2);
  assert.is(renewed.journal, journal);
  // As after an outcome that was not known
  assert.is((await rotateKey(alice, signer)).publicKey, signer.publicKey);
  assert.is(written.length, 2);
});

test("workingKeys finds those that the account has, in the order given", async () => {
  const { chain, alice, bob } = await setStage();
  const added = randomSecp256k1KeyPair();
  await alice.addKey(added.publicKey, fullAccess());
  const own = chain.signer("alice.near");
  const found = await workingKeys(alice, [added, chain.signer("bob.near"), own]);
  assert.equal(
    found.map(({ signer }) => signer.publicKey),
    [added.publicKey, own.publicKey],
  );
  assert.equal(await workingKeys(bob, []), []);
  const broken = connect(() => Promise.reject(new Error("down"))).account("alice.near");
  assert.match(String(await rejection(workingKeys(broken, [own]))), "down");
});

test.run();
