import { decodeBase64, decodeHex, encodeHex } from "@yoctonear/base";
import { parseKeyPair } from "@yoctonear/keys";
import { ed25519 } from "@yoctonear/keys/ed25519";
import {
  decodeMessage,
  encodeMessage,
  encodeOffchainMessage,
  formatKeyAuthorization,
  type Message,
  messageRequest,
  offchainMessageHash,
  parseKeyAuthorization,
  signMessage,
  toMessage,
} from "@yoctonear/messages";
import { field, has, type Json, list, text, vectorsOf } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("messages: vectors");

function messageOf(input: Json): Message {
  const callbackUrl = field(input, "callbackUrl");
  return {
    message: text(input, "message"),
    recipient: text(input, "recipient"),
    nonce: has(input, "nonce_hex")
      ? decodeHex(text(input, "nonce_hex"))
      : decodeBase64(text(input, "nonce_base64")),
    ...(typeof callbackUrl === "string" && { callbackUrl }),
  };
}

test("nep413", async () => {
  const vectors = await vectorsOf("nep413");
  for (const { id, input, expected } of vectors) {
    const message = messageOf(input);
    const { kind, bytes, hash } = messageRequest(message);
    assert.is(kind, "message");
    assert.is(encodeHex(bytes), text(expected, "payload_hex"), id);
    assert.is(encodeHex(hash), text(expected, "hash_hex"), id);
    assert.equal({ ...decodeMessage(bytes) }, message, id);
    if (!has(input, "secret_key")) continue;
    const signer = parseKeyPair(text(input, "secret_key"), [ed25519]);
    const signed = await signMessage({ accountId: "alice.near", signer }, message);
    assert.is(signed.signature, text(expected, "signature_base64"), id);
    assert.is(signed.publicKey, text(expected, "public_key"), id);
  }
  assert.is(vectors.length, 3);
});

test("nep461-discriminant, that of NEP-413", async () => {
  const [vector] = (await vectorsOf("nep461-discriminant")).filter(
    ({ name }) => name === "NEP-413 off-chain",
  );
  assert.ok(vector);
  const bytes = encodeMessage({ message: "", recipient: "", nonce: new Uint8Array(32) });
  assert.is(encodeHex(bytes.subarray(0, 4)), text(vector?.expected ?? null, "le_hex"));
});

test("nep641", async () => {
  const vectors = await vectorsOf("nep641");
  for (const { id, input, expected } of vectors) {
    const message = {
      chainId: text(input, "chain_id"),
      signerId: text(input, "signer_id"),
      path: list(input, "path").map((accountId) => text(accountId)),
      timestamp: BigInt(text(input, "timestamp_ns")),
      payload: text(input, "payload"),
    };
    assert.is(encodeHex(offchainMessageHash(message)), text(expected, "hash_hex"), id);
    assert.is(encodeHex(encodeOffchainMessage(message)), text(expected, "borsh_hex"), id);
    assert.is(toMessage(message).recipient, text(expected, "nep413_recipient"), id);
    const whole = {
      message,
      publicKey: `ed25519:${"1".repeat(32)}`,
      signature: `ed25519:${"1".repeat(64)}`,
    };
    const json = formatKeyAuthorization(whole);
    assert.ok(json.includes(`"timestamp":"${text(input, "timestamp_rfc3339")}"`), id);
    assert.is(parseKeyAuthorization(json).message.timestamp, message.timestamp, id);
  }
  assert.is(vectors.length, 1);
});

test.run();
