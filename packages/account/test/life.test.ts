import { connect, type SigningAccount, TransactionError } from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { parseNear } from "@yoctonear/primitives";
import {
  attachSignature,
  deployGlobalContract,
  deterministicStateInit,
  functionCallAccess,
  gasKeyFullAccess,
  signingRequest,
  stateInitAccountId,
  transfer,
} from "@yoctonear/transactions";
import { keyPool } from "@yoctonear/account";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("account: living");

async function scene(): Promise<{ readonly chain: Localnet; readonly alice: SigningAccount }> {
  const chain = await createLocalnet({
    accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR" },
  });
  return { chain, alice: connect(chain).account("alice.near", chain.signer("alice.near")) };
}

test("creates a sub-account, acts as it, deletes it", async () => {
  const { chain, alice } = await scene();
  const keyPair = randomEd25519KeyPair();
  await alice.createAccount("app.alice.near", { publicKey: keyPair.publicKey, balance: "1 NEAR" });
  const app = connect(chain).account("app.alice.near", keyPair);
  assert.is((await app.balance()).total, parseNear("1 NEAR"));
  await app.deleteAccount({ beneficiaryId: "alice.near" });
  assert.is(await app.exists(), false);
});

test("creates an account without a balance", async () => {
  const { chain, alice } = await scene();
  await alice.createAccount("zero.alice.near", { publicKey: randomEd25519KeyPair().publicKey });
  assert.is((await connect(chain).account("zero.alice.near").balance()).total, 0n);
});

test("P16: only a sub-account or a name under a top-level account can be created", async () => {
  const { alice } = await scene();
  const { publicKey } = randomEd25519KeyPair();
  for (const id of ["a.b.alice.near", "app.bob.near", "near", "BAD ID!!", "x"]) {
    const error = await alice.createAccount(id, { publicKey }).catch((caught: unknown) => caught);
    assert.ok(isNearError(error, "invalid_account_id"), id);
  }
});

test("P16: the dot counts: malice.near is a name under near, not a sub-account of alice.near", async () => {
  const { alice } = await scene();
  const { publicKey } = randomEd25519KeyPair();
  // On this chain near has no contract, which would create such names.
  const error = await alice.createAccount("malice.near", { publicKey }).catch((e: unknown) => e);
  assert.ok(error instanceof TransactionError);
  assert.is(error.kind, "CodeDoesNotExist");
  assert.equal(error.data, { account_id: "near" });
});

test("P23: a secret key given as the new account's key is refused and not shown", async () => {
  const { alice } = await scene();
  const secret = randomEd25519KeyPair().revealSecretKey();
  const error = await alice
    .createAccount("app.alice.near", { publicKey: secret })
    .catch((caught: unknown) => caught);
  assert.ok(isNearError(error, "invalid_key"));
  assert.not.match(String(error), secret.slice(8, 20));
  assert.is(await alice.exists(), true);
});

test("a beneficiary that is not there is found before the money burns", async () => {
  const { chain, alice } = await scene();
  const keyPair = randomEd25519KeyPair();
  await alice.createAccount("app.alice.near", { publicKey: keyPair.publicKey, balance: "1 NEAR" });
  const app = connect(chain).account("app.alice.near", keyPair);
  for (const beneficiaryId of ["nobody.near", "app.alice.near"]) {
    const error = await app.deleteAccount({ beneficiaryId }).catch((caught: unknown) => caught);
    assert.ok(isNearError(error, "unknown_beneficiary"));
  }
  assert.is(await app.exists(), true);
});

test("P14: a function-call key keeps its allowance, 0 too", async () => {
  const { alice } = await scene();
  const none = randomEd25519KeyPair();
  const unlimited = randomEd25519KeyPair();
  await alice.addKey(
    none.publicKey,
    functionCallAccess("bob.near", { methods: "any", allowance: 0n }),
  );
  await alice.addKey(
    unlimited.publicKey,
    functionCallAccess("bob.near", { methods: ["vote"], allowance: "unlimited" }),
  );
  assert.equal((await alice.key(none.publicKey))?.permission, {
    FunctionCall: { allowance: "0", receiver_id: "bob.near", method_names: [] },
  });
  assert.equal((await alice.key(unlimited.publicKey))?.permission, {
    FunctionCall: { allowance: null, receiver_id: "bob.near", method_names: ["vote"] },
  });
  await alice.deleteKeys([none.publicKey, unlimited.publicKey]);
  assert.is((await alice.keys()).length, 1);
});

test("P29: prepared here, signed elsewhere, sent", async () => {
  const { chain, alice } = await scene();
  const transaction = await alice.prepare("bob.near", [transfer("1 NEAR")]);
  const signature = await chain.signer("alice.near").sign(signingRequest(transaction));
  const outcome = await connect(chain).send(attachSignature(transaction, signature));
  assert.is(outcome.failure, undefined);
  assert.is((await connect(chain).account("bob.near").balance()).total, parseNear("2 NEAR"));
});

test("P29: an account acts with a signer that is a public key and a function", async () => {
  const { chain } = await scene();
  const { publicKey, sign } = chain.signer("alice.near");
  const alice = connect(chain).account("alice.near", { publicKey, sign });
  await alice.transfer("bob.near", "1 NEAR");
  assert.is((await connect(chain).account("bob.near").balance()).total, parseNear("2 NEAR"));
});

test("a gas key pays its own gas, lane by lane", async () => {
  const { chain, alice } = await scene();
  const gasKey = randomEd25519KeyPair();
  await alice.addKey(gasKey.publicKey, gasKeyFullAccess({ numNonces: 4 }));
  await alice.transferToGasKey(gasKey.publicKey, "1 NEAR");
  const lanes = connect(chain).account("alice.near", gasKey);
  await Promise.all(
    [0, 1, 2, 3].map((nonceIndex) => lanes.transfer("bob.near", "1 NEAR", { nonceIndex })),
  );
  assert.is((await connect(chain).account("bob.near").balance()).total, parseNear("5 NEAR"));
  const beyond = await lanes
    .transfer("bob.near", "1 NEAR", { nonceIndex: 4 })
    .catch((caught: unknown) => caught);
  assert.match(String(beyond), "expected nonceIndex below 4, got 4");
  await lanes.transfer("bob.near", "1 NEAR");
  await alice.withdrawFromGasKey(gasKey.publicKey, "0.5 NEAR");
});

test("a pool of keys sends in parallel and everything lands once", async () => {
  const { chain, alice } = await scene();
  const keyPairs = [randomEd25519KeyPair(), randomEd25519KeyPair(), randomEd25519KeyPair()];
  await alice.createAccount("pool.alice.near", {
    publicKey: keyPairs[0]?.publicKey ?? "",
    balance: "20 NEAR",
  });
  const pool = connect(chain).account("pool.alice.near", keyPool(keyPairs));
  const first = connect(chain).account("pool.alice.near", keyPairs[0] ?? randomEd25519KeyPair());
  for (const { publicKey } of keyPairs.slice(1)) {
    await first.addKey(
      publicKey,
      functionCallAccess("bob.near", { methods: "any", allowance: "unlimited" }),
    );
    await first.deleteKey(publicKey);
  }
  const results = await pool.sendAll(
    Array.from({ length: 3 }, () => ({ receiverId: "bob.near", actions: [transfer("1 NEAR")] })),
  );
  // Two of the keys are gone: their transactions fail, the third lands, and nothing hides another.
  assert.is(results.filter(({ status }) => status === "fulfilled").length, 1);
});

test("brings a deterministic account to life, at the id of its contract and state", async () => {
  const { chain, alice } = await scene();
  await alice.send("alice.near", [
    deployGlobalContract(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0), { by: "account" }),
  ]);
  const code = { account: "alice.near" };
  const data = new Map([[Uint8Array.of(1), Uint8Array.of(2)]]);
  const accountId = stateInitAccountId(deterministicStateInit({ code, data }).stateInit);
  await alice.stateInit(accountId, { code, data, deposit: "1 NEAR" });
  const contract = await connect(chain).account(accountId).contract();
  assert.equal(contract, { type: "globalAccountId", accountId: "alice.near" });
  const wrong = await alice.stateInit("bob.near", { code }).catch((caught: unknown) => caught);
  assert.ok(isNearError(wrong, "InvalidDeterministicStateInitReceiver"));
});

test("stakes as a validator, and says why not", async () => {
  const { alice } = await scene();
  const { publicKey } = randomEd25519KeyPair();
  const error = await alice.stake("10 NEAR", publicKey).catch((caught: unknown) => caught);
  assert.instance(error, TransactionError);
  assert.ok(error instanceof TransactionError && error.kind === "InsufficientStake");
});

test.run();
