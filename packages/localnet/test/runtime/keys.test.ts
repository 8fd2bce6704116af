import { firstNonce } from "#localnet/runtime/first-nonce";
import { checkNonce } from "#localnet/runtime/verdict";
import type { Action, Transaction, TransactionV0 } from "@yoctonear/transactions";
import { integer, text, vectorsOf } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { totalTokens } from "./supply.ts";
import {
  call,
  failureAt,
  rowsOf,
  run,
  runTransaction,
  transactionOf,
  transfer,
  type World,
  worldOf,
} from "./world.ts";

const NEAR = 10n ** 24n;
const SECOND_KEY = `ed25519:${"1".repeat(31)}2`;

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

const PLAIN_TRANSFER: TransactionV0 = {
  version: 0,
  signerId: "alice.near",
  publicKey: SECOND_KEY,
  nonce: 0n,
  receiverId: "bob.near",
  blockHash: "1".repeat(32),
  actions: [],
};

const test = suite("runtime: keys");

test("a new key's nonce is that of the vectors, and so is its bound", async () => {
  const vectors = await vectorsOf("nonce");
  assert.is(vectors.length, 1);
  for (const { input, expected } of vectors) {
    const height = Number(integer(input, "block_height"));
    assert.is(String(firstNonce(height)), text(expected, "initial_nonce"));
    const bound = BigInt(text(expected, "max_acceptable_nonce_exclusive_when_head_height_is_h"));
    const check = (nonce: bigint): unknown =>
      checkNonce({ ...PLAIN_TRANSFER, nonce }, firstNonce(height), height);
    assert.is(check(bound - 1n), null);
    assert.equal(check(bound), {
      NonceTooLarge: { tx_nonce: Number(bound), upper_bound: Number(bound) },
    });
  }
});

test("P14: an allowance of 0 stays 0 and pays for nothing", () => {
  const world = worldOf();
  run(world, "alice.near", "alice.near", [addCallKey(SECOND_KEY, 0n)]);
  const permission = world.key("alice.near", SECOND_KEY)?.permission;
  assert.equal(permission?.type === "functionCall" ? permission.allowance : null, 0n);
  const { error } = run(world, "alice.near", "bob.near", [call(10n ** 12n)], {
    publicKey: SECOND_KEY,
  });
  assert.match(JSON.stringify(error), "NotEnoughAllowance");
});

test("an allowance gets back what was not burnt", () => {
  const world = worldOf();
  run(world, "alice.near", "alice.near", [addCallKey(SECOND_KEY, NEAR)]);
  const before = world.balance("alice.near");
  run(world, "alice.near", "bob.near", [call(10n ** 14n)], { publicKey: SECOND_KEY });
  const permission = world.key("alice.near", SECOND_KEY)?.permission;
  const spent = before - world.balance("alice.near");
  assert.ok(spent > 0n && spent < NEAR / 1000n);
  assert.is(permission?.type === "functionCall" ? permission.allowance : null, NEAR - spent);
});

test("a new key starts above every nonce that it may have had", () => {
  const world = worldOf();
  run(world, "alice.near", "alice.near", [addFullAccessKey(SECOND_KEY)]);
  assert.is(world.key("alice.near", SECOND_KEY)?.nonce, 10_000_000n);
});

test("a gas key counts on its lanes and pays gas from its balance", () => {
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

test("when only the deposit of a gas-key transaction fails, the gas is burnt", () => {
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

test("a gas key with more than 1 NEAR is not deleted, nor is its account", () => {
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
  assert.is(failureAt(run(world, "alice.near", "alice.near", [withdraw, end]), 1), undefined);
  assert.is(world.keyCount("alice.near"), 0);
  assert.is(rowsOf(world, "alice.near"), 0);
  assert.is(totalTokens(world.chain), tokens);
});

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

test.run();
