// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { guestbookOf, ID } from "./guestbook.ts";
import { assertPanic, openStage } from "./stage.ts";

const test = suite("contracts: guestbook");

test("keeps messages and says which are premium", async () => {
  const { as, near, deploy } = await openStage(ID, "alice.near", "bob.near");
  await deploy(ID, "guestbook");
  assert.equal(await near.view(ID, "get_messages", {}), []);
  await as("alice.near").call(ID, "add_message", { text: "hi" }, { deposit: "0.1 NEAR" });
  await as("bob.near").call(ID, "add_message", { text: "hello" }, { deposit: "0.0999 NEAR" });
  assert.equal(await near.view(ID, "get_messages", { from_index: "0", limit: null }), [
    { premium: true, sender: "alice.near", text: "hi" },
    { premium: false, sender: "bob.near", text: "hello" },
  ]);
});

test("keeps the deposits", async () => {
  const { as, deploy, balanceOf } = await openStage(ID, "alice.near");
  await deploy(ID, "guestbook");
  const before = await balanceOf(ID);
  const { gasBurnt } = await as("alice.near").call(
    ID,
    "add_message",
    { text: "hi" },
    { deposit: "2 NEAR" },
  );
  const reward = (await balanceOf(ID)) - before - 2n * 10n ** 24n;
  // Three tenths of the gas of the call are the contract's.
  assert.ok(reward > 0n && reward < (gasBurnt * 100_000_000n * 3n) / 10n);
});

test("keeps any text as it was", async () => {
  const { as, near, deploy } = await openStage(ID, "alice.near");
  await deploy(ID, "guestbook");
  const text = 'é 😀 "quoted" \\ back\nnext\tline \u0001 </script>';
  await as("alice.near").call(ID, "add_message", { text });
  const escaped = String.raw`{"text":"\u00e9\uD83D\ude00\/\b\f\n\r\t\"\\"}`;
  await as("alice.near").call(ID, "add_message", new TextEncoder().encode(escaped));
  assert.equal(await near.view(ID, "get_messages"), [
    { premium: false, sender: "alice.near", text },
    { premium: false, sender: "alice.near", text: 'é😀/\b\f\n\r\t"\\' },
  ]);
});

test("hands out pages", async () => {
  const { as, near, deploy } = await openStage(ID, "alice.near");
  await deploy(ID, "guestbook");
  const { view, call } = guestbookOf(near);
  for (const text of ["a", "b", "c"]) await call(as("alice.near")).add_message({ text });
  const texts = async (page: Parameters<typeof view.get_messages>[0]): Promise<string> => {
    const messages = await view.get_messages(page);
    return messages.map(({ text }) => text).join("");
  };
  assert.is(await texts({}), "abc");
  assert.is(await texts({ from_index: "1" }), "bc");
  assert.is(await texts({ from_index: 1, limit: 1 }), "b");
  assert.is(await texts({ from_index: "3", limit: 1 }), "");
  assert.is(await texts({ from_index: "99" }), "");
  assert.is(await view.total_messages(), 3);
});

test("wants a text", async () => {
  const { as, deploy } = await openStage(ID, "alice.near");
  await deploy(ID, "guestbook");
  const add = (args: object) => as("alice.near").call(ID, "add_message", args);
  const problem = "Failed to deserialize input from JSON.: ";
  await assertPanic(add({}), `${problem}missing field \`text\``);
  await assertPanic(add({ text: 5 }), `${problem}expected a string, got 5`);
  await assertPanic(add([]), `${problem}expected an object, got []`);
});

test.run();
