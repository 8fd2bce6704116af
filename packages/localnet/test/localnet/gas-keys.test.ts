/**
 * Gas keys (NEP-611) through the client, from their making to their end: the key's balance pays gas, the account
 * deposits, and each lane has nonces of its own.
 * @module
 */
import {
  connect,
  type Near,
  type Outcome,
  type SigningAccount,
  TransactionError,
} from "@yoctonear/account";
import { encodeBase64 } from "@yoctonear/base";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import type { KeyPair } from "@yoctonear/keys";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { randomMlDsa65KeyPair } from "@yoctonear/ml-dsa";
import { parseNear } from "@yoctonear/primitives";
import { block, isRpcError, sendTx, viewAccessKey, viewGasKeyNonces } from "@yoctonear/rpc";
import {
  addKey,
  attachSignature,
  createTransaction,
  deleteKey,
  encodeSignedTransaction,
  fullAccess,
  gasKeyFullAccess,
  gasKeyFunctionCallAccess,
  signingRequest,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("localnet: gas keys");

const NEAR = parseNear("1 NEAR");

interface Scene {
  readonly chain: Localnet;
  readonly near: Near;
  readonly alice: SigningAccount;
  readonly gasKey: KeyPair;
  /** The account with the gas key. */
  readonly lanes: SigningAccount;
}

async function scene(funds: `${string} NEAR` | null = "0.5 NEAR"): Promise<Scene> {
  const chain = await createLocalnet({
    accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR" },
  });
  const near = connect(chain);
  const alice = near.account("alice.near", chain.signer("alice.near"));
  const gasKey = randomEd25519KeyPair();
  await alice.addKey(gasKey.publicKey, gasKeyFullAccess({ numNonces: 3 }));
  if (funds !== null) await alice.transferToGasKey(gasKey.publicKey, funds);
  return { chain, near, alice, gasKey, lanes: near.account("alice.near", gasKey) };
}

async function gasBalance({ chain }: Scene, publicKey: string): Promise<bigint> {
  const { permission } = await viewAccessKey(chain.transport, {
    accountId: "alice.near",
    publicKey,
  });
  assert.ok(typeof permission === "object" && "GasKeyFullAccess" in permission);
  return BigInt(permission.GasKeyFullAccess.balance);
}

/** What a transaction is refused or fails with. */
async function failure(task: Promise<Outcome>): Promise<readonly [kind: string, data: unknown]> {
  try {
    await task;
  } catch (error) {
    if (!(error instanceof TransactionError)) throw error;
    return [String(error.kind), error.data];
  }
  throw new Error("expected a failure");
}

/** Signs by hand, as no client would, sends, and tells what a node refuses it with. */
async function refusal({ chain, gasKey }: Scene, nonceIndex: number | undefined): Promise<unknown> {
  const { header } = await block(chain.transport, { block: { finality: "final" } });
  const transaction = createTransaction({
    signerId: "alice.near",
    publicKey: gasKey.publicKey,
    nonce: header.height * 1_000_000n - 1n,
    nonceIndex,
    receiverId: "bob.near",
    blockHash: header.hash,
    actions: [transfer("1 NEAR")],
  });
  const signature = await gasKey.sign(signingRequest(transaction));
  const bytes = encodeSignedTransaction(attachSignature(transaction, signature));
  const sent = sendTx(chain.transport, {
    signedTxBase64: encodeBase64(bytes),
    waitUntil: "EXECUTED_OPTIMISTIC",
  });
  return sent.catch((error: unknown) => (isRpcError(error) ? error.data : error));
}

test("is made without a balance, with the nonces of its height, and does not yet pay", async () => {
  const made = await scene(null);
  const { chain, gasKey, lanes } = made;
  const key = { accountId: "alice.near", publicKey: gasKey.publicKey };
  assert.is((await viewAccessKey(chain.transport, key)).nonce, 0n);
  assert.is(await gasBalance(made, gasKey.publicKey), 0n);
  const { nonces } = await viewGasKeyNonces(chain.transport, key);
  assert.is(nonces.length, 3);
  assert.ok(nonces.every((nonce) => nonce > 0n && nonce % 1_000_000n === 0n));
  const [kind, data] = await failure(lanes.transfer("bob.near", "1 NEAR", { nonceIndex: 0 }));
  assert.is(kind, "NotEnoughGasKeyBalance");
  assert.is(Reflect.get(Object(data), "balance"), "0");
});

test("pays gas alone, from its own balance, and gets back what was not burnt", async () => {
  const made = await scene();
  const { near, gasKey, lanes, alice } = made;
  const before = (await alice.balance()).total;
  const outcome = await lanes.transfer("bob.near", "1 NEAR");
  assert.is((await alice.balance()).total, before - NEAR);
  assert.is((await near.account("bob.near").balance()).total, 2n * NEAR);
  const spent = parseNear("0.5 NEAR") - (await gasBalance(made, gasKey.publicKey));
  assert.is(spent, outcome.tokensBurnt);
});

test("sends in parallel, in the lanes that are named and in those that are free", async () => {
  const { chain, near, gasKey, lanes } = await scene();
  const named = [0, 1, 2].map((nonceIndex) => lanes.transfer("bob.near", "1 NEAR", { nonceIndex }));
  await Promise.all(named);
  const results = await lanes.sendAll(
    Array.from({ length: 9 }, () => ({ receiverId: "bob.near", actions: [transfer("1 NEAR")] })),
  );
  assert.ok(results.every(({ status }) => status === "fulfilled"));
  assert.is((await near.account("bob.near").balance()).total, 13n * NEAR);
  const key = { accountId: "alice.near", publicKey: gasKey.publicKey };
  const { nonces } = await viewGasKeyNonces(chain.transport, key);
  // Twelve transactions, each the next one of its lane.
  const used = nonces.reduce((sum, nonce) => sum + (nonce % 1_000_000n), 0n);
  assert.is(used, 12n);
});

test("InvalidNonceIndex: a lane that is not there, and none at all", async () => {
  const made = await scene();
  for (const nonceIndex of [3, undefined]) {
    const fields = { tx_nonce_index: nonceIndex ?? null, num_nonces: 3 };
    assert.equal(await refusal(made, nonceIndex), { InvalidNonceIndex: fields });
  }
});

test("NotEnoughBalanceForDeposit: the gas is burnt and the nonce used, the deposit is not", async () => {
  const made = await scene();
  const { chain, gasKey, lanes, alice } = made;
  const before = (await alice.balance()).total;
  const held = await gasBalance(made, gasKey.publicKey);
  const key = { accountId: "alice.near", publicKey: gasKey.publicKey };
  const [last = 0n] = (await viewGasKeyNonces(chain.transport, key)).nonces;
  const task = lanes.transfer("bob.near", "1000 NEAR", { nonceIndex: 0 });
  const [kind, data] = await failure(task);
  assert.is(kind, "NotEnoughBalanceForDeposit");
  assert.is(Reflect.get(Object(data), "reason"), "NotEnoughBalance");
  assert.is((await alice.balance()).total, before);
  // A node's pre-check refuses it; that it costs where a chunk has it, the runtime's own tests show.
  assert.ok((await gasBalance(made, gasKey.publicKey)) <= held);
  const [next = 0n] = (await viewGasKeyNonces(chain.transport, key)).nonces;
  assert.ok(next === last || next === last + 1n);
});

test("is funded by anybody, emptied by its account alone, and never of more than it has", async () => {
  const made = await scene();
  const { chain, near, alice, gasKey } = made;
  const bob = near.account("bob.near", chain.signer("bob.near"));
  const { publicKey } = gasKey;
  await bob.send("alice.near", [{ type: "transferToGasKey", publicKey, deposit: NEAR / 10n }]);
  assert.is(await gasBalance(made, publicKey), parseNear("0.6 NEAR"));
  const stolen = bob.send("alice.near", [{ type: "withdrawFromGasKey", publicKey, amount: 1n }]);
  assert.is((await failure(stolen))[0], "ActorNoPermission");
  const [kind, data] = await failure(alice.withdrawFromGasKey(publicKey, "0.7 NEAR"));
  assert.is(kind, "InsufficientGasKeyBalance");
  assert.is(Reflect.get(Object(data), "balance"), parseNear("0.6 NEAR").toString());
  const before = (await alice.balance()).total;
  const outcome = await alice.withdrawFromGasKey(publicKey, "0.6 NEAR");
  assert.is((await alice.balance()).total, before + parseNear("0.6 NEAR") - outcome.tokensBurnt);
  assert.is(await gasBalance(made, publicKey), 0n);
});

test("GasKeyDoesNotExist: no other key takes or gives money", async () => {
  const { chain, alice } = await scene();
  const own = chain.signer("alice.near").publicKey;
  for (const publicKey of [own, randomEd25519KeyPair().publicKey]) {
    const expected = ["GasKeyDoesNotExist", { account_id: "alice.near", public_key: publicKey }];
    assert.equal(await failure(alice.transferToGasKey(publicKey, "1 NEAR")), expected);
    assert.equal(await failure(alice.withdrawFromGasKey(publicKey, "1 NEAR")), expected);
  }
});

test("is deleted with at most 1 NEAR, which burns; neither is its account with more", async () => {
  const made = await scene("2 NEAR");
  const { alice, gasKey } = made;
  const { publicKey } = gasKey;
  const data = { account_id: "alice.near", public_key: publicKey, balance: (2n * NEAR).toString() };
  assert.equal(await failure(alice.deleteKey(publicKey)), ["GasKeyBalanceTooHigh", data]);
  const gone = alice.deleteAccount({ beneficiaryId: "bob.near" });
  assert.equal(await failure(gone), ["GasKeyBalanceTooHigh", { ...data, public_key: null }]);
  await alice.withdrawFromGasKey(publicKey, "1.5 NEAR");
  const before = (await alice.balance()).total;
  const outcome = await alice.deleteKey(publicKey);
  assert.ok(outcome.tokensBurnt > parseNear("0.5 NEAR"));
  // The half NEAR was the key's.
  assert.is((await alice.balance()).total, before - (outcome.tokensBurnt - parseNear("0.5 NEAR")));
  const key = { accountId: "alice.near", publicKey };
  const error = await viewAccessKey(made.chain.transport, key).catch((caught: unknown) => caught);
  assert.is(Reflect.get(Object(error), "code"), "UNKNOWN_ACCESS_KEY");
});

test("may be for calls of one contract only", async () => {
  const made = await scene();
  const { near, alice } = made;
  const caller = randomEd25519KeyPair();
  const permission = gasKeyFunctionCallAccess("bob.near", { methods: ["vote"], numNonces: 1 });
  await alice.addKey(caller.publicKey, permission);
  await alice.transferToGasKey(caller.publicKey, "0.5 NEAR");
  const limited = near.account("alice.near", caller);
  assert.is((await failure(limited.transfer("bob.near", "1 NEAR")))[0], "RequiresFullAccess");
  const wrong = limited.call("bob.near", "mint");
  assert.is((await failure(wrong))[0], "MethodNameMismatch");
  // Bob has no contract, but so far it comes.
  assert.is((await failure(limited.call("bob.near", "vote")))[0], "CodeDoesNotExist");
});

test("may be of any kind, ML-DSA-65 too", async () => {
  const { chain, near, alice } = await scene();
  const gasKey = randomMlDsa65KeyPair();
  await alice.addKey(gasKey.publicKey, gasKeyFullAccess({ numNonces: 2 }));
  await alice.transferToGasKey(gasKey.publicKey, "0.5 NEAR");
  const lanes = near.account("alice.near", gasKey);
  await Promise.all([lanes.transfer("bob.near", "1 NEAR"), lanes.transfer("bob.near", "1 NEAR")]);
  assert.is((await near.account("bob.near").balance()).total, 3n * NEAR);
  const key = { accountId: "alice.near", publicKey: gasKey.publicKey };
  assert.is((await viewGasKeyNonces(chain.transport, key)).nonces.length, 2);
  await lanes.deleteKey(gasKey.publicKey);
});

test("comes back with other nonces when it is made again", async () => {
  const made = await scene();
  const { chain, alice, gasKey } = made;
  const key = { accountId: "alice.near", publicKey: gasKey.publicKey };
  const [before = 0n] = (await viewGasKeyNonces(chain.transport, key)).nonces;
  await alice.deleteKey(gasKey.publicKey);
  await alice.send("alice.near", [
    addKey(gasKey.publicKey, gasKeyFullAccess({ numNonces: 1 })),
    deleteKey(gasKey.publicKey),
    addKey(gasKey.publicKey, fullAccess()),
    deleteKey(gasKey.publicKey),
    addKey(gasKey.publicKey, gasKeyFullAccess({ numNonces: 1 })),
  ]);
  const { nonces } = await viewGasKeyNonces(chain.transport, key);
  assert.is(nonces.length, 1);
  assert.ok((nonces[0] ?? 0n) > before);
});

test.run();
