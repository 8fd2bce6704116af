import type { SigningAccount } from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { parsePublicKey } from "@yoctonear/keys";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { nearImplicitAccountId } from "@yoctonear/primitives";
import {
  createRelayer,
  memoryRelayStore,
  type ReceiverRule,
  type RelayPolicy,
  type RelayStore,
} from "@yoctonear/relayer";
import { RelayError } from "@yoctonear/relayer/client";
import {
  addKey,
  createAccount,
  createDelegateAction,
  deployContract,
  deployGlobalContract,
  functionCall,
  fullAccess,
  type NonDelegateAction,
  signDelegateAction,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, clientOf, type Relayer, rejection, setStage } from "./stage.ts";

const test = suite("policy: nothing is paid that it does not name");

/** Asks for actions on a receiver in alice's name. */
async function want(
  relayer: Relayer,
  alice: SigningAccount,
  receiverId: string,
  actions: readonly NonDelegateAction[],
): Promise<string> {
  return ask(relayer, await alice.delegate(receiverId, actions));
}

test("methods per receiver, each list its own", async () => {
  const { alice, open, signed } = await setStage();
  const relayer = open({
    receivers: { "bob.near": { methods: ["vote"] }, "carol.near": { methods: "any" } },
  });
  const [vote, other] = [functionCall("vote"), functionCall("constructor")];
  assert.is(await want(relayer, alice, "bob.near", [other]), "function_not_allowed");
  assert.is(await want(relayer, alice, "near", [vote]), "receiver_not_allowed");
  assert.is(await want(relayer, alice, "bob.near", [transfer(1n)]), "action_not_allowed");
  assert.is(await want(relayer, alice, "bob.near", []), "action_not_allowed");
  assert.is(await want(relayer, alice, "bob.near", [vote, vote]), "too_many_actions");
  assert.equal(signed, []);
  // Those accounts have no contract, which is the chain's to say
  assert.is(await want(relayer, alice, "bob.near", [vote]), "failed");
  assert.is(await want(relayer, alice, "carol.near", [other]), "failed");
});

test("a receiver whose name is one of JavaScript's own is a receiver like any", async () => {
  const { alice, open, signed } = await setStage();
  const relayer = open({ receivers: {} });
  for (const id of ["constructor", "valueof.near", "tostring"]) {
    assert.is(await want(relayer, alice, id, [transfer(1n)]), "receiver_not_allowed");
  }
  assert.equal(signed, []);
});

test("gas and deposits of all actions together", async () => {
  const { alice, open, signed } = await setStage();
  const rule = { methods: ["vote"], maxActions: 9, maxGas: "20 Tgas" } as const;
  const relayer = open({ receivers: { "bob.near": rule } });
  const vote = (gas: bigint, deposit = 0n): NonDelegateAction =>
    functionCall("vote", {}, { gas, deposit });
  const two = [vote(10n ** 13n), vote(10n ** 13n + 1n)];
  assert.is(await want(relayer, alice, "bob.near", two), "too_much_gas");
  assert.is(await want(relayer, alice, "bob.near", [vote(1n, 1n)]), "too_much_deposit");
  assert.equal(signed, []);
  const rich = open({ receivers: { "bob.near": { ...rule, maxDeposit: 3n } } });
  const three = [vote(1n, 1n), vote(1n, 2n), vote(1n, 1n)];
  assert.is(await want(rich, alice, "bob.near", three), "too_much_deposit");
  assert.equal(signed, []);
});

test("a cap on the whole cost holds for fees of actions that carry no gas, too", async () => {
  const { alice, open, signed } = await setStage();
  const self = { actions: ["addKey"], maxActions: 100 } as const;
  const relayer = open({ self, maxCost: "0.01 NEAR" });
  const many = (count: number): NonDelegateAction[] =>
    Array.from({ length: count }, () => addKey(randomEd25519KeyPair().publicKey, fullAccess()));
  assert.is(await want(relayer, alice, "alice.near", many(50)), "too_expensive");
  assert.equal(signed, []);
  assert.is(await want(relayer, alice, "alice.near", many(1)), "executed");
});

test("what is allowed on one's own account is not allowed on another's", async () => {
  const { act, alice, open, signed } = await setStage();
  const relayer = open({ self: { actions: ["addKey"] } });
  const add = [addKey(randomEd25519KeyPair().publicKey, fullAccess())];
  assert.is(await want(relayer, alice, "bob.near", add), "receiver_not_allowed");
  assert.is(await want(relayer, act("bob.near"), "bob.near", add), "executed");
  assert.is(signed.length, 1);
});

test("who may send, and who may not", async () => {
  const { act, alice, open, signed } = await setStage();
  const others = { actions: ["transfer"] } as const;
  const relayer = open({
    others,
    senders: ["alice.near", "bob.near"],
    deniedSenders: ["bob.near"],
  });
  const none = [transfer(0n)];
  assert.is(await want(relayer, act("bob.near"), "alice.near", none), "sender_not_allowed");
  assert.is(await want(relayer, act("carol.near"), "alice.near", none), "sender_not_allowed");
  assert.equal(signed, []);
  assert.is(await want(relayer, alice, "bob.near", none), "executed");
});

test("so many of a sender in a period, and again in the next", async () => {
  const { act, alice, open } = await setStage();
  let time = 120_500;
  const policy: RelayPolicy = {
    others: { actions: ["transfer"] },
    rate: { count: 2, per: 60_000 },
  };
  const relayer = open(policy, { now: () => time });
  const gift = (): Promise<string> => want(relayer, alice, "bob.near", [transfer(0n)]);
  assert.equal(
    [await gift(), await gift(), await gift()],
    ["executed", "executed", "rate_limited"],
  );
  // Others are not bothered, and nobody can use up alice's turns in her name
  assert.is(await want(relayer, act("bob.near"), "alice.near", [transfer(0n)]), "executed");
  const error = await rejection(
    clientOf(relayer).relay(await alice.delegate("bob.near", [transfer(0n)])),
  );
  assert.ok(error instanceof RelayError);
  assert.equal([error.code, error.status, error.retryAfter], ["rate_limited", 429, 60_000]);
  time = 180_000;
  assert.is(await gift(), "executed");
});

test("one who signs with a key of his own in alice's name uses up nothing of hers", async () => {
  const { alice, open } = await setStage();
  const policy = { others: { actions: ["transfer"] }, rate: { count: 1, per: 60_000 } } as const;
  const relayer = open(policy, { now: () => 0 });
  const thief = randomEd25519KeyPair();
  const forged = createDelegateAction({
    senderId: "alice.near",
    publicKey: thief.publicKey,
    nonce: 1n,
    receiverId: "bob.near",
    actions: [transfer(0n)],
    maxBlockHeight: 1_000n,
  });
  assert.is(await ask(relayer, await signDelegateAction(forged, thief)), "unknown_key");
  assert.is(await want(relayer, alice, "bob.near", [transfer(0n)]), "executed");
});

test("a budget is never overdrawn, and what was not spent of it is given back", async () => {
  const { act, alice, account, open, signed } = await setStage();
  const before = (await account.balance()).total;
  const policy: RelayPolicy = {
    others: { actions: ["transfer"], maxDeposit: "1 NEAR" },
    budget: { amount: "2.01 NEAR" },
  };
  const relayer = open(policy);
  const answers = [];
  for (const sender of [alice, act("bob.near"), alice, alice]) {
    answers.push(await want(relayer, sender, "carol.near", [transfer("1 NEAR")]));
  }
  assert.equal(answers, ["executed", "executed", "budget_exhausted", "budget_exhausted"]);
  assert.is(signed.length, 2);
  assert.ok(before - (await account.balance()).total <= 2_010_000_000_000_000_000_000_000n);
  // Deposits of actions that fail are the sender's, so they are spent all the same
  const other = open({ ...policy, budget: { amount: "1.01 NEAR" } });
  assert.is(await want(other, alice, "nobody.near", [transfer("1 NEAR")]), "failed");
  assert.is(await want(other, alice, "carol.near", [transfer("0.1 NEAR")]), "budget_exhausted");
});

test("what the budget counts is never less than what was paid, whatever the action", async () => {
  const { alice, account, open, signed } = await setStage();
  const counts: bigint[] = [];
  const memory = memoryRelayStore();
  const store: RelayStore = {
    ...memory,
    count: async (counter, amount, limit, expires) => {
      counts.push(amount);
      return memory.count(counter, amount, limit, expires);
    },
  };
  const other = randomEd25519KeyPair();
  const implicit = nearImplicitAccountId(parsePublicKey(other.publicKey).bytes);
  const any: ReceiverRule = {
    methods: "any",
    actions: ["createAccount", "transfer", "addKey", "deployContract", "deployGlobalContract"],
    maxActions: 3,
    maxGas: "300 Tgas",
    maxDeposit: "1 NEAR",
  };
  const relayer = open({ self: any, others: any, budget: { amount: "90 NEAR" } }, { store });
  const code = new Uint8Array(1_000);
  const cases: readonly (readonly [string, readonly NonDelegateAction[]])[] = [
    [implicit, [transfer("0.1 NEAR")]],
    ["sub.alice.near", [createAccount(), addKey(other.publicKey, fullAccess()), transfer(1n)]],
    ["alice.near", [addKey(other.publicKey, fullAccess())]],
    ["alice.near", [deployContract(code)]],
    ["alice.near", [deployGlobalContract(code, { by: "hash" })]],
    ["bob.near", [functionCall("nothing", {}, { gas: "300 Tgas", deposit: "1 NEAR" })]],
    ["alice.near", [functionCall("nothing", {}, { gas: "300 Tgas" })]],
    ["nobody.near", [transfer("1 NEAR")]],
  ];
  for (const [receiverId, actions] of cases) {
    counts.length = 0;
    const before = (await account.balance()).total;
    const answer = await want(relayer, alice, receiverId, actions);
    assert.ok(["executed", "failed"].includes(answer), answer);
    const paid = before - (await account.balance()).total;
    const counted = counts.reduce((sum, count) => sum + count, 0n);
    assert.ok(counted >= paid, `${receiverId}: counted ${counted}, paid ${paid}`);
  }
  assert.is(signed.length, cases.length);
});

test("a budget per period is full again in the next; one store may serve several relayers", async () => {
  const { alice, open } = await setStage();
  let time = 0;
  const now = (): number => time;
  const store = memoryRelayStore(now);
  const policy: RelayPolicy = {
    others: { actions: ["transfer"], maxDeposit: "1 NEAR" },
    budget: { amount: "1.01 NEAR", per: 1_000 },
  };
  const [one, other] = [open(policy, { store, now }), open(policy, { store, now })];
  const gift = [transfer("1 NEAR")];
  assert.is(await want(one, alice, "bob.near", gift), "executed");
  assert.is(await want(other, alice, "bob.near", gift), "budget_exhausted");
  time = 1_000;
  assert.is(await want(other, alice, "bob.near", gift), "executed");
});

test("a policy with a name that it does not have is an error, not a missing limit", async () => {
  const { account } = await setStage();
  const wrong: readonly object[] = [
    { receiver: {} },
    { others: { maxDeposits: "1 NEAR" } },
    { others: { actions: ["transfers"] } },
    { others: { methods: "vote" } },
    { others: { maxActions: 0 } },
    { others: { maxDeposit: "1" } },
    { others: { maxGas: 30 } },
    { others: null },
    { rate: { count: 1, per: 0 } },
    { rate: { count: 1, each: 1 } },
    { budget: { amount: 1 } },
    { budget: { amount: "1 NEAR", per: 0.5 } },
    { senders: ["Alice.near"] },
    { receivers: { A: {} } },
    { maxCost: "1" },
  ];
  for (const policy of wrong) {
    assert.throws(
      () => createRelayer({ account, schemes: [], policy }),
      (error: unknown) =>
        error instanceof TypeError || error instanceof RangeError || isNearError(error),
      JSON.stringify(policy),
    );
  }
});

test.run();
