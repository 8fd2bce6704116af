/** near-kit starts the sandbox by itself, by one variable of its environment, and does on it all that it can. */
import { ACTION_KINDS, createTable, kindsIn, sandboxCommand } from "@yoctonear/conformance";
import { generateKey, InMemoryKeyStore, Near, parseKey } from "near-kit";
import { Sandbox } from "near-kit/sandbox";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ACTIONS } from "./near-kit-drop-in/actions.ts";
import type { Context } from "./near-kit-drop-in/context.ts";
import { CONTROLS, START } from "./near-kit-drop-in/controls.ts";
import { READS } from "./near-kit-drop-in/reads.ts";

const FEATURES = [START, ...ACTIONS, ...READS, ...CONTROLS];
const table = createTable(
  "near-kit on yoctonear-sandbox",
  new URL("../../tables/near-kit.md", import.meta.url),
);
const test = suite<Context>("drop-in: near-kit and its Sandbox");
const seen = new Set<string>();

test.before(async (context) => {
  process.env["NEAR_SANDBOX_BIN_PATH"] = sandboxCommand();
  const sandbox = await Sandbox.start();
  const keys = new InMemoryKeyStore();
  await keys.add("test.near", parseKey(sandbox.rootAccount.secretKey));
  // It reads what is final, so on any node it must wait for that before it reads what it wrote.
  const near = new Near({ network: sandbox, keyStore: keys, defaultWaitUntil: "FINAL" });
  context.sandbox = sandbox;
  context.keys = keys;
  context.near = near;
  context.open = async (name) => {
    const id = `${name}.test.near`;
    const key = generateKey();
    await near
      .transaction("test.near")
      .createAccount(id)
      .transfer(id, "10 NEAR")
      .addKey(key.publicKey.toString(), { type: "fullAccess" })
      .send();
    await keys.add(id, key);
    return { id, key };
  };
});
test.after(({ sandbox }) => sandbox.stop());

for (const { name, run } of FEATURES) {
  test(name, async (context) => {
    const cameBack = await run(context).catch((error: unknown) => {
      // The test runner cannot show the details that near-kit's errors have.
      throw new Error(String(error), { cause: error });
    });
    for (const kind of kindsIn(cameBack)) seen.add(kind);
    table.add(name, cameBack);
  });
}

test("every kind of action was executed", () => {
  assert.equal(
    ACTION_KINDS.filter((kind) => !seen.has(kind)),
    [],
  );
});

test("the table has no hole, and is that of the repository", () => {
  table.check(FEATURES.map(({ name }) => name));
});

test.run();
