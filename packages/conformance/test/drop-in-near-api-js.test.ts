/** near-api-js does all that it can on a sandbox that runs as a process of its own. */
import { createTable, type SandboxProcess, startSandboxProcess } from "@yoctonear/conformance";
import { Account, JsonRpcProvider, KeyPair, KeyPairSigner } from "near-api-js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ACTIONS } from "./near-api-js-drop-in/actions.ts";
import { type Context, YOCTO } from "./near-api-js-drop-in/context.ts";
import { READS } from "./near-api-js-drop-in/reads.ts";

const FEATURES = [...ACTIONS, ...READS];
const table = createTable(
  "near-api-js on yoctonear-sandbox",
  new URL("../../tables/near-api-js.md", import.meta.url),
);
const test = suite<Context & { sandbox: SandboxProcess }>("drop-in: near-api-js");

test.before(async (context) => {
  const sandbox = await startSandboxProcess();
  const provider = new JsonRpcProvider({ url: sandbox.url });
  const root = new Account("test.near", provider, KeyPairSigner.fromSecretKey(sandbox.rootKey));
  const accounts = new Map<string, Account>();
  context.sandbox = sandbox;
  context.provider = provider;
  context.root = root;
  context.open = async (name) => {
    const pair = KeyPair.fromRandom("ed25519");
    await root.createSubAccount({
      accountOrPrefix: name,
      publicKey: pair.getPublicKey(),
      nearToTransfer: 100n * YOCTO,
    });
    return new Account(`${name}.test.near`, provider, new KeyPairSigner(pair));
  };
  context.account = async (name) => {
    const account = accounts.get(name) ?? (await context.open(name));
    accounts.set(name, account);
    return account;
  };
});

for (const { name, run } of FEATURES) {
  test(name, async (context) => table.add(name, await run(context)));
}

test("the sandbox ends with 0", async ({ sandbox }) => {
  assert.is(await sandbox.end(), 0);
});

test("the table has no hole, and is that of the repository", () => {
  table.check(FEATURES.map(({ name }) => name));
});

test.run();
