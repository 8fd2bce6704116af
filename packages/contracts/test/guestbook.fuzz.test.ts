// Compiles WebAssembly at run time, which workerd forbids.
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { TransactionError } from "yoctonear";
import { guestbookOf, ID } from "./guestbook.ts";
import { openStage } from "./stage.ts";

const test = suite("contracts: guestbook, any text and any JSON");

test("keeps any text as it was, however it was written", async () => {
  const { chain, as, near, deploy } = await openStage(ID, "alice.near");
  await deploy(ID, "guestbook");
  const fresh = chain.snapshot();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), fc.boolean(), async (text, isEscaped) => {
      await chain.restore(fresh);
      const json = JSON.stringify({ "an\nother": [{ text: "]}" }], text }, null, 1);
      const args = isEscaped ? json.replace(/[^\n -~]/g, escapeUnit) : json;
      await as("alice.near").call(ID, "add_message", new TextEncoder().encode(args));
      const [message] = await guestbookOf(near).view.get_messages({});
      assert.is(message?.text, text);
    }),
    { numRuns: 30 },
  );
});

test("takes what JSON.parse takes, and nothing else", async () => {
  const { chain, as, deploy } = await openStage(ID, "alice.near");
  await deploy(ID, "guestbook");
  const fresh = chain.snapshot();
  const pieces = fc.constantFrom("{", "}", "[", "]", ":", ",", '"', '"text"', '"a"', " ", "1");
  const text = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(""));
  const whole = text.map((rest) => `{"text":"hi"${rest}`);
  await fc.assert(
    fc.asyncProperty(fc.oneof(text, whole), async (json) => {
      fc.pre(json.split('"text"').length <= 2); // Of two members of one name it takes the first.
      await chain.restore(fresh);
      const isTaken = await as("alice.near")
        .call(ID, "add_message", new TextEncoder().encode(json))
        .then(
          () => true,
          (error: unknown) => !(error instanceof TransactionError),
        );
      assert.is(isTaken, hasText(json), json);
    }),
    { numRuns: 60 },
  );
});

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function hasText(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return (
      typeof value === "object" &&
      value !== null &&
      "text" in value &&
      typeof value.text === "string"
    );
  } catch {
    return false;
  }
}

test.run();
