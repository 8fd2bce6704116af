/**
 * Universal accounts come to life by others and by themselves, once.
 * @module
 */
import {
  bootstrapUniversalAccount,
  connect,
  initUniversalAccount,
  isTransactionError,
} from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import type { Signer } from "@yoctonear/keys";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { createLocalnet } from "@yoctonear/localnet";
import { parseNear, universalAccountId } from "@yoctonear/primitives";
import type { Transport } from "@yoctonear/rpc";
import {
  LimitError,
  universalStateInit,
  type UniversalStateInitInput,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection } from "./stage.ts";

const test = suite("account: universal accounts");

async function scene(protocolVersion = 88) {
  const chain = await createLocalnet({ protocolVersion, accounts: { "alice.near": "100 NEAR" } });
  const near = connect(chain);
  const keyPair = randomEd25519KeyPair();
  const signed: string[] = [];
  // Each signature is written down.
  const signer: Signer = {
    publicKey: keyPair.publicKey,
    sign: (request) => {
      signed.push(request.kind);
      return keyPair.sign(request);
    },
  };
  const init = { accessKeys: [keyPair.publicKey] };
  const accountId = universalAccountId(universalStateInit(init).stateInit);
  const alice = near.account("alice.near", chain.signer("alice.near"));
  const own = near.account(accountId, signer);
  const bootstrap = (other: UniversalStateInitInput = init, by: Signer = signer) =>
    bootstrapUniversalAccount(chain.transport, other, by, { timeout: 5_000, pollInterval: 1 });
  return { chain, near, alice, own, signer, init, accountId, signed, bootstrap };
}

test("another account brings it to life, unfunded or funded, and again without harm", async () => {
  for (const balance of [0n, parseNear("2 NEAR")]) {
    const { alice, own, init, signer } = await scene();
    if (balance > 0n) await alice.transfer(own.accountId, balance);
    for (const _ of [1, 2]) {
      await initUniversalAccount(alice, init, { deposit: "1 NEAR" });
      const [key] = await own.keys();
      assert.is(key?.public_key, signer.publicKey);
      // A key alone needs no NEAR for its storage: the deposit has come back.
      assert.is((await own.balance()).total, balance);
    }
    await alice.transfer(own.accountId, "1 NEAR");
    await own.transfer("alice.near", "0.5 NEAR");
  }
});

test("the deposit pays for what it stores", async () => {
  const { alice, near, signer } = await scene();
  const data = new Map([[Uint8Array.of(1), new Uint8Array(10_000)]]);
  const init = { accessKeys: [signer.publicKey], data };
  const accountId = universalAccountId(universalStateInit(init).stateInit);
  const poor = await rejection(initUniversalAccount(alice, init));
  assert.ok(isTransactionError(poor));
  assert.is(poor.code, "failed");
  assert.not.ok(await near.account(accountId).exists());
  await initUniversalAccount(alice, init, { deposit: "1 NEAR" });
  const { total } = await near.account(accountId).balance();
  assert.ok(total > parseNear("0.1 NEAR") && total < parseNear("0.11 NEAR"));
});

test("it brings itself to life with its own key, and acts from then on", async () => {
  const { alice, own, accountId, signed, bootstrap } = await scene();
  await alice.transfer(accountId, "2 NEAR");
  const outcome = await bootstrap();
  assert.is(outcome.failure, undefined);
  assert.equal(signed, ["transaction"]);
  await own.transfer("alice.near", "1 NEAR");
  await own.transfer("alice.near", "0.5 NEAR");
  assert.ok((await own.balance()).total < parseNear("0.5 NEAR"));
});

test("nothing is signed where it is alive, or not funded", async () => {
  const { alice, accountId, signed, bootstrap } = await scene();
  assert.ok(isNearError(await rejection(bootstrap()), "UNKNOWN_ACCOUNT"));
  await alice.transfer(accountId, "2 NEAR");
  await bootstrap();
  assert.is(signed.length, 1);
  const again = await rejection(bootstrap());
  assert.ok(isNearError(again, "already_initialized"));
  assert.match(String(again), `expected an account that is not initialized yet, got ${accountId}`);
  assert.is(signed.length, 1);
});

test("a key that the state init does not name is rejected at once", async () => {
  const { alice, near, accountId, init, bootstrap } = await scene();
  await alice.transfer(accountId, "2 NEAR");
  const error = await rejection(bootstrap(init, randomEd25519KeyPair()));
  assert.ok(isTransactionError(error));
  assert.equal([error.code, error.kind], ["rejected", "AccessKeyNotFound"]);
  assert.is((await near.account(accountId).balance()).total, parseNear("2 NEAR"));
});

test("too poor, it is rejected; what fails may be tried again", async () => {
  const { alice, near, signer, bootstrap } = await scene();
  const init = { code: { account: "lib.near" }, accessKeys: [signer.publicKey] };
  const accountId = universalAccountId(universalStateInit(init).stateInit);
  await alice.transfer(accountId, 1n);
  const poor = await rejection(bootstrap(init));
  assert.ok(isTransactionError(poor));
  assert.equal([poor.code, poor.kind], ["rejected", "NotEnoughBalance"]);
  await alice.transfer(accountId, "2 NEAR");
  for (const _ of [1, 2]) {
    const failed = await rejection(bootstrap(init));
    assert.ok(isTransactionError(failed));
    assert.equal([failed.code, failed.kind], ["failed", "GlobalContractDoesNotExist"]);
  }
  assert.equal(await near.account(accountId).keys(), []);
});

test("a lost answer is no second transaction", async () => {
  const { chain, alice, accountId, init, signer, signed } = await scene();
  await alice.transfer(accountId, "2 NEAR");
  let losses = 2;
  const lossy: Transport = async (request, options) => {
    const answer = await chain.transport(request, options);
    if (request.method === "send_tx" && losses-- > 0) throw new TypeError("connection lost");
    return answer;
  };
  const outcome = await bootstrapUniversalAccount(lossy, init, signer, { pollInterval: 1 });
  assert.is(outcome.failure, undefined);
  assert.is(signed.length, 1);
});

test("before protocol 88 neither is signed", async () => {
  for (const version of [85, 86, 87]) {
    const { alice, init, signed, bootstrap } = await scene(version);
    for (const task of [bootstrap(), initUniversalAccount(alice, init)]) {
      const error = await rejection(task);
      assert.instance(error, LimitError);
      assert.match(String(error), `UniversalAccounts, version ${version}`);
    }
    assert.equal(signed, []);
  }
});

test.run();
