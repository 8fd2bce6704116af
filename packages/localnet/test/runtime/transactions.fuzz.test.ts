import { encodeUtf8 } from "@yoctonear/base";
import { encode } from "@yoctonear/borsh";
import { deterministicAccountId, universalAccountId } from "@yoctonear/primitives";
import {
  type AccessKeyPermission,
  type Action,
  deterministicStateInitCodec,
  type NonDelegateAction,
  universalStateInit,
} from "@yoctonear/transactions";
import * as fc from "fast-check";
import { delegateVerdictKey } from "#localnet/runtime/signature";
import { bandwidthSchedulerKey } from "#localnet/state/trie-key";
import { accessKeyKey, accountKey } from "#localnet/state/trie-key";
import { type Trie, trieEntries, trieRoot } from "#localnet/state/trie";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { produceBlock } from "./mini-chain.ts";
import { totalTokens } from "./supply.ts";
import {
  runTransaction,
  transactionOf,
  unsigned,
  type World,
  WORLD_KEY,
  worldOf,
} from "./world.ts";

const test = suite("runtime: random transactions");

const RUNS = 200;
const IDS = ["alice.near", "bob.near", "carol.near", "account"] as const;
const SPARE_KEYS = [2, 3, 4].map((n) => `ed25519:${"1".repeat(31)}${n}`);
const CODE = encodeUtf8("no wasm");
const STATE_INIT = {
  type: "v1",
  code: { type: "accountId", accountId: "account" },
  data: new Map([[encodeUtf8("k"), encodeUtf8("v")]]),
} as const;
const DETERMINISTIC_ID = deterministicAccountId(encode(deterministicStateInitCodec, STATE_INIT));

const UNIVERSAL_INITS = [
  universalStateInit({ accessKeys: [WORLD_KEY] }),
  universalStateInit({ code: { account: "account" }, accessKeys: [WORLD_KEY, ...SPARE_KEYS] }),
] as const;
const UNIVERSAL_IDS = UNIVERSAL_INITS.map(({ stateInit }) => universalAccountId(stateInit));

const version = fc.constantFrom(86, 87, 88);
const accountId = fc.constantFrom(
  ...IDS,
  ...UNIVERSAL_IDS,
  "sub.alice.near",
  "nobody.near",
  "ab".repeat(32),
  `0x${"cd".repeat(20)}`,
  DETERMINISTIC_ID,
);
const key = fc.constantFrom(WORLD_KEY, ...SPARE_KEYS);
const amount = fc.oneof(
  fc.constantFrom(0n, 1n, 10n ** 21n, 10n ** 24n, 10n ** 27n, 10n ** 28n),
  fc.bigInt(0n, 2n * 10n ** 27n),
);
const permission: fc.Arbitrary<AccessKeyPermission> = fc.oneof(
  fc.constant({ type: "fullAccess" } as const),
  fc.record({
    type: fc.constant("functionCall" as const),
    allowance: fc.option(amount),
    receiverId: accountId,
    methodNames: fc.constant([]),
  }),
  fc.record({
    type: fc.constant("gasKeyFullAccess" as const),
    balance: fc.constant(0n),
    numNonces: fc.integer({ min: 1, max: 3 }),
  }),
);
const simpleAction: fc.Arbitrary<NonDelegateAction> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("transfer" as const), deposit: amount }) },
  fc.constant({ type: "createAccount" } as const),
  fc.constant({ type: "deployContract", code: CODE } as const),
  fc.record({
    type: fc.constant("functionCall" as const),
    methodName: fc.constant("m"),
    args: fc.constant(new Uint8Array(2)),
    gas: fc.bigInt(1n, 3n * 10n ** 14n),
    deposit: amount,
  }),
  fc.record({
    type: fc.constant("stake" as const),
    stake: amount,
    publicKey: fc.constant(WORLD_KEY),
  }),
  fc.record({
    type: fc.constant("addKey" as const),
    publicKey: key,
    accessKey: fc.record({ nonce: fc.constant(0n), permission }),
  }),
  fc.record({ type: fc.constant("deleteKey" as const), publicKey: fc.constantFrom(...SPARE_KEYS) }),
  fc.record({
    type: fc.constant("deployGlobalContract" as const),
    code: fc.constant(CODE),
    deployMode: fc.constantFrom("codeHash" as const, "accountId" as const),
  }),
  fc.record({
    type: fc.constant("useGlobalContract" as const),
    contractIdentifier: fc.record({ type: fc.constant("accountId" as const), accountId }),
  }),
  fc.record({
    type: fc.constant("deterministicStateInit" as const),
    stateInit: fc.constant(STATE_INIT),
    deposit: amount,
  }),
  fc.record({ type: fc.constant("transferToGasKey" as const), publicKey: key, deposit: amount }),
  fc.record({ type: fc.constant("withdrawFromGasKey" as const), publicKey: key, amount }),
);
const actions: fc.Arbitrary<readonly NonDelegateAction[]> = fc
  .tuple(
    fc.array(simpleAction, { maxLength: 4 }),
    fc.option(
      fc.record({ type: fc.constant("deleteAccount" as const), beneficiaryId: accountId }),
      { freq: 2 },
    ),
  )
  .map(([list, deletion]) => (deletion === null ? list : [...list, deletion]));

/** A transaction without its nonce. */
interface Plan {
  readonly signerId: string;
  readonly receiverId: string;
  readonly actions: readonly Action[];
}

const plain: fc.Arbitrary<Plan> = fc
  .record({
    signerId: fc.constantFrom(...IDS, ...UNIVERSAL_IDS),
    receiverId: accountId,
    actions,
    isOwn: fc.boolean(),
  })
  .map(({ isOwn, ...plan }) => ({ ...plan, receiverId: isOwn ? plan.signerId : plan.receiverId }));
const delegated: fc.Arbitrary<Plan> = fc
  .record({ relayer: fc.constantFrom(...IDS), senderId: fc.constantFrom(...IDS), plan: plain })
  .map(({ relayer, senderId, plan }) => ({
    signerId: relayer,
    receiverId: senderId,
    actions: [
      {
        type: "delegate",
        delegateAction: {
          senderId,
          receiverId: plan.receiverId,
          actions: plan.actions.filter(isSimple),
          nonce: 5_000_000n,
          maxBlockHeight: 1_000n,
          publicKey: WORLD_KEY,
        },
        signature: `ed25519:${"1".repeat(64)}`,
      },
    ],
  }));
const initialising: fc.Arbitrary<Plan> = fc
  .record({
    signerId: fc.option(fc.constantFrom(...IDS), { freq: 2 }),
    init: fc.nat({ max: UNIVERSAL_INITS.length - 1 }),
    deposit: fc.oneof(fc.constant(0n), amount),
    actions: fc.oneof(fc.constant([]), actions),
  })
  .map(({ signerId, init, deposit, actions: others }) => {
    const receiverId = UNIVERSAL_IDS[init] ?? "";
    const { stateInit = new Uint8Array() } = UNIVERSAL_INITS[init] ?? {};
    const first = { type: "universalStateInit", stateInit, deposit } as const;
    return { signerId: signerId ?? receiverId, receiverId, actions: [first, ...others] };
  });
const plan = fc.oneof({ weight: 6, arbitrary: plain }, delegated, initialising);
const one = fc.oneof({ weight: 6, arbitrary: plain }, initialising);
const block = fc.record({
  plans: fc.array(plan, { maxLength: 5 }),
  gasPrice: fc.constantFrom(10n ** 8n, 5n * 10n ** 8n, 10n ** 9n, 2n * 10n ** 9n),
});

test("tokens are neither made nor lost", () => {
  fc.assert(
    fc.property(version, fc.array(block, { maxLength: 8 }), (protocolVersion, blocks) => {
      const world = worldAt(protocolVersion);
      const tokens = totalTokens(world.chain);
      for (const { plans, gasPrice } of blocks) {
        runPlans(world, plans, gasPrice);
        assert.is(totalTokens(world.chain), tokens);
      }
      while (world.chain.incoming.length > 0) produceBlock(world.chain, []);
      assert.is(totalTokens(world.chain), tokens);
    }),
    { numRuns: RUNS },
  );
});

test("the same blocks give the same state, outcomes and receipts", () => {
  fc.assert(
    fc.property(version, fc.array(block, { maxLength: 5 }), (protocolVersion, blocks) => {
      const [first, second] = [worldAt(protocolVersion), worldAt(protocolVersion)];
      for (const { plans, gasPrice } of blocks) {
        runPlans(first, plans, gasPrice);
        runPlans(second, plans, gasPrice);
      }
      assert.is(trieRoot(first.chain.state), trieRoot(second.chain.state));
      assert.equal(first.chain.incoming, second.chain.incoming);
      assert.equal([...first.chain.outcomes], [...second.chain.outcomes]);
    }),
    { numRuns: RUNS / 4 },
  );
});

test("a failed receipt changes nothing but what its signer paid", () => {
  let failures = 0;
  fc.assert(
    fc.property(version, one, (protocolVersion, { signerId, receiverId, actions: list }) => {
      const world = worldAt(protocolVersion);
      const before = world.chain.state;
      const transaction = transactionOf(signerId, receiverId, list, nextNonce(world, signerId));
      const { outcomes } = runTransaction(world, transaction);
      if (outcomes[1]?.status.type !== "failure") return;
      failures++;
      const changed = changedRows(before, world.chain.state);
      const allowed = [
        bandwidthSchedulerKey(),
        accountKey(signerId),
        accessKeyKey(signerId, WORLD_KEY),
      ].map(String);
      assert.equal(
        changed.filter((row) => !allowed.includes(row)),
        [],
      );
    }),
    { numRuns: RUNS * 2 },
  );
  assert.ok(failures > RUNS / 4, `only ${failures} receipts failed`);
});

/** A world; from 88 on there are universal accounts in it that wait for their state init. */
function worldAt(protocolVersion: number): World {
  const world = worldOf(IDS, protocolVersion);
  for (const id of protocolVersion < 88 ? [] : UNIVERSAL_IDS) {
    const gift = { type: "transfer", deposit: 3n * 10n ** 26n } as const;
    runTransaction(world, transactionOf("carol.near", id, [gift], nextNonce(world, "carol.near")));
    assert.not.equal(world.account(id)?.bootstrapNonce, undefined);
  }
  return world;
}

function nextNonce(world: World, signerId: string): bigint {
  const key = world.key(signerId, WORLD_KEY);
  return (key?.nonce ?? world.account(signerId)?.bootstrapNonce ?? 0n) + 1n;
}

/** Produces a block with the transactions, each with its signer's next nonce. */
function runPlans(world: World, plans: readonly Plan[], gasPrice: bigint): void {
  const nonces = new Map<string, bigint>();
  const verdicts = new Map<string, boolean>();
  const transactions = plans.map(({ signerId, receiverId, actions: list }) => {
    const nonce = nonces.get(signerId) ?? nextNonce(world, signerId);
    nonces.set(signerId, nonce + 1n);
    for (const action of list) {
      const isDelegate = action.type === "delegate" || action.type === "delegateV2";
      if (isDelegate) verdicts.set(delegateVerdictKey(action), true);
    }
    return unsigned(transactionOf(signerId, receiverId, list, nonce));
  });
  produceBlock(world.chain, transactions, { gasPrice, verdicts });
}

function changedRows(before: Trie, after: Trie): readonly string[] {
  const rows = new Map(
    [...trieEntries(before, new Uint8Array())].map(([k, v]) => [String(k), String(v)]),
  );
  const changed: string[] = [];
  for (const [k, v] of trieEntries(after, new Uint8Array())) {
    if (rows.get(String(k)) !== String(v)) changed.push(String(k));
    rows.delete(String(k));
  }
  return [...changed, ...rows.keys()];
}

function isSimple(action: Action): action is NonDelegateAction {
  return action.type !== "delegate" && action.type !== "delegateV2";
}

test.run();
