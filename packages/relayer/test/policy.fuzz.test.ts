import type { SigningAccount } from "@yoctonear/account";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { parseGas, parseNear } from "@yoctonear/primitives";
import type { ReceiverRule, RelayPolicy } from "@yoctonear/relayer";
import {
  addKey,
  createDelegateAction,
  type Delegate,
  functionCall,
  fullAccess,
  type NonDelegateAction,
  signDelegateAction,
  stake,
  type Transaction,
  transfer,
} from "@yoctonear/transactions";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, setStage, type Stage } from "./stage.ts";

const test = suite("policy: any policy, any delegate action");
const MILLI = 10n ** 21n;
const TERA = 10n ** 12n;
const IDS = ["alice.near", "bob.near", "carol.near", "nobody.near"] as const;
const METHODS = ["a", "b", "constructor"] as const;

/** There in most of the cases, or in few. */
const mostly = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 5 });
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const milli = (max: bigint): fc.Arbitrary<bigint> => fc.bigInt(0n, max).map((n) => n * MILLI);

const rule: fc.Arbitrary<ReceiverRule> = fc.record({
  methods: mostly(fc.oneof(fc.constant("any" as const), fc.subarray([...METHODS]))),
  actions: mostly(fc.subarray(["transfer", "addKey", "stake"] as const)),
  maxActions: mostly(fc.integer({ min: 1, max: 4 })),
  maxGas: mostly(fc.bigInt(0n, 90n).map((tera) => tera * TERA)),
  maxDeposit: mostly(milli(9n)),
});

const policies: fc.Arbitrary<RelayPolicy> = fc.record({
  receivers: mostly(fc.dictionary(fc.constantFrom(...IDS), rule)),
  self: rarely(rule),
  others: mostly(rule),
  senders: rarely(fc.subarray(["alice.near", "bob.near"])),
  deniedSenders: rarely(fc.subarray(["alice.near", "bob.near"])),
  maxCost: rarely(milli(200n)),
  budget: rarely(fc.record({ amount: milli(400n) })),
});

const actions: fc.Arbitrary<NonDelegateAction> = fc.oneof(
  fc
    .record({
      method: fc.constantFrom(...METHODS),
      gas: fc.bigInt(1n, 35n).map((tera) => tera * TERA),
      deposit: milli(4n),
    })
    .map(({ method, gas, deposit }) => functionCall(method, {}, { gas, deposit })),
  milli(4n).map((deposit) => transfer(deposit)),
  fc.constant(null).map(() => addKey(randomEd25519KeyPair().publicKey, fullAccess())),
  fc.constant(null).map(() => stake(0n, randomEd25519KeyPair().publicKey)),
);

const wishes = fc.array(
  fc.record({
    sender: fc.constantFrom("alice.near", "bob.near"),
    receiverId: fc.constantFrom(...IDS),
    actions: fc.array(actions, { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 5 },
);

/** What the policy says, written down a second time and without looking at how the relayer reads it. */
function isNamed(
  policy: RelayPolicy,
  senderId: string,
  receiverId: string,
  wanted: readonly NonDelegateAction[],
): boolean {
  if (policy.deniedSenders?.includes(senderId) === true) return false;
  if (policy.senders?.includes(senderId) === false) return false;
  const named = Object.entries(policy.receivers ?? {}).find(([id]) => id === receiverId)?.[1];
  const applies =
    named ?? (senderId === receiverId ? (policy.self ?? policy.others) : policy.others);
  if (applies === undefined || wanted.length === 0) return false;
  if (wanted.length > (applies.maxActions ?? 1)) return false;
  let gas = 0n;
  let deposit = 0n;
  for (const action of wanted) {
    if (action.type === "functionCall") {
      gas += action.gas;
      deposit += action.deposit;
      const { methods = [] } = applies;
      if (methods !== "any" && !methods.includes(action.methodName)) return false;
    } else if (action.type === "transfer") {
      deposit += action.deposit;
      if (applies.actions?.includes("transfer") !== true) return false;
    } else if (action.type === "addKey" || action.type === "stake") {
      if (applies.actions?.includes(action.type) !== true) return false;
    } else return false;
  }
  const { maxGas = 30n * TERA, maxDeposit = 0n } = applies;
  return gas <= parseGas(maxGas) && deposit <= parseNear(maxDeposit);
}

/** The delegate action that the relayer's key has signed for; it signs for nothing else. */
function delegateIn({ signerId, receiverId, actions: outer }: Transaction): Delegate {
  const [action, ...others] = outer;
  assert.is(signerId, "relayer.near");
  assert.is(others.length, 0);
  assert.ok(action?.type === "delegate");
  if (action?.type !== "delegate") throw new Error("expected a delegate");
  assert.is(receiverId, action.delegateAction.senderId);
  return action;
}

async function sign(
  account: SigningAccount,
  receiverId: string,
  wanted: readonly NonDelegateAction[],
): Promise<Delegate> {
  const { signer, publicKey = "", accountId } = account;
  if (signer === undefined) throw new Error("expected a signer");
  const key = await account.key(publicKey);
  const delegateAction = createDelegateAction({
    senderId: accountId,
    publicKey,
    nonce: (key?.nonce ?? 0n) + 1n,
    receiverId,
    actions: wanted,
    maxBlockHeight: 1_000_000n,
  });
  const signed = await signDelegateAction(delegateAction, signer);
  if (signed.type !== "delegate") throw new Error("expected V1");
  return signed;
}

test("the relayer's key signs for nothing that the policy does not name, and pays no more", async () => {
  const stage: Stage = await setStage();
  let relayed = 0;
  await fc.assert(
    fc.asyncProperty(policies, wishes, async (policy, list) => {
      const relayer = stage.open(policy, { minBlocks: 1 });
      const first = stage.signed.length;
      const before = (await stage.account.balance()).total;
      for (const { sender, receiverId, actions: wanted } of list) {
        const count = stage.signed.length;
        const paid = (await stage.account.balance()).total;
        const delegated = await sign(stage.act(sender), receiverId, wanted);
        const answer = await ask(relayer, delegated);
        const named = isNamed(policy, sender, receiverId, wanted);
        const isSigned = stage.signed.length > count;
        assert.is(isSigned, ["executed", "failed"].includes(answer), answer);
        if (isSigned) assert.ok(named);
        else if (named) assert.ok(["too_expensive", "budget_exhausted"].includes(answer), answer);
        const cost = paid - (await stage.account.balance()).total;
        if (policy.maxCost !== undefined) assert.ok(cost <= parseNear(policy.maxCost));
      }
      for (const transaction of stage.signed.slice(first)) {
        const { senderId, receiverId, actions: inner } = delegateIn(transaction).delegateAction;
        assert.ok(isNamed(policy, senderId, receiverId, inner));
        relayed += 1;
      }
      const spent = before - (await stage.account.balance()).total;
      const { budget } = policy;
      if (budget !== undefined) assert.ok(spent <= parseNear(budget.amount));
    }),
    { numRuns: 60 },
  );
  // Otherwise it would say nothing.
  assert.ok(relayed > 0);
});

test.run();
