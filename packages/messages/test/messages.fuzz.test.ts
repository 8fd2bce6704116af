import { decodeBase64, encodeBase64 } from "@yoctonear/base";
import { BorshError } from "@yoctonear/borsh";
import {
  createTimedNonce,
  decodeMessage,
  encodeMessage,
  type Message,
  nonceTime,
  parseSignMessageRedirect,
  parseSignedMessage,
  MessageError,
  signMessage,
  verifyMessage,
} from "@yoctonear/messages";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { refused, setStage } from "./stage.ts";

const test = suite("messages: properties");

const texts = fc.string({ unit: "grapheme", maxLength: 40 });
const messages: fc.Arbitrary<Message> = fc
  .record({
    message: texts,
    recipient: texts,
    nonce: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    callbackUrl: fc.option(texts, { nil: undefined }),
  })
  .map(({ callbackUrl, ...rest }) => (callbackUrl === undefined ? rest : { ...rest, callbackUrl }));

test("decode(encode(message)) is the message", () => {
  fc.assert(
    fc.property(messages, (message) => {
      assert.equal({ ...decodeMessage(encodeMessage(message)) }, message);
    }),
  );
});

test("decoding anything else fails with a BorshError, or is canonical", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 100 }),
        fc
          .tuple(messages, fc.nat(), fc.integer({ min: 1, max: 255 }))
          .map(([message, at, change]) => {
            const bytes = encodeMessage(message);
            const index = at % bytes.length;
            bytes[index] = (bytes[index] ?? 0) ^ change;
            return bytes;
          }),
      ),
      (bytes) => {
        try {
          assert.equal(encodeMessage(decodeMessage(bytes)), new Uint8Array(bytes));
        } catch (error) {
          assert.instance(error, BorshError);
        }
      },
    ),
  );
});

test("what is signed verifies, and with any byte changed it does not", async () => {
  const { near, keys } = await setStage();
  const alice = { accountId: "alice.near", signer: keys.full };
  await fc.assert(
    fc.asyncProperty(
      messages,
      fc.nat({ max: 63 }),
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom("message", "recipient", "callbackUrl", "nonce", "signature"),
      async (message, at, change, where) => {
        const signed = await signMessage(alice, message);
        assert.is((await verifyMessage(near, signed, message)).accountId, "alice.near");
        if (where === "signature") {
          const bytes = decodeBase64(signed.signature);
          bytes[at] = (bytes[at] ?? 0) ^ change;
          const forged = { ...signed, signature: encodeBase64(bytes) };
          return refused(verifyMessage(near, forged, message), "invalid_signature");
        }
        const other = { ...message };
        if (where === "nonce") {
          const nonce = new Uint8Array(message.nonce);
          nonce[at % 32] = (nonce[at % 32] ?? 0) ^ change;
          Object.assign(other, { nonce });
        } else {
          const characters = Array.from(message[where] ?? "");
          characters.splice(at % (characters.length + 1), 0, "x");
          Object.assign(other, { [where]: characters.join("") });
        }
        // Where nothing but a callbackUrl is too much, it says so.
        const isAdded = where === "callbackUrl" && message.callbackUrl === undefined;
        const code = isAdded ? "wrong_callback_url" : "invalid_signature";
        return refused(verifyMessage(near, signed, other), code);
      },
    ),
    { numRuns: 40 },
  );
});

test("any JSON is a signed message or malformed", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      try {
        parseSignedMessage(value);
      } catch (error) {
        assert.ok(error instanceof MessageError && error.code === "malformed", String(error));
      }
    }),
  );
});

test("what a wallet appends to any page is read back, whatever the page has", () => {
  const signature = encodeBase64(new Uint8Array(64).fill(251));
  const publicKey = "ed25519:11111111111111111111111111111111";
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), texts, (page, state) => {
      const fields = { accountId: "alice.near", publicKey, signature, state };
      const encoded = new URLSearchParams(fields).toString();
      for (const url of [`${page}#${encoded}`, `${page}#x=%&${encoded}`]) {
        assert.equal(parseSignMessageRedirect(url, { state }), fields);
        const other = (): unknown => parseSignMessageRedirect(url, { state: `${state}x` });
        assert.throws(other, (error: unknown) => isCode(error, "wrong_state"));
      }
      const refusal = new URLSearchParams({ error: "no", state }).toString();
      const declined = (): unknown => parseSignMessageRedirect(`${page}#${refusal}`, { state });
      assert.throws(declined, (error: unknown) => isCode(error, "rejected"));
    }),
  );
});

test("any URL holds an answer, none, or one that is refused", () => {
  const parameters = fc.array(
    fc.tuple(
      fc.constantFrom("accountId", "publicKey", "signature", "state", "error", "x"),
      fc.string({ maxLength: 10 }),
    ),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(parameters, parameters, (query, fragment) => {
      const join = (pairs: readonly [string, string][]): string =>
        pairs.map(([name, value]) => `${name}=${value.replaceAll("#", "")}`).join("&");
      try {
        parseSignMessageRedirect(`https://app.example/?${join(query)}#${join(fragment)}`);
      } catch (error) {
        assert.instance(error, MessageError);
      }
    }),
  );
});

function isCode(error: unknown, code: string): boolean {
  return error instanceof MessageError && error.code === code;
}

test("a nonce tells the time that was put into it", () => {
  fc.assert(
    fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (time) => {
      assert.is(nonceTime(createTimedNonce(time)), time);
    }),
  );
});

test.run();
