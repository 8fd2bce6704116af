/**
 * The known answers of the categories that are of ML-DSA-65.
 * @module
 */
import { decodeBase58, decodeHex, encodeHex } from "@yoctonear/base";
import { parsePublicKey, parseSignature } from "@yoctonear/keys";
import { deriveSlip10, seedOfPhrase } from "@yoctonear/keys/seed-phrase";
import {
  mlDsa65Handle,
  mlDsa65KeyPair,
  mlDsa65KeyPairFromSeed,
  verifyMlDsa65,
} from "@yoctonear/ml-dsa";
import { deriveMlDsa65Seed, parseMlDsa65SeedPhrase } from "@yoctonear/ml-dsa/seed-phrase";
import { sha256 } from "@yoctonear/primitives";
import { field, flag, has, integer, text, type Vector, vectorsOf } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("ml-dsa: known answers");
const SALT = "ML-DSA-65 seed";

const publicBytes = (publicKey: string): Uint8Array => parsePublicKey(publicKey).bytes;
const hashOf = (bytes: Uint8Array): string => encodeHex(sha256(bytes));
const secretBytes = (secret: string): Uint8Array => decodeBase58(secret.split(":")[1] ?? "");

/** Runs a category; a check that returns false leaves its row to another package. */
function runs(
  category: string,
  ran: number,
  left: number,
  check: (vector: Vector) => boolean | Promise<boolean>,
): void {
  test(`${category}: ${ran} ran, ${left} left to other packages`, async () => {
    const counts = { ran: 0, left: 0 };
    for (const vector of await vectorsOf(category)) {
      counts[(await check(vector)) ? "ran" : "left"]++;
    }
    console.log(`vectors ${category}: ${counts.ran} ran, ${counts.left} left to other packages`);
    assert.equal(counts, { ran, left });
  });
}

runs("ml-dsa-handle", 2, 0, ({ id, input, expected }) => {
  if (has(input, "text")) {
    const handle = text(input, "text");
    const [type, digits = ""] = handle.split(":");
    assert.is(type, "ml-dsa-65-hash", id);
    assert.is(encodeHex(decodeBase58(digits)), text(expected, "hash_hex"), id);
    assert.is(flag(expected, "is_public_key"), false);
    assert.throws(() => parsePublicKey(handle), undefined, id);
    return true;
  }
  const { publicKey } = mlDsa65KeyPairFromSeed(decodeHex(text(input, "seed_hex")));
  assert.is(hashOf(publicBytes(publicKey)), text(expected, "public_key_sha256"), id);
  assert.is(mlDsa65Handle(publicKey), text(expected, "handle"), id);
  return true;
});

runs("ml-dsa-signature", 1, 0, async ({ id, input, expected }) => {
  const seed = decodeHex(text(input, "seed_hex"));
  const hash = decodeHex(text(input, "message_hex"));
  const keyPair = mlDsa65KeyPairFromSeed(seed, { deterministic: true });
  assert.is(hashOf(publicBytes(keyPair.publicKey)), text(expected, "public_key_sha256"), id);
  const signature = await keyPair.sign({ kind: "message", bytes: new Uint8Array(), hash });
  const { bytes } = parseSignature(signature);
  assert.is(BigInt(bytes.length), integer(expected, "signature_len"), id);
  assert.is(encodeHex(bytes), text(expected, "signature_hex"), id);
  assert.ok(verifyMlDsa65(hash, bytes, publicBytes(keyPair.publicKey)), id);
  return true;
});

runs("nep649-ml-dsa-65", 17, 0, ({ id, input, expected }) => {
  const seed = decodeHex(text(input, "seed_hex"));
  const path = text(input, "path");
  const node = deriveSlip10(seed, path, SALT);
  assert.is(encodeHex(node.secret), text(expected, "node_secret_hex"), id);
  assert.is(encodeHex(node.chainCode), text(expected, "chain_code_hex"), id);
  const keyPair = mlDsa65KeyPairFromSeed(deriveMlDsa65Seed(seed, path));
  assert.is(mlDsa65Handle(keyPair.publicKey), text(expected, "public_key_handle"), id);
  assert.is(hashOf(publicBytes(keyPair.publicKey)), text(expected, "public_key_sha256"), id);
  const secret = secretBytes(keyPair.revealSecretKey());
  assert.is(hashOf(secret), text(expected, "expanded_secret_key_sha256"), id);
  assert.is(BigInt(secret.length), integer(expected, "expanded_secret_key_len"), id);
  if (has(expected, "public_key_hex")) {
    assert.is(encodeHex(publicBytes(keyPair.publicKey)), text(expected, "public_key_hex"), id);
    assert.is(encodeHex(secret), text(expected, "expanded_secret_key_hex"), id);
    assert.is(mlDsa65KeyPair(keyPair.revealSecretKey()).publicKey, keyPair.publicKey, id);
  }
  if (field(input, "mnemonic") !== null) {
    const phrase = text(input, "mnemonic");
    assert.is(encodeHex(seedOfPhrase(phrase)), text(input, "seed_hex"), id);
    assert.is(parseMlDsa65SeedPhrase(phrase, { path }).publicKey, keyPair.publicKey, id);
  }
  return true;
});

runs("slip10-ml-dsa-65", 9, 0, ({ id, input, expected }) => {
  assert.is(text(input, "salt"), SALT, id);
  const seed = decodeHex(text(input, "seed_hex"));
  const { secret, chainCode } = deriveSlip10(seed, text(input, "path"), SALT);
  assert.is(encodeHex(chainCode), text(expected, "chain_code_hex"), id);
  const { publicKey } = mlDsa65KeyPairFromSeed(secret);
  assert.is(hashOf(publicBytes(publicKey)), text(expected, "public_key_sha256"), id);
  return true;
});

runs("seed-phrase", 1, 3, ({ id, input, expected }) => {
  if (!has(expected, "secret_key") || !text(expected, "secret_key").startsWith("ml-dsa-65:")) {
    return false;
  }
  const keyPair = parseMlDsa65SeedPhrase(text(input, "mnemonic"), {
    path: text(input, "path"),
    passphrase: text(input, "passphrase"),
  });
  assert.is(keyPair.revealSeed(), text(expected, "secret_key"), id);
  assert.is(hashOf(publicBytes(keyPair.publicKey)), text(expected, "public_key_sha256"), id);
  assert.is(mlDsa65KeyPair(text(expected, "secret_key")).publicKey, keyPair.publicKey, id);
  return true;
});

test.run();
