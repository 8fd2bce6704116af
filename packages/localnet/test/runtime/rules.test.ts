import { encodeUtf8 } from "@yoctonear/base";
import type { Action, Transaction } from "@yoctonear/transactions";
import { hashOf } from "#localnet/chain/hash";
import type { ValidatorUpdate } from "#localnet/runtime/context";
import { checkTransaction, checkTransactionForm } from "#localnet/runtime/verifier";
import { trieEntries } from "#localnet/state/trie";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { produceBlock, settle } from "./mini-chain.ts";
import { totalTokens } from "./supply.ts";
import {
  type Ran,
  run,
  runTransaction,
  transactionOf,
  unsigned,
  type World,
  WORLD_KEY,
  worldOf,
} from "./world.ts";

const NEAR = 10n ** 24n;
const SECOND_KEY = `ed25519:${"1".repeat(31)}2`;

const transfer = (deposit: bigint): Action => ({ type: "transfer", deposit });
const addFullAccessKey = (publicKey: string): Action => ({
  type: "addKey",
  publicKey,
  accessKey: { nonce: 7n, permission: { type: "fullAccess" } },
});
const addCallKey = (publicKey: string, allowance: bigint | null): Action => ({
  type: "addKey",
  publicKey,
  accessKey: {
    nonce: 0n,
    permission: { type: "functionCall", allowance, receiverId: "bob.near", methodNames: [] },
  },
});
const addGasKey = (publicKey: string, numNonces: number): Action => ({
  type: "addKey",
  publicKey,
  accessKey: { nonce: 0n, permission: { type: "gasKeyFullAccess", balance: 0n, numNonces } },
});
const call = (gas: bigint): Action => ({
  type: "functionCall",
  methodName: "m",
  args: new Uint8Array(),
  gas,
  deposit: 0n,
});

const transactions = suite("runtime: transactions in a chunk");

transactions("a transaction that the chunk has twice is applied once", () => {
  const { chain } = worldOf();
  const signed = unsigned(transactionOf("alice.near", "bob.near", [transfer(NEAR)], 1n));
  const result = produceBlock(chain, [signed, signed]);
  assert.is(result.outcomes.length, 1);
  assert.is(result.skippedTransactions.length, 1);
});

transactions("a rejected one leaves an outcome without gas", () => {
  const world = worldOf();
  const tooLarge = runTransaction(world, transactionOf("alice.near", "bob.near", [], 11_000_000n));
  assert.equal(tooLarge.error, {
    InvalidTxError: { NonceTooLarge: { tx_nonce: 11_000_000, upper_bound: 11_000_000 } },
  });
  assert.is(tooLarge.outcomes[0]?.gasBurnt, 0n);
  const nobody = runTransaction(world, transactionOf("nobody.near", "bob.near", [], 1n));
  assert.equal(nobody.error, { InvalidTxError: { InvalidSignerId: { signer_id: "nobody.near" } } });
  const expired = runTransaction(world, transactionOf("alice.near", "bob.near", [], 1n), {
    isExpired: () => true,
  });
  assert.equal(expired.error, { InvalidTxError: "Expired" });
  assert.is(world.key("alice.near", WORLD_KEY)?.nonce, 0n);
});

transactions("the pre-check names a missing signer otherwise than the chunk", () => {
  const signed = unsigned(transactionOf("nobody.near", "bob.near", [], 1n));
  const options = { gasPrice: 100_000_000n, height: null, isSigned: true };
  assert.equal(checkTransaction(worldOf().chain.state, signed, options), {
    SignerDoesNotExist: { signer_id: "nobody.near" },
  });
  const unsignedOptions = { ...options, isSigned: false };
  assert.is(checkTransaction(null, signed, unsignedOptions), "InvalidSignature");
});

transactions("a strict nonce must be the next one", () => {
  const world = worldOf();
  const strict = (nonce: bigint): Transaction => ({
    ...transactionOf("alice.near", "bob.near", [], 0n),
    version: 1,
    nonce: { type: "nonce", nonce },
    nonceMode: "strict",
  });
  assert.equal(runTransaction(world, strict(2n)).error, {
    InvalidTxError: { InvalidNonce: { tx_nonce: 2, ak_nonce: 0 } },
  });
  assert.is(runTransaction(world, strict(1n)).error, null);
});

transactions("the size of a signed transaction is limited", () => {
  const code = new Uint8Array(1_572_864);
  const actions: Action[] = [{ type: "deployContract", code }];
  const signed = unsigned(transactionOf("alice.near", "alice.near", actions, 1n));
  assert.equal(checkTransactionForm(signed), {
    TransactionSizeExceeded: { size: 1_573_039, limit: 1_572_864 },
  });
});

transactions("a transaction to oneself runs in its own block", () => {
  const { chain } = worldOf();
  const signed = unsigned(transactionOf("alice.near", "alice.near", [transfer(1n)], 1n));
  const { outcomes, outgoingReceipts } = produceBlock(chain, [signed]);
  assert.is(outcomes.length, 2);
  assert.equal(
    outgoingReceipts.map(({ predecessorId }) => predecessorId),
    ["system"],
  );
});

transactions.run();

const keys = suite("runtime: keys");

keys("P14: an allowance of 0 stays 0 and pays for nothing", () => {
  const world = worldOf();
  run(world, "alice.near", "alice.near", [addCallKey(SECOND_KEY, 0n)]);
  const permission = world.key("alice.near", SECOND_KEY)?.permission;
  assert.equal(permission?.type === "functionCall" ? permission.allowance : null, 0n);
  const { error } = run(world, "alice.near", "bob.near", [call(10n ** 12n)], {
    publicKey: SECOND_KEY,
  });
  assert.match(JSON.stringify(error), "NotEnoughAllowance");
});

keys("an allowance gets back what was not burnt", () => {
  const world = worldOf();
  run(world, "alice.near", "alice.near", [addCallKey(SECOND_KEY, NEAR)]);
  const before = world.balance("alice.near");
  run(world, "alice.near", "bob.near", [call(10n ** 14n)], { publicKey: SECOND_KEY });
  const permission = world.key("alice.near", SECOND_KEY)?.permission;
  const spent = before - world.balance("alice.near");
  assert.ok(spent > 0n && spent < NEAR / 1000n);
  assert.is(permission?.type === "functionCall" ? permission.allowance : null, NEAR - spent);
});

keys("a new key starts above every nonce that it may have had", () => {
  const world = worldOf();
  run(world, "alice.near", "alice.near", [addFullAccessKey(SECOND_KEY)]);
  assert.is(world.key("alice.near", SECOND_KEY)?.nonce, 10_000_000n);
});

keys("a gas key counts on its lanes and pays gas from its balance", () => {
  const world = worldOf();
  run(world, "alice.near", "alice.near", [addGasKey(SECOND_KEY, 2)]);
  assert.is(world.account("alice.near")?.storageUsage, 182n + 33n + 27n + 40n + 2n * 83n);
  run(world, "bob.near", "alice.near", [
    { type: "transferToGasKey", publicKey: SECOND_KEY, deposit: NEAR },
  ]);
  const balance = world.balance("alice.near");
  const ran = runTransaction(world, laneTransaction(1, 12_000_000n, [transfer(5n)]));
  assert.is(ran.error, null);
  assert.is(world.balance("alice.near"), balance - 5n);
  assert.is(gasBalance(world, SECOND_KEY), NEAR - 44_636_512_500_000_000_000n);
  const again = runTransaction(world, laneTransaction(1, 12_000_000n, []));
  assert.equal(again.error, {
    InvalidTxError: { InvalidNonce: { tx_nonce: 12_000_000, ak_nonce: 12_000_000 } },
  });
  assert.is(runTransaction(world, laneTransaction(0, 12_000_000n, [])).error, null);
});

keys("when only the deposit of a gas-key transaction fails, the gas is burnt", () => {
  const world = worldOf();
  run(world, "alice.near", "alice.near", [addGasKey(SECOND_KEY, 1)]);
  run(world, "alice.near", "alice.near", [
    { type: "transferToGasKey", publicKey: SECOND_KEY, deposit: NEAR },
  ]);
  const tokens = totalTokens(world.chain);
  const account = world.account("alice.near");
  const deposit = 2000n * NEAR;
  const ran = runTransaction(world, laneTransaction(0, 12_000_000n, [transfer(deposit)]));
  assert.equal(ran.error, {
    InvalidTxError: {
      NotEnoughBalanceForDeposit: {
        signer_id: "alice.near",
        balance: `${account?.amount}`,
        cost: `${deposit}`,
        reason: "NotEnoughBalance",
      },
    },
  });
  assert.is(ran.outcomes[0]?.gasBurnt, 223_182_562_500n);
  assert.is(gasBalance(world, SECOND_KEY), NEAR - 22_318_256_250_000_000_000n);
  assert.equal(world.account("alice.near"), account);
  assert.is(totalTokens(world.chain), tokens);
});

keys("a gas key with more than 1 NEAR is not deleted, nor is its account", () => {
  const world = worldOf();
  run(world, "alice.near", "alice.near", [addGasKey(SECOND_KEY, 1)]);
  run(world, "alice.near", "alice.near", [
    { type: "transferToGasKey", publicKey: SECOND_KEY, deposit: NEAR + 1n },
  ]);
  const tooHigh = (index: number, publicKey: string | null): unknown => ({
    ActionError: {
      index,
      kind: {
        GasKeyBalanceTooHigh: {
          account_id: "alice.near",
          public_key: publicKey,
          balance: `${NEAR + 1n}`,
        },
      },
    },
  });
  const remove: Action = { type: "deleteKey", publicKey: SECOND_KEY };
  const end: Action = { type: "deleteAccount", beneficiaryId: "bob.near" };
  assert.equal(run(world, "alice.near", "alice.near", [remove]).error, tooHigh(0, SECOND_KEY));
  assert.equal(run(world, "alice.near", "alice.near", [end]).error, tooHigh(0, null));
  const amount = 1n;
  const withdraw: Action = { type: "withdrawFromGasKey", publicKey: SECOND_KEY, amount };
  const tokens = totalTokens(world.chain);
  assert.is(firstFailure(run(world, "alice.near", "alice.near", [withdraw, end]), 1), undefined);
  assert.is(world.keyCount("alice.near"), 0);
  assert.is(rowsOf(world, "alice.near"), 0);
  assert.is(totalTokens(world.chain), tokens);
});

keys.run();

const accounts = suite("runtime: accounts");

accounts("P16: an account whose id only ends alike is no sub-account", () => {
  const { error } = run(worldOf(), "bob.near", "rumbob.near", [{ type: "createAccount" }]);
  assert.equal(error, {
    ActionError: {
      index: 0,
      kind: {
        CreateAccountNotAllowed: { account_id: "rumbob.near", predecessor_id: "bob.near" },
      },
    },
  });
});

accounts("the registrar makes top-level accounts", () => {
  const world = worldOf(["registrar"]);
  const { error } = run(world, "registrar", "short", [{ type: "createAccount" }]);
  assert.is(error, null);
  assert.is(world.account("short")?.storageUsage, 100n);
});

accounts("a full block price leaves nothing of the creation charge but the gas", () => {
  const world = worldOf();
  const options = { gasPrice: 2_000_000_000n };
  const { outcomes } = run(
    world,
    "alice.near",
    "a.alice.near",
    [{ type: "createAccount" }],
    options,
  );
  assert.is(outcomes[1]?.tokensBurnt, 2_000_000_000n * 7_308_059_500_000n);
});

accounts("gas is never burnt above the price at which it was bought", () => {
  const { chain } = worldOf();
  const signed = unsigned(transactionOf("alice.near", "bob.near", [transfer(1n)], 1n));
  const tokens = totalTokens(chain);
  produceBlock(chain, [signed]);
  const { outcomes } = produceBlock(chain, [], { gasPrice: 3_000_000_000n });
  assert.is(outcomes[0]?.tokensBurnt, 1_000_000_000n * 223_182_562_500n);
  assert.is(totalTokens(chain), tokens);
});

accounts("a lone deletion inside a delegate runs at once", () => {
  const world = worldOf();
  const action: Action = {
    type: "delegate",
    delegateAction: {
      senderId: "alice.near",
      receiverId: "alice.near",
      actions: [{ type: "deleteAccount", beneficiaryId: "carol.near" }],
      nonce: 1n,
      maxBlockHeight: 100n,
      publicKey: WORLD_KEY,
    },
    signature: `ed25519:${"1".repeat(64)}`,
  };
  const verdicts = { get: () => true };
  const { chain } = world;
  const signed = unsigned(transactionOf("bob.near", "alice.near", [action], 1n));
  const options = { verdicts: Object.assign(new Map<string, boolean>(), verdicts) };
  produceBlock(chain, [signed], options);
  const { outcomes } = produceBlock(chain, [], options);
  assert.equal(
    outcomes.map(({ executorId, status }) => `${executorId} ${status.type}`),
    ["alice.near successValue", "alice.near successValue"],
  );
  assert.is(world.account("alice.near"), null);
  settle(chain);
});

accounts("an account that used a global contract keeps its layout", () => {
  const world = worldOf();
  const code = encodeUtf8("code");
  run(world, "account", "account", [
    { type: "deployGlobalContract", code, deployMode: "codeHash" },
  ]);
  const contractIdentifier = { type: "codeHash", hash: hashOf(code) } as const;
  run(world, "alice.near", "alice.near", [{ type: "useGlobalContract", contractIdentifier }]);
  assert.is(world.account("alice.near")?.storageUsage, 182n + 32n);
  run(world, "alice.near", "alice.near", [{ type: "deployContract", code }]);
  const account = world.account("alice.near");
  assert.is(account?.version, 2);
  assert.is(account?.storageUsage, 182n + 4n);
  run(world, "alice.near", "alice.near", [{ type: "useGlobalContract", contractIdentifier }]);
  assert.is(world.account("alice.near")?.storageUsage, 182n + 32n);
});

accounts("an account with much data is not deleted, its code does not count", () => {
  const world = worldOf();
  const code = new Uint8Array(50_000);
  run(world, "alice.near", "alice.near", [{ type: "deployContract", code }]);
  const account = world.account("alice.near");
  if (account === null) throw new TypeError("expected alice.near");
  const statePatch = [
    {
      type: "account",
      accountId: "alice.near",
      account: { ...account, storageUsage: account.storageUsage + 10_001n - 182n },
    },
  ] as const;
  produceBlock(world.chain, [], { statePatch });
  const end: Action = { type: "deleteAccount", beneficiaryId: "bob.near" };
  assert.equal(run(world, "alice.near", "alice.near", [end]).error, {
    ActionError: {
      index: 0,
      kind: { DeleteAccountWithLargeState: { account_id: "alice.near" } },
    },
  });
  produceBlock(world.chain, [], {
    statePatch: [{ type: "account", accountId: "alice.near", account }],
  });
  assert.is(firstFailure(run(world, "alice.near", "alice.near", [end]), 1), undefined);
  assert.is(rowsOf(world, "alice.near"), 0);
});

accounts.run();

const validators = suite("runtime: validators");

validators("a stake is locked, proposed, and comes back when it is no longer needed", () => {
  const world = worldOf();
  const stake = 100n * NEAR;
  const action: Action = { type: "stake", stake, publicKey: WORLD_KEY };
  const { chain } = world;
  const signed = unsigned(transactionOf("alice.near", "alice.near", [action], 1n));
  const result = produceBlock(chain, [signed], { minimumStake: NEAR });
  assert.equal(result.validatorProposals, [
    { accountId: "alice.near", publicKey: WORLD_KEY, stake },
  ]);
  settle(chain);
  assert.is(world.account("alice.near")?.locked, stake);
  const end: Action = { type: "deleteAccount", beneficiaryId: "bob.near" };
  assert.equal(run(world, "alice.near", "alice.near", [end]).error, {
    ActionError: { index: 0, kind: { DeleteAccountStaking: { account_id: "alice.near" } } },
  });
  const amount = world.balance("alice.near");
  const validatorUpdate: ValidatorUpdate = {
    maxStakes: new Map([["alice.near", 0n]]),
    rewards: new Map([["alice.near", 7n]]),
    lastProposals: new Map([["alice.near", NEAR]]),
    treasuryAccountId: null,
  };
  produceBlock(chain, [], { validatorUpdate });
  assert.is(world.account("alice.near")?.locked, NEAR);
  assert.is(world.balance("alice.near"), amount + stake + 7n - NEAR);
});

validators("an epoch that takes more stake than is locked stops the chain", () => {
  const validatorUpdate: ValidatorUpdate = {
    maxStakes: new Map([["alice.near", 1n]]),
    rewards: new Map(),
    lastProposals: new Map(),
    treasuryAccountId: null,
  };
  assert.throws(() => produceBlock(worldOf().chain, [], { validatorUpdate }), /has less locked/);
});

validators("without a new chunk only the scheduler's row changes", () => {
  const { chain } = worldOf();
  const before = new Map(rows(chain.state));
  const { changes } = produceBlock(chain, [], { hasNewChunk: false });
  assert.is(changes.length, 1);
  assert.is([...rows(chain.state)].filter(([key, value]) => before.get(key) !== value).length, 1);
});

validators.run();

function laneTransaction(
  nonceIndex: number,
  nonce: bigint,
  actions: readonly Action[],
): Transaction {
  return {
    ...transactionOf("alice.near", "bob.near", actions, 0n, SECOND_KEY),
    version: 1,
    nonce: { type: "gasKeyNonce", nonce, nonceIndex },
    nonceMode: "monotonic",
  };
}

function gasBalance(world: World, publicKey: string): bigint | null {
  const permission = world.key("alice.near", publicKey)?.permission;
  return permission !== undefined && "balance" in permission ? permission.balance : null;
}

/** The error of the outcome at a place, if any. */
function firstFailure({ outcomes }: Ran, index: number): unknown {
  const status = outcomes[index]?.status;
  return status?.type === "failure" ? status.error : undefined;
}

function rowsOf(world: World, accountId: string): number {
  return [...trieEntries(world.chain.state, new Uint8Array())].filter(([key]) =>
    String.fromCharCode(...key.subarray(1)).startsWith(accountId),
  ).length;
}

function* rows(state: World["chain"]["state"]): Iterable<readonly [string, string]> {
  for (const [key, value] of trieEntries(state, new Uint8Array()))
    yield [String(key), String(value)];
}
