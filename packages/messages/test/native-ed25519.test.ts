import { decodeBase64, encodeBase64 } from "@yoctonear/base";
import { formatPublicKey, parsePublicKey } from "@yoctonear/keys";
import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { messageRequest, nativeEd25519, signMessage, verifyMessage } from "@yoctonear/messages";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newMessage, refused, setStage } from "./stage.ts";

const test = suite("messages: nativeEd25519");

test("has the verdict of ed25519 on what is signed, and on what is changed", async () => {
  const signer = randomEd25519KeyPair();
  const key = parsePublicKey(signer.publicKey).bytes;
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 255 }), async (at, change) => {
      const message = newMessage();
      const { hash } = messageRequest(message);
      const signed = await signMessage({ accountId: "alice.near", signer }, message);
      const all = [hash, decodeBase64(signed.signature), new Uint8Array(key)] as const;
      const bytes = all[at % 3] ?? hash;
      const index = at % bytes.length;
      bytes[index] = (bytes[index] ?? 0) ^ change;
      const expected = await ed25519.verify(...all);
      assert.is(await nativeEd25519.verify(...all), expected);
      if (change === 0) assert.is(expected, true);
    }),
    { numRuns: 40 },
  );
});

test("refuses a key for which anybody can sign", async () => {
  const { near } = await setStage();
  // The neutral point: its multiples are itself, whatever the message is.
  const neutral = Uint8Array.of(1, ...new Uint8Array(31));
  const publicKey = formatPublicKey({ type: "ed25519", bytes: neutral });
  const signature = encodeBase64(Uint8Array.of(...neutral, ...new Uint8Array(32)));
  const forged = { accountId: "alice.near", publicKey, signature };
  await refused(verifyMessage(near, forged, newMessage()), "invalid_signature");
  // As nearcore, which takes it, this one leaves it to the chain: no account has such a key by accident.
  await refused(verifyMessage(near, forged, newMessage(), { schemes: [ed25519] }), "unknown_key");
});

test("makes no key pairs", () => {
  assert.throws(() => nativeEd25519.keyPair("ed25519:1"), TypeError);
});

test.run();
