/**
 * near-kit: what its Sandbox does with the chain itself. It ends with the end of the process.
 * @module
 */
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import type { Feature } from "@yoctonear/conformance";
import { EMPTY_CODE_HASH } from "near-kit/sandbox";
import * as assert from "uvu/assert";
import { amountOf, type Context, YOCTO } from "./context.ts";

/** Of one snapshot, for those that come after. */
let snapshotPath = "";

/** How it begins. */
export const START: Feature<Context> = {
  name: "`Sandbox.start`, `rootAccount`",
  run: async ({ sandbox, near }) => {
    const { chain_id } = await near.getStatus();
    assert.is(await near.accountExists(sandbox.rootAccount.id), true);
    return `${sandbox.rootAccount.id} on ${chain_id}`;
  },
};

/** The features, in order. */
export const CONTROLS: readonly Feature<Context>[] = [
  {
    name: "`patchState` of an account",
    run: async ({ sandbox, near, open }) => {
      const { id } = await open("patched");
      const account = { amount: (77n * YOCTO).toString(), locked: "0" };
      const rest = { code_hash: EMPTY_CODE_HASH, storage_usage: 182 };
      await sandbox.patchState([{ Account: { account_id: id, account: { ...account, ...rest } } }]);
      return `balance ${(await near.getAccount(id)).balance}`;
    },
  },
  {
    name: "`fastForward(1000)`",
    run: async ({ sandbox, near }) => {
      const before = (await near.rpc.getBlock({ finality: "optimistic" })).header;
      await sandbox.fastForward(1000);
      const after = (await near.rpc.getBlock({ finality: "optimistic" })).header;
      assert.ok(after.height >= before.height + 1000);
      assert.ok(after.timestamp > before.timestamp);
      return "at least 1000 heights on";
    },
  },
  {
    name: "`dumpState`, changes, `restoreState`",
    run: async ({ sandbox, near, open }) => {
      const { id } = await open("restored");
      const snapshot = await sandbox.dumpState();
      await near.transaction(id).transfer("test.near", "5 NEAR").send();
      const between = await near.getAccount(id);
      // Of gas keys' nonces and global contracts nearcore patches none.
      const records = snapshot.records.filter((record) => !("GasKeyNonce" in record));
      await sandbox.restoreState({ ...snapshot, records });
      const after = await near.getAccount(id);
      return `balance ${between.balance.slice(0, 3)}…, then ${after.balance}`;
    },
  },
  {
    name: "`saveSnapshot`, `loadSnapshot`",
    run: async ({ sandbox }) => {
      snapshotPath = await sandbox.saveSnapshot();
      const { records } = await sandbox.loadSnapshot(snapshotPath);
      const kinds = new Set(records.flatMap((record) => Object.keys(record)));
      return [...kinds].sort().join(", ");
    },
  },
  {
    name: "`restart(snapshot)`: accounts, contracts and keys stay",
    run: async ({ sandbox, near }) => {
      await sandbox.restart(await sandbox.loadSnapshot(snapshotPath));
      const value = await near.view("counter.test.near", "get");
      const hello = await near.view("by-hash.test.near", "hello");
      const { balance } = await near.getAccount("patched.test.near");
      await near.transaction("restored.test.near").transfer("test.near", "1 yocto").send();
      return `balance ${balance}, view ${String(value)}, of a global contract ${String(hello)}`;
    },
  },
  {
    name: "`restart()`: from the first genesis",
    run: async ({ sandbox, near }) => {
      await sandbox.restart();
      assert.is(await amountOf(near, "test.near"), 10n ** 33n);
      return `patched.test.near exists: ${await near.accountExists("patched.test.near")}`;
    },
  },
  {
    name: "`stop`",
    run: async ({ sandbox }) => {
      await sandbox.stop();
      const isGone = await fetch(sandbox.rpcUrl).then(
        () => false,
        () => true,
      );
      assert.ok(isGone);
      const left = readdirSync(tmpdir()).filter((name) => snapshotPath.includes(`/${name}/`));
      assert.equal(left, []);
      assert.not.ok(existsSync(snapshotPath));
      return "no process, no folder left";
    },
  },
];
