/** near-sandbox, the wrapper of NEAR's own tools: it edits the home, starts the command, dumps, and starts again from the dump. */
import { existsSync } from "node:fs";
import { sandboxCommand } from "@yoctonear/conformance";
import { Account, JsonRpcProvider } from "near-api-js";
import {
  DEFAULT_ACCOUNT_ID,
  DEFAULT_BALANCE,
  DEFAULT_PRIVATE_KEY,
  DEFAULT_PUBLIC_KEY,
  GenesisAccount,
  Sandbox,
} from "near-sandbox";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("drop-in: near-sandbox");

test.before(() => {
  process.env["NEAR_SANDBOX_BIN_PATH"] = sandboxCommand();
});

const balanceOf = async (url: string, accountId: string): Promise<bigint> =>
  (await new JsonRpcProvider({ url }).viewAccount({ accountId })).amount;

test("starts with more accounts, epochs of another length; dumps; starts again from the dump", async () => {
  const alice = new GenesisAccount(
    "alice.near",
    DEFAULT_PUBLIC_KEY,
    DEFAULT_PRIVATE_KEY,
    7n ** 30n,
  );
  const first = await Sandbox.start({
    config: { additionalAccounts: [alice], additionalGenesis: { epoch_length: 100 } },
  });
  assert.is(await balanceOf(first.rpcUrl, DEFAULT_ACCOUNT_ID), DEFAULT_BALANCE);
  assert.is(await balanceOf(first.rpcUrl, "alice.near"), 7n ** 30n);
  const provider = new JsonRpcProvider({ url: first.rpcUrl });
  const sender = new Account("alice.near", provider, DEFAULT_PRIVATE_KEY);
  await sender.transfer({ receiverId: DEFAULT_ACCOUNT_ID, amount: 5n });
  const { epoch_length: length } = await provider.experimental_protocolConfig({
    finality: "final",
  });
  assert.is(length, 100);

  const dump = await first.dump();
  const { homeDir } = first;
  await first.tearDown();
  assert.not.ok(existsSync(homeDir));
  const second = await Sandbox.start({
    config: {
      additionalGenesis: dump.genesis,
      additionalConfig: dump.config,
      nodeKey: dump.nodeKey,
      validatorKey: dump.validatorKey,
    },
  });
  assert.is(await balanceOf(second.rpcUrl, DEFAULT_ACCOUNT_ID), DEFAULT_BALANCE + 5n);
  const again = new JsonRpcProvider({ url: second.rpcUrl });
  const resumed = new Account("alice.near", again, DEFAULT_PRIVATE_KEY);
  await resumed.transfer({ receiverId: DEFAULT_ACCOUNT_ID, amount: 5n });
  await second.tearDown();
});

test("runs many at once", async () => {
  const sandboxes = await Promise.all([1, 2, 3].map(() => Sandbox.start({})));
  assert.is(new Set(sandboxes.map(({ rpcUrl }) => rpcUrl)).size, 3);
  for (const { rpcUrl } of sandboxes) {
    assert.is(await balanceOf(rpcUrl, DEFAULT_ACCOUNT_ID), DEFAULT_BALANCE);
  }
  await Promise.all(sandboxes.map((sandbox) => sandbox.tearDown()));
});

test.run();
