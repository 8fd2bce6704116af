// Compiles WebAssembly at run time, which workerd forbids.
import { connect, dryRun, previewCost, TransactionError } from "@yoctonear/account";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { createLocalnet } from "@yoctonear/localnet";
import {
  type Action,
  addKey,
  createAccount,
  fullAccess,
  functionCall,
  functionCallAccess,
  gasKeyFullAccess,
  transfer,
  transferToGasKey,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection, setStage } from "./stage.ts";

const test = suite("dryRun: what stands in the way");

test("the balance falls by what the preview says, and by no more than the fee once it is refunded", async () => {
  const { alice } = await setStage();
  const { total: before } = await alice.balance();
  const actions = [transfer("3 NEAR")];
  const cost = await previewCost(alice, "bob.near", actions);
  await alice.send("bob.near", actions, { wait: "FINAL" });
  const { total: after } = await alice.balance();
  assert.is(before - after, cost.deposit + cost.leastFee);
  assert.ok(cost.upfront > cost.deposit + cost.leastFee);
});

test("an account with exactly the upfront cost can send, with a yocto less it cannot", async () => {
  for (const missing of [0n, 1n]) {
    const { near, alice, chain } = await setStage({ "counter.near": "counter" });
    const call = functionCall("increment", {}, { gas: "30 Tgas" });
    const keyPair = randomEd25519KeyPair();
    const poor = near.account("poor.alice.near", keyPair);
    const { upfront } = await previewCost(poor, "counter.near", [call]);
    await alice.createAccount("poor.alice.near", {
      publicKey: keyPair.publicKey,
      balance: upfront - missing,
    });
    await chain.fastForward(1);
    const { problems } = await dryRun(poor, "counter.near", [call]);
    assert.equal(
      problems.map(({ kind }) => kind),
      missing === 0n ? [] : ["NotEnoughBalance"],
    );
    const error = await rejection(poor.send("counter.near", [call]));
    assert.is(error instanceof TransactionError ? error.kind : error, problems[0]?.kind);
  }
});

test("what it finds is what the chain says, for keys, balances, receivers and contracts", async () => {
  const { near, alice, chain } = await setStage({ "counter.near": "counter" });
  const call = functionCall("increment");
  const paid = functionCall("increment", {}, { deposit: "1 yoctoNEAR" });
  const keys = {
    full: randomEd25519KeyPair(),
    counter: randomEd25519KeyPair(),
    poor: randomEd25519KeyPair(),
    missing: randomEd25519KeyPair(),
  };
  await alice.send("alice.near", [
    addKey(keys.full.publicKey, fullAccess()),
    addKey(
      keys.counter.publicKey,
      functionCallAccess("counter.near", { methods: ["increment"], allowance: "1 NEAR" }),
    ),
    addKey(
      keys.poor.publicKey,
      functionCallAccess("counter.near", { methods: "any", allowance: "1 yoctoNEAR" }),
    ),
  ]);
  const implicit = "ab".repeat(32);
  const cases: readonly [
    keyof typeof keys,
    receiverId: string,
    actions: Action[],
    kind: string | undefined,
  ][] = [
    ["full", "bob.near", [transfer("1 NEAR")], undefined],
    ["full", "bob.near", [transfer("1000 NEAR")], "NotEnoughBalance"],
    ["missing", "bob.near", [transfer("1 NEAR")], "AccessKeyNotFound"],
    ["counter", "counter.near", [call], undefined],
    ["counter", "counter.near", [paid], "DepositWithFunctionCall"],
    ["counter", "bob.near", [call], "ReceiverMismatch"],
    ["counter", "counter.near", [functionCall("reset")], "MethodNameMismatch"],
    ["counter", "counter.near", [call, call], "RequiresFullAccess"],
    ["counter", "counter.near", [transfer("0.1 NEAR")], "RequiresFullAccess"],
    ["poor", "counter.near", [call], "NotEnoughAllowance"],
    ["full", "nobody.near", [transfer("1 NEAR")], "AccountDoesNotExist"],
    ["full", "nobody.near", [call], "AccountDoesNotExist"],
    ["full", "bob.near", [call], "CodeDoesNotExist"],
    ["full", "bob.near", [createAccount()], "AccountAlreadyExists"],
    ["full", "new.alice.near", [createAccount(), transfer("1 NEAR")], undefined],
    ["full", implicit, [transfer("1 NEAR")], undefined],
    [
      "full",
      implicit.replace("a", "c"),
      [addKey(keys.full.publicKey, fullAccess())],
      "AccountDoesNotExist",
    ],
  ];
  for (const [name, receiverId, actions, kind] of cases) {
    const account = near.account("alice.near", keys[name]);
    const { problems } = await dryRun(account, receiverId, actions);
    const label = `${name} → ${receiverId}: ${actions.map(({ type }) => type).join()}`;
    // Where several things stand in the way, the chain names the first it meets.
    assert.is(problems[0]?.kind, kind, label);
    const fresh = chain.snapshot();
    const error = await rejection(account.send(receiverId, actions));
    assert.is(error instanceof TransactionError ? error.kind : codeOf(error), kind, label);
    await chain.restore(fresh);
  }
});

/** A key that is not there is refused before anything is signed, by the node's name for it. */
function codeOf(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : error;
  return code === "UNKNOWN_ACCESS_KEY" ? "AccessKeyNotFound" : code;
}

test("a gas key pays for the gas, the account for the deposit", async () => {
  const chain = await createLocalnet({
    accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" },
  });
  const near = connect(chain);
  const alice = near.account("alice.near", chain.signer("alice.near"));
  const gasKey = randomEd25519KeyPair();
  await alice.addKey(gasKey.publicKey, gasKeyFullAccess({ numNonces: 2 }));
  const keyed = near.account("alice.near", gasKey);
  const actions = [transfer("1 NEAR")];
  const kinds = async (): Promise<readonly string[]> =>
    (await dryRun(keyed, "bob.near", actions)).problems.map(({ kind }) => kind);
  assert.equal(await kinds(), ["NotEnoughGasKeyBalance"]);
  await alice.send("alice.near", [transferToGasKey(gasKey.publicKey, "0.1 NEAR")]);
  assert.equal(await kinds(), []);
});

test("an account that is not there is told of", async () => {
  const { near } = await setStage();
  const nobody = near.account("nobody.near", randomEd25519KeyPair());
  const { problems } = await dryRun(nobody, "bob.near", [transfer("1 NEAR")]);
  assert.equal(
    problems.map(({ kind }) => kind),
    ["AccessKeyNotFound", "SignerDoesNotExist"],
  );
});

test.run();
