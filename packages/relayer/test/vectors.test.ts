import { verifyDelegateSignature } from "@yoctonear/account";
import { decodeHex, encodeBase64 } from "@yoctonear/base";
import { ed25519 } from "@yoctonear/keys/ed25519";
import { formatSignedDelegate, parseSignedDelegate } from "@yoctonear/transactions";
import { text, vectorsOf } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, setStage } from "./stage.ts";

const test = suite("delegates of nearcore, as a relayer gets them");

test("read, written again, and refused for the sender's key", async () => {
  const vector = (await vectorsOf("delegate")).find(({ id }) => id === "delegate-002");
  assert.ok(vector);
  if (vector === undefined) return;
  const sent = encodeBase64(decodeHex(text(vector.input, "borsh_hex")).slice(1));
  const delegated = parseSignedDelegate(sent);
  assert.is(formatSignedDelegate(delegated), sent);
  assert.is(delegated.delegateAction.senderId, text(vector.expected, "sender_id"));
  // Signed on testnet, by a key that is nobody's here
  assert.is((await verifyDelegateSignature(delegated, [ed25519])).length, 44);
  const { open, signed } = await setStage();
  assert.is(await ask(open({ others: { methods: "any" } }), delegated), "unknown_key");
  assert.equal(signed, []);
});

test.run();
