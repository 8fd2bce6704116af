import { connect, createMemoryJournal, journalled, TransactionError } from "@yoctonear/account";
import { memoryRelayStore, type RelayPolicy } from "@yoctonear/relayer";
import { parseJson, stringifyJson, type Transport, TransportError } from "@yoctonear/rpc";
import {
  delegateActionHash,
  formatSignedDelegate,
  functionCall,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, clientOf, post, rejection, type Relayer, setStage } from "./stage.ts";

const test = suite("relayer: what is unknown is taken up, not paid again");
const YOCTO = 10n ** 24n;
const gifts = {
  receivers: { "bob.near": { actions: ["transfer"], maxDeposit: "1 NEAR" } },
} as const;
const gift = [transfer("1 NEAR")];

test("P6: an answer that is lost for too long keeps the hash; asking again takes it up", async () => {
  let isLost = (_method: string): boolean => false;
  const { near, alice, open, signed } = await setStage((inner) => async (request, options) => {
    const answer = await inner(request, options);
    if (isLost(request.method)) throw new TransportError("network", "cut off");
    return answer;
  });
  const relayer = open(gifts, { timeout: 600, store: memoryRelayStore() });
  const delegated = await alice.delegate("bob.near", gift);
  // From the first broadcast on nothing comes back
  isLost = (method) => method === "send_tx" || signed.length > 0;
  const error = await rejection(clientOf(relayer).relay(delegated));
  assert.ok(error instanceof TransactionError);
  assert.equal([error.code, error.signerId], ["unknown_outcome", "relayer.near"]);
  const [first] = signed;
  assert.ok(first);
  isLost = () => false;
  const outcome = await error.resume?.();
  assert.is(outcome?.hash, error.hash);
  assert.is((await clientOf(relayer).relay(delegated)).hash, error.hash);
  assert.is(signed.length, 1);
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
});

test("what a restarted relayer finds in its store it takes up, and does not sign again", async () => {
  let isDown = true;
  const { near, alice, open, signed } = await setStage((inner) => async (request, options) => {
    // The transaction does not get out at all.
    if (isDown && (request.method === "send_tx" || signed.length > 0)) {
      throw new TransportError("network", "down");
    }
    return inner(request, options);
  });
  const store = memoryRelayStore();
  const delegated = await alice.delegate("bob.near", gift);
  const budget = { ...gifts, budget: { amount: "1.01 NEAR" } } as const;
  assert.is(await ask(open(budget, { timeout: 600, store }), delegated), "unknown_outcome");
  // What may still be paid is set aside
  const second = await alice.delegate("bob.near", gift);
  isDown = false;
  const restarted = open(budget, { store });
  assert.is(await ask(restarted, second), "budget_exhausted");
  assert.is(await ask(restarted, delegated), "executed");
  assert.is(signed.length, 1);
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
});

test("what is unknown keeps its turn and its part of the budget until it is known", async () => {
  let isDown = true;
  const { alice, act, open, signed } = await setStage((inner) => async (request, options) => {
    if (isDown && (request.method === "send_tx" || signed.length > 0)) {
      throw new TransportError("network", "down");
    }
    return inner(request, options);
  });
  const calls: RelayPolicy = {
    others: { methods: "any", maxGas: "300 Tgas" },
    rate: { count: 2, per: 1e12 },
    budget: { amount: "0.7 NEAR" },
  };
  const carol = act("carol.near");
  const call = [functionCall("nothing", {}, { gas: "300 Tgas" })];
  const relayer = open(calls, { timeout: 600, now: () => 0 });
  const delegated = await alice.delegate("bob.near", call);
  assert.is(await ask(relayer, delegated), "unknown_outcome");
  isDown = false;
  assert.is(await ask(relayer, await carol.delegate("bob.near", call)), "budget_exhausted");
  assert.is(await ask(relayer, delegated), "failed");
  // The gas that was not used is there again
  assert.is(await ask(relayer, await carol.delegate("bob.near", call)), "failed");
  assert.is(await ask(relayer, await alice.delegate("bob.near", call)), "failed");
  assert.is(await ask(relayer, await alice.delegate("bob.near", call)), "rate_limited");
});

test("P1: a relayer that was killed finds in its journal what it had signed", async () => {
  let isDown = true;
  const { alice, near, open, signed, chain, account } = await setStage();
  const transport: Transport = async (request, options) => {
    if (isDown && request.method === "send_tx") throw new TransportError("network", "down");
    return chain.transport(request, options);
  };
  const journal = createMemoryJournal();
  const { signer } = account;
  assert.ok(signer);
  const start = (): Relayer =>
    open(gifts, {
      account: connect(transport, { journal: journalled(journal) }).account(
        "relayer.near",
        signer ?? chain.signer("relayer.near"),
      ),
      journal,
      timeout: 600,
      store: memoryRelayStore(),
    });
  const delegated = await alice.delegate("bob.near", gift);
  assert.is(await ask(start(), delegated), "unknown_outcome");
  const [entry] = await journal.list();
  assert.is(entry?.reference, delegateActionHash(delegated.delegateAction));
  isDown = false;
  // The store is gone, the journal is not
  const restarted = start();
  const { body } = await post(restarted, formatSignedDelegate(delegated));
  assert.equal([body.status, body.hash], ["executed", entry?.hash]);
  assert.is(signed.length, 1);
  assert.equal(await journal.list(), []);
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
  assert.is(await ask(restarted, await alice.delegate("bob.near", gift)), "executed");
  assert.equal(await journal.list(), []);
});

test("P8: an answer that cannot be read once the money has moved is unknown, not unpaid", async () => {
  let isGarbled = true;
  const { alice, near, open, signed } = await setStage((inner) => async (request, options) => {
    const answer = await inner(request, options);
    if (!isGarbled || !["send_tx", "tx"].includes(request.method)) return answer;
    // As a node of another version might answer
    return parseJson(stringifyJson(answer).replaceAll('"receipt_ids"', '"receipts"'));
  });
  const policy = { ...gifts, budget: { amount: "1.01 NEAR" } } as const;
  const relayer = open(policy, { timeout: 600 });
  const delegated = await alice.delegate("bob.near", gift);
  const first = await ask(relayer, delegated);
  assert.ok(["unknown_outcome", "executed"].includes(first), first);
  isGarbled = false;
  assert.is(await ask(relayer, delegated), "executed");
  assert.is(await ask(relayer, await alice.delegate("bob.near", gift)), "budget_exhausted");
  assert.is(signed.length, 1);
  assert.is((await near.account("bob.near").balance()).total, 101n * YOCTO);
});

test.run();
