// Compiles WebAssembly at run time, which workerd forbids.
/**
 * Accounts that nobody creates by name, through the client: funded, brought to life, used. NEAR-implicit, ETH-implicit
 * and deterministic ones at protocol 86, universal ones at 88.
 * @module
 */
// Compiles WebAssembly at run time, which workerd forbids.
import {
  connect,
  delegate,
  type Near,
  type SigningAccount,
  TransactionError,
} from "@yoctonear/account";
import { encodeBase58, encodeUtf8, isNearError } from "@yoctonear/base";
import { encode } from "@yoctonear/borsh";
import { loadContract } from "@yoctonear/contracts";
import { parsePublicKey } from "@yoctonear/keys";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair } from "@yoctonear/keys/secp256k1";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { mlDsa65Handle, randomMlDsa65KeyPair } from "@yoctonear/ml-dsa";
import {
  accountKind,
  ethImplicitAccountId,
  nearImplicitAccountId,
  parseNear,
  universalAccountId,
} from "@yoctonear/primitives";
import { stringifyJson, viewAccessKey, viewAccessKeyList, viewAccount } from "@yoctonear/rpc";
import {
  addKey,
  createDelegateAction,
  deterministicStateInit,
  fullAccess,
  functionCall,
  type NonceMode,
  signDelegateAction,
  stake,
  stateInitAccountId,
  transfer,
  type UniversalStateInit,
  universalStateInit,
  universalStateInitCodec,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { refusalOf, sendActions } from "./sending.ts";

const KEY = "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp";

const test = suite("localnet: kinds of accounts");

interface Scene {
  readonly chain: Localnet;
  readonly near: Near;
  readonly alice: SigningAccount;
}

async function scene(protocolVersion?: number): Promise<Scene> {
  const accounts = { "alice.near": "100 NEAR", "lib.near": "100 NEAR" } as const;
  const chain = await createLocalnet({ accounts, protocolVersion });
  const near = connect(chain);
  return { chain, near, alice: near.account("alice.near", chain.signer("alice.near")) };
}

/** Publishes the counter as a global contract of lib.near. */
async function publish({ chain, near }: Scene): Promise<void> {
  const lib = near.account("lib.near", chain.signer("lib.near"));
  await lib.deployGlobal(await loadContract("counter"), { by: "account" });
}

/** What a transaction fails with. */
async function failure(task: Promise<unknown>): Promise<string> {
  try {
    await task;
  } catch (error) {
    if (error instanceof TransactionError) return String(error.kind);
    throw error;
  }
  throw new Error("expected a failure");
}

test("NEAR-implicit: a transfer makes it, its key is its name", async () => {
  const { near, alice } = await scene();
  const keyPair = randomEd25519KeyPair();
  const id = nearImplicitAccountId(parsePublicKey(keyPair.publicKey).bytes);
  await alice.transfer(id, "2 NEAR");
  const own = near.account(id, keyPair);
  await own.transfer("alice.near", "1 NEAR");
  assert.ok((await own.balance()).total < parseNear("1 NEAR"));
});

test("ETH-implicit: a transfer makes it, with the wallet's contract and no key", async () => {
  const { chain, near, alice } = await scene();
  const id = ethImplicitAccountId(parsePublicKey(randomSecp256k1KeyPair().publicKey).bytes);
  assert.is(accountKind(id), "eth-implicit");
  await alice.transfer(id, "2 NEAR");
  const view = await viewAccount(chain.transport, { accountId: id });
  assert.is(view.amount, parseNear("2 NEAR").toString());
  assert.ok(view.global_contract_hash);
  assert.equal((await viewAccessKeyList(chain.transport, { accountId: id })).keys, []);
  assert.is(await failure(alice.transfer(id.slice(0, -1), "1 NEAR")), "AccountDoesNotExist");
  // Only its owner, through the wallet's contract, may do more with it.
  const key = addKey(randomEd25519KeyPair().publicKey, fullAccess());
  assert.is(await failure(alice.send(id, [key])), "ActorNoPermission");
  await alice.transfer(id, "1 NEAR");
  assert.is((await near.account(id).balance()).total, parseNear("3 NEAR"));
});

test("ETH-implicit: is not made beside other actions, nor by CreateAccount", async () => {
  const { alice } = await scene();
  const id = ethImplicitAccountId(parsePublicKey(randomSecp256k1KeyPair().publicKey).bytes);
  const two = alice.send(id, [transfer("1 NEAR"), transfer("1 NEAR")]);
  assert.is(await failure(two), "AccountDoesNotExist");
  const created = alice.send(id, [{ type: "createAccount" }]);
  assert.is(await failure(created), "OnlyImplicitAccountCreationAllowed");
});

test("deterministic: funded first, then brought to life by anybody, then called", async () => {
  const made = await scene();
  const { chain, near, alice } = made;
  await publish(made);
  const code = { account: "lib.near" } as const;
  const data = new Map([[encodeUtf8("greeting"), encodeUtf8("hello")]]);
  const id = stateInitAccountId(deterministicStateInit({ code, data }).stateInit);
  await alice.transfer(id, "2 NEAR");
  assert.is((await viewAccount(chain.transport, { accountId: id })).storage_usage, 100n);
  assert.is(await failure(alice.call(id, "increment")), "CodeDoesNotExist");
  await alice.stateInit(id, { code, data, deposit: "1 NEAR" });
  // It had enough: the deposit came back.
  assert.is((await near.account(id).balance()).total, parseNear("2 NEAR"));
  const view = await viewAccount(chain.transport, { accountId: id });
  assert.is(view.global_contract_account_id, "lib.near");
  assert.is(view.storage_usage, 100n + 8n + 8n + 5n + 40n);
  await alice.call(id, "increment");
  // Once more does nothing and sends the deposit back.
  await alice.stateInit(id, { code, data, deposit: "1 NEAR" });
  assert.equal((await viewAccessKeyList(chain.transport, { accountId: id })).keys, []);
  const other = stateInitAccountId(deterministicStateInit({ code }).stateInit);
  assert.is(
    await failure(alice.stateInit(other, { code, data })),
    "InvalidDeterministicStateInitReceiver",
  );
});

test("universal: before protocol 88 the id is a name, and the action is not known", async () => {
  const { chain, alice } = await scene(86);
  const init = universalStateInit({ accessKeys: [randomEd25519KeyPair().publicKey] });
  const id = universalAccountId(init.stateInit);
  assert.is(await failure(alice.transfer(id, "1 NEAR")), "AccountDoesNotExist");
  assert.equal(await refusalOf(chain, chain.signer("alice.near"), "alice.near", id, [init]), {
    ActionsValidation: {
      UnsupportedProtocolFeature: { protocol_feature: "UniversalAccounts", version: 86 },
    },
  });
});

test("universal: protocol 87 lets nobody send to such ids, in delegates neither", async () => {
  const { chain, alice } = await scene(87);
  const { stateInit } = universalStateInit({});
  const id = universalAccountId(stateInit);
  const signer = chain.signer("alice.near");
  const banned = {
    ActionsValidation: { TransferToUniversalAccountNotAllowed: { account_id: id } },
  };
  const send = [transfer("1 NEAR")];
  assert.equal(await refusalOf(chain, signer, "alice.near", id, send), banned);
  // The client would not sign it here.
  const delegateAction = createDelegateAction({
    senderId: "alice.near",
    publicKey: signer.publicKey,
    nonce: 1n,
    receiverId: id,
    actions: [transfer("1 NEAR")],
    maxBlockHeight: 1_000n,
  });
  try {
    await delegate(alice, id, [transfer("1 NEAR")]);
    assert.unreachable();
  } catch (error) {
    assert.ok(isNearError(error, "TransferToUniversalAccountNotAllowed"));
  }
  const delegated = await signDelegateAction(delegateAction, signer);
  const lib = chain.signer("lib.near");
  assert.equal(await refusalOf(chain, lib, "lib.near", "alice.near", [delegated]), banned);
});

test("universal: funded, it waits; a state init of anybody brings the keys", async () => {
  const { chain, near, alice } = await scene(88);
  const keyPair = randomEd25519KeyPair();
  const init = universalStateInit({ accessKeys: [keyPair.publicKey] }, { deposit: "1 NEAR" });
  const id = universalAccountId(init.stateInit);
  await alice.transfer(id, "3 NEAR");
  const waiting = await viewAccount(chain.transport, { accountId: id });
  assert.is(waiting.amount, parseNear("3 NEAR").toString());
  assert.is(waiting.storage_usage, 100n);
  assert.is(Reflect.get(waiting, "state"), "uninitialized");
  assert.ok(Number(Reflect.get(waiting, "bootstrap_nonce")) > 0);
  for (const action of [
    addKey(keyPair.publicKey, fullAccess()),
    stake("1 NEAR", keyPair.publicKey),
    functionCall("anything"),
    { type: "deleteAccount", beneficiaryId: "alice.near" } as const,
  ]) {
    assert.is(await failure(alice.send(id, [action])), "AccountNotInitialized", action.type);
  }
  await alice.transfer(id, "1 NEAR");
  await alice.send(id, [init]);
  const alive = await viewAccount(chain.transport, { accountId: id });
  // A key and an account of 182 bytes need no stake: the deposit came back.
  assert.is(alive.amount, parseNear("4 NEAR").toString());
  assert.is(alive.storage_usage, 182n);
  assert.is(Reflect.get(alive, "state"), undefined);
  const own = near.account(id, keyPair);
  await own.transfer("alice.near", "1 NEAR");
  // Again: nothing changes, the deposit comes back.
  const before = await viewAccount(chain.transport, { accountId: id });
  await alice.send(id, [init]);
  assert.is((await viewAccount(chain.transport, { accountId: id })).amount, before.amount);
});

test("universal: with a contract, its data, and keys of every kind; made, funded and called in one", async () => {
  const made = await scene(88);
  const { chain, near, alice } = made;
  await publish(made);
  const postQuantum = randomMlDsa65KeyPair();
  const [one, two] = [randomEd25519KeyPair(), randomSecp256k1KeyPair()];
  const accessKeys = [one.publicKey, two.publicKey, mlDsa65Handle(postQuantum.publicKey)];
  const init = universalStateInit({
    code: { account: "lib.near" },
    data: new Map([[encodeUtf8("k"), encodeUtf8("v")]]),
    accessKeys,
  });
  const id = universalAccountId(init.stateInit);
  const actions = [init, transfer("5 NEAR"), functionCall("increment")];
  await alice.send(id, actions);
  const view = await viewAccount(chain.transport, { accountId: id });
  assert.is(view.global_contract_account_id, "lib.near");
  const { keys } = await viewAccessKeyList(chain.transport, { accountId: id });
  assert.equal(
    keys.map(({ public_key: publicKey }) => publicKey),
    accessKeys,
  );
  assert.ok(keys.every(({ access_key: key }) => key.permission === "FullAccess"));
  for (const keyPair of [one, two, postQuantum]) {
    await near.account(id, keyPair).transfer("alice.near", "0.1 NEAR");
  }
});

test("universal: a transfer beside others makes it, since its id says whose it is", async () => {
  const { chain, alice } = await scene(88);
  const stranger = randomEd25519KeyPair();
  const init = universalStateInit({ accessKeys: [randomEd25519KeyPair().publicKey] });
  const id = universalAccountId(init.stateInit);
  await alice.send(id, [transfer("1 NEAR"), init]);
  assert.is(
    (await viewAccount(chain.transport, { accountId: id })).amount,
    parseNear("1 NEAR").toString(),
  );
  const other = universalStateInit({ accessKeys: [randomEd25519KeyPair().publicKey] });
  const theirs = [transfer("1 NEAR"), other, addKey(stranger.publicKey, fullAccess())];
  const taken = alice.send(universalAccountId(other.stateInit), theirs);
  assert.is(await failure(taken), "ActorNoPermission");
  const created = alice.send(universalAccountId(other.stateInit), [{ type: "createAccount" }]);
  assert.is(await failure(created), "OnlyImplicitAccountCreationAllowed");
});

test("universal: refused where the bytes are another's, or no state init at all", async () => {
  const { chain } = await scene(88);
  const signer = chain.signer("alice.near");
  const init = universalStateInit({ accessKeys: [signer.publicKey] });
  const odd: UniversalStateInit = { ...init, stateInit: Uint8Array.of(7, 7, 7) };
  const [id, oddId] = [universalAccountId(init.stateInit), universalAccountId(odd.stateInit)];
  assert.equal(await refusalOf(chain, signer, "alice.near", oddId, [init]), {
    ActionsValidation: {
      InvalidUniversalStateInitReceiver: { receiver_id: oddId, derived_id: id },
    },
  });
  assert.equal(await refusalOf(chain, signer, "alice.near", oddId, [odd]), {
    ActionsValidation: "MalformedUniversalStateInit",
  });
  // The same keys in another order would be another account: that is none.
  const two = universalStateInit({ accessKeys: [mlDsaHandle(new Uint8Array(32)), KEY] });
  const turned = Uint8Array.from([
    ...two.stateInit.subarray(0, 10),
    ...two.stateInit.subarray(43),
    ...two.stateInit.subarray(10, 43),
  ]);
  const other: UniversalStateInit = { ...two, stateInit: turned };
  const otherId = universalAccountId(turned);
  assert.equal(await refusalOf(chain, signer, "alice.near", otherId, [other]), {
    ActionsValidation: "MalformedUniversalStateInit",
  });
  const accessKeys = Array.from({ length: 1_025 }, (_, i) => {
    const bytes = new Uint8Array(32);
    new DataView(bytes.buffer).setUint32(0, i);
    return mlDsaHandle(bytes);
  });
  // The builder would refuse it.
  const parts = { type: "v1", code: null, data: new Map(), accessKeys } as const;
  const many = universalStateInit(encode(universalStateInitCodec, parts));
  const manyId = universalAccountId(many.stateInit);
  assert.equal(await refusalOf(chain, signer, "alice.near", manyId, [many]), {
    ActionsValidation: {
      TotalNumberOfStateInitKeysExceeded: { number_of_keys: 1_025n, limit: 1_024n },
    },
  });
});

test("universal: brings itself to life once, with the next nonce and no other", async () => {
  const { chain, near, alice } = await scene(88);
  for (const keyPair of [randomEd25519KeyPair(), randomMlDsa65KeyPair()]) {
    const handle = keyPair.publicKey.startsWith("ml-dsa-65:")
      ? mlDsa65Handle(keyPair.publicKey)
      : keyPair.publicKey;
    const init = universalStateInit({ accessKeys: [handle] });
    const id = universalAccountId(init.stateInit);
    const own = (nonce: bigint, nonceMode?: NonceMode) =>
      refusalOf(chain, keyPair, id, id, [init], { nonce, nonceMode });
    assert.equal(await own(1n), { SignerDoesNotExist: { signer_id: id } });
    await alice.transfer(id, "3 NEAR");
    const view = await viewAccount(chain.transport, { accountId: id });
    const last = BigInt(Number(Reflect.get(view, "bootstrap_nonce")));
    const invalid = (nonce: bigint) => ({
      InvalidNonce: { tx_nonce: nonce, ak_nonce: last },
    });
    assert.equal(await own(last), invalid(last));
    assert.equal(await own(last + 2n), invalid(last + 2n));
    assert.equal(await own(last + 2n, "monotonic"), invalid(last + 2n));
    // A key that the state init does not name, and a transaction that is none.
    const stranger = randomEd25519KeyPair();
    const missing = (publicKey: string) => ({
      InvalidAccessKeyError: { AccessKeyNotFound: { account_id: id, public_key: publicKey } },
    });
    const nonce = last + 1n;
    assert.equal(
      await refusalOf(chain, stranger, id, id, [init], { nonce }),
      missing(stranger.publicKey),
    );
    assert.equal(
      await refusalOf(chain, keyPair, id, id, [transfer("1 NEAR")], { nonce }),
      missing(keyPair.publicKey),
    );
    assert.is(await own(nonce), null);
    const alive = await viewAccount(chain.transport, { accountId: id });
    assert.is(Reflect.get(alive, "state"), undefined);
    assert.ok(BigInt(alive.amount) < parseNear("3 NEAR"));
    // The same bytes never run again: the new key starts above their nonce.
    const key = await viewAccessKey(chain.transport, {
      accountId: id,
      publicKey: keyPair.publicKey,
    });
    assert.ok(key.nonce >= nonce);
    await near.account(id, keyPair).transfer("alice.near", "1 NEAR");
  }
});

test("universal: where its own state init fails, the nonce is used up and the gas burnt", async () => {
  const { chain, alice } = await scene(88);
  const keyPair = randomEd25519KeyPair();
  const init = universalStateInit({
    code: { account: "nobody.near" },
    accessKeys: [keyPair.publicKey],
  });
  const id = universalAccountId(init.stateInit);
  await alice.transfer(id, "3 NEAR");
  const before = await viewAccount(chain.transport, { accountId: id });
  const nonce = BigInt(Number(Reflect.get(before, "bootstrap_nonce"))) + 1n;
  const { status } = await sendActions(chain, keyPair, id, id, [init], { nonce });
  assert.match(stringifyJson(status), "GlobalContractDoesNotExist");
  const after = await viewAccount(chain.transport, { accountId: id });
  assert.is(Reflect.get(after, "state"), "uninitialized");
  assert.is(BigInt(Number(Reflect.get(after, "bootstrap_nonce"))), nonce);
  assert.ok(BigInt(after.amount) < BigInt(before.amount));
});

function mlDsaHandle(bytes: Uint8Array): string {
  return `ml-dsa-65-hash:${encodeBase58(bytes)}`;
}

test.run();
