import { connect } from "@yoctonear/account";
import { addKey, functionCallAccess, gasKeyFullAccess, transfer } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";

const test = suite("localnet: dumpState");

async function lived(): Promise<Localnet> {
  const chain = await createLocalnet({
    accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR" },
    epochLength: 10,
  });
  const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
  await alice.transfer("bob.near", "5 NEAR");
  await alice.send("alice.near", [
    addKey(
      chain.signer("limited").publicKey,
      functionCallAccess("bob.near", { methods: ["f"], allowance: "1 NEAR" }),
    ),
    addKey(chain.signer("gas").publicKey, gasKeyFullAccess({ numNonces: 3 })),
  ]);
  // A patch counts nothing, a genesis does: an account, a key, and 40 + 2 + 2 bytes of a row.
  const bob = { amount: "6", locked: "0", code_hash: "1".repeat(32), storage_usage: 182 + 44 };
  await chain.patchState([
    { Account: { account_id: "bob.near", account: bob } },
    { Data: { account_id: "bob.near", data_key: "LCw=", value: "AAE=" } },
    { GlobalContract: { code: "AGFzbQEAAAA=" } },
    { GlobalContract: { account_id: "bob.near", code: "AGFzbQEAAAA=" } },
  ]);
  // Rewards grow the stake.
  await chain.fastForward(50);
  return chain;
}

test("gives a genesis that starts a chain with the same dump", async () => {
  const chain = await lived();
  const dump = chain.dumpState();
  const next = await createLocalnet({ genesis: dump });
  const again = next.dumpState();
  const records = (genesis: object): unknown => Reflect.get(genesis, "records");
  assert.equal(records(again), records(dump));
  assert.is(Reflect.get(again, "total_supply"), Reflect.get(dump, "total_supply"));
  assert.equal(Reflect.get(again, "validators"), Reflect.get(dump, "validators"));
  const { height } = chain.snapshot();
  assert.is(Reflect.get(dump, "genesis_height"), height + 1);
  assert.ok(next.snapshot().height > height);
});

test("lets keys sign where the chain goes on", async () => {
  const chain = await lived();
  const next = await createLocalnet({ genesis: chain.dumpState() });
  const alice = connect(next).account("alice.near", chain.signer("alice.near"));
  await alice.send("bob.near", [transfer("1 NEAR")]);
  const { total } = await connect(next).account("bob.near").balance();
  assert.is(total, 10n ** 24n + 6n);
});

test("signs blocks with the validator's own key where it is told", async () => {
  const chain = await createLocalnet();
  const secret = chain.signer("test.near").revealSecretKey();
  const genesis = chain.dumpState();
  await createLocalnet({ genesis, validatorKey: secret });
  const other = chain.signer("near").revealSecretKey();
  for (const validatorKey of [other, "ed25519:1", "secp256k1:1"]) {
    try {
      await createLocalnet({ genesis, validatorKey });
      assert.unreachable();
    } catch (error) {
      assert.match(String(error), /expected validatorKey to be the ed25519 key/);
      assert.not.match(String(error), other.slice(8, 20));
    }
  }
});

test.run();
