/**
 * The known answers of the categories that keys own. ML-DSA rows are for `@yoctonear/ml-dsa`.
 * @module
 */
import { decodeHex, encodeHex, equalBytes } from "@yoctonear/base";
import { formatSignature, parseKeyPair, parsePublicKey, parseSignature } from "@yoctonear/keys";
import { ed25519, verifyEd25519 } from "@yoctonear/keys/ed25519";
import { secp256k1 } from "@yoctonear/keys/secp256k1";
import { deriveEd25519Seed, parseSeedPhrase } from "@yoctonear/keys/seed-phrase";
import { flag, has, integer, text, type Vector, vectorsOf } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withByte } from "./samples.ts";

const test = suite("keys: known answers");
const SCHEMES = [ed25519, secp256k1];

/** Runs a category; a check that returns false leaves its row to another package. */
function runs(
  category: string,
  ran: number,
  left: number,
  check: (vector: Vector) => boolean | Promise<boolean>,
): void {
  test(`${category}: ${ran} ran, ${left} not yet run`, async () => {
    const counts = { ran: 0, left: 0 };
    for (const vector of await vectorsOf(category)) {
      counts[(await check(vector)) ? "ran" : "left"]++;
    }
    console.log(`vectors ${category}: ${counts.ran} ran, ${counts.left} not yet run`);
    assert.equal(counts, { ran, left });
  });
}

runs("key-derive", 8, 0, ({ id, input, expected }) => {
  const keyPair = parseKeyPair(text(input, "secret_key"), SCHEMES);
  assert.is(keyPair.publicKey, text(expected, "public_key"), id);
  const { bytes } = parsePublicKey(keyPair.publicKey);
  assert.is(encodeHex(bytes), text(expected, "public_key_hex"), id);
  assert.is(parseKeyPair(keyPair.revealSecretKey(), SCHEMES).publicKey, keyPair.publicKey, id);
  return true;
});

runs("key-text", 4, 0, ({ id, input, expected }) => {
  const parse = (): number => parsePublicKey(text(input, "text")).bytes.length;
  if (flag(expected, "valid")) {
    assert.is(BigInt(parse()), integer(expected, "decoded_len"), id);
  } else {
    assert.throws(parse, (error: { code: string }) => error.code === "invalid_key", id);
  }
  return true;
});

runs("signature", 4, 0, async ({ id, input, expected }) => {
  if (has(input, "text")) {
    const signature = parseSignature(text(input, "text"));
    assert.is(encodeHex(signature.bytes), text(expected, "hex"), id);
    assert.is(formatSignature(signature), text(input, "text"), id);
    return true;
  }
  const keyPair = parseKeyPair(text(input, "secret_key"), SCHEMES);
  const message = decodeHex(text(input, has(input, "prehash_hex") ? "prehash_hex" : "message_hex"));
  const signature = text(expected, "signature");
  if (message.length === 32) {
    const request = { kind: "message", bytes: new Uint8Array(), hash: message } as const;
    assert.is(await keyPair.sign(request), signature, id);
  }
  const key = parsePublicKey(keyPair.publicKey);
  const { bytes } = parseSignature(signature);
  const verify = key.type === "ed25519" ? verifyEd25519 : secp256k1.verify;
  assert.ok(await verify(message, bytes, key.bytes), id);
  assert.not(await verify(message, withByte(bytes, 0, (bytes[0] ?? 0) ^ 1), key.bytes), id);
  return true;
});

runs("seed-phrase", 3, 1, ({ id, input, expected }) => {
  if (has(expected, "secret_key") && text(expected, "secret_key").startsWith("ml-dsa-65:")) {
    return false;
  }
  const keyPair = parseSeedPhrase(text(input, "mnemonic"), {
    path: text(input, "path"),
    passphrase: text(input, "passphrase"),
  });
  assert.is(keyPair.publicKey, text(expected, "public_key"), id);
  if (has(expected, "secret_key")) {
    assert.is(keyPair.revealSecretKey(), text(expected, "secret_key"), id);
  }
  return true;
});

runs("slip10-ed25519", 7, 0, ({ id, input, expected }) => {
  assert.is(text(input, "salt"), "ed25519 seed", id);
  const derived = deriveEd25519Seed(decodeHex(text(input, "seed_hex")), text(input, "path"));
  assert.ok(equalBytes(derived, decodeHex(text(expected, "private_key_hex"))), id);
  return true;
});

test.run();
