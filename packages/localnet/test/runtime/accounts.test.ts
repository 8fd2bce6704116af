import { encodeUtf8 } from "@yoctonear/base";
import type { Action } from "@yoctonear/transactions";
import { hashOf } from "#localnet/chain/hash";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { produceBlock, settle } from "./mini-chain.ts";
import { totalTokens } from "./supply.ts";
import {
  failureAt,
  rowsOf,
  run,
  transactionOf,
  transfer,
  unsigned,
  WORLD_KEY,
  worldOf,
} from "./world.ts";

const test = suite("runtime: accounts");

test("P16: an account whose id only ends alike is no sub-account", () => {
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

test("the registrar makes top-level accounts", () => {
  const world = worldOf(["registrar"]);
  const { error } = run(world, "registrar", "short", [{ type: "createAccount" }]);
  assert.is(error, null);
  assert.is(world.account("short")?.storageUsage, 100n);
});

test("a full block price leaves nothing of the creation charge but the gas", () => {
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

test("gas is never burnt above the price at which it was bought", () => {
  const { chain } = worldOf();
  const signed = unsigned(transactionOf("alice.near", "bob.near", [transfer(1n)], 1n));
  const tokens = totalTokens(chain);
  produceBlock(chain, [signed]);
  const { outcomes } = produceBlock(chain, [], { gasPrice: 3_000_000_000n });
  assert.is(outcomes[0]?.tokensBurnt, 1_000_000_000n * 223_182_562_500n);
  assert.is(totalTokens(chain), tokens);
});

test("a lone deletion inside a delegate runs at once", () => {
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

test("an account that used a global contract keeps its layout", () => {
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

test("an account with much data is not deleted, its code does not count", () => {
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
  assert.is(failureAt(run(world, "alice.near", "alice.near", [end]), 1), undefined);
  assert.is(rowsOf(world, "alice.near"), 0);
});

test.run();
