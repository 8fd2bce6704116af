import { concatBytes, encodeBase58, isNearError } from "@yoctonear/base";
import { type Codec, decode, encode } from "@yoctonear/borsh";
import { publicKeyCodec, publicKeyHandleCodec, signatureCodec } from "@yoctonear/keys";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withByte } from "./samples.ts";

const bytes = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, i) => (i * 7 + 1) % 32);
const textOf = (type: string, length: number): string => `${type}:${encodeBase58(bytes(length))}`;
const refused = (code: string) => (error: unknown) => isNearError(error, code);

function roundTrips(codec: Codec<string>, tag: number, text: string, length: number): void {
  const wire = concatBytes(Uint8Array.of(tag), bytes(length));
  assert.equal(encode(codec, text), wire);
  assert.is(decode(codec, wire), text);
}

const keys = suite("codec: publicKeyCodec");

keys("is a tag and the raw bytes", () => {
  roundTrips(publicKeyCodec, 0, textOf("ed25519", 32), 32);
  roundTrips(publicKeyCodec, 1, textOf("secp256k1", 64), 64);
  roundTrips(publicKeyCodec, 2, textOf("ml-dsa-65", 1952), 1952);
});

keys("writes text without a key type and reads it back canonical", () => {
  const text = encodeBase58(bytes(32));
  assert.is(decode(publicKeyCodec, encode(publicKeyCodec, text)), `ed25519:${text}`);
});

keys("refuses unknown tags, the tag of a hash, and missing bytes", () => {
  for (const tag of [3, 4, 255]) {
    const wire = concatBytes(Uint8Array.of(tag), bytes(64));
    assert.throws(() => decode(publicKeyCodec, wire), refused("invalid_tag"));
  }
  assert.throws(() => decode(publicKeyCodec, new Uint8Array(32)), refused("unexpected_end"));
  assert.throws(() => decode(publicKeyCodec, new Uint8Array(34)), refused("trailing_bytes"));
});

keys("P23: refuses to write a secret key and does not echo it", () => {
  const secret = textOf("ed25519", 64);
  assert.throws(
    () => encode(publicKeyCodec, secret),
    (error: Error) =>
      isNearError(error, "invalid_value") &&
      error.message.includes("looks like a secret key") &&
      !error.message.includes(secret.slice(20, 26)),
  );
});

keys.run();

const signatures = suite("codec: signatureCodec");

signatures("is a tag and the raw bytes", () => {
  roundTrips(signatureCodec, 0, textOf("ed25519", 64), 64);
  roundTrips(signatureCodec, 1, textOf("secp256k1", 65), 65);
  roundTrips(signatureCodec, 2, textOf("ml-dsa-65", 3309), 3309);
});

signatures("refuses both ways an ed25519 signature with any of the top three bits of s set", () => {
  for (const byte of [0x20, 0x40, 0x80]) {
    const raw = withByte(bytes(64), 63, byte);
    const wire = concatBytes(Uint8Array.of(0), raw);
    assert.throws(() => decode(signatureCodec, wire), refused("invalid_value"));
    const text = `ed25519:${encodeBase58(raw)}`;
    assert.throws(() => encode(signatureCodec, text), refused("invalid_value"));
  }
});

signatures.run();

const handles = suite("codec: publicKeyHandleCodec");

handles("has tags 0 and 1 for whole keys and 3 for the hash of an ML-DSA-65 key", () => {
  roundTrips(publicKeyHandleCodec, 0, textOf("ed25519", 32), 32);
  roundTrips(publicKeyHandleCodec, 1, textOf("secp256k1", 64), 64);
  roundTrips(publicKeyHandleCodec, 3, textOf("ml-dsa-65-hash", 32), 32);
});

handles("refuses a whole ML-DSA-65 key both ways", () => {
  const write = (): unknown => encode(publicKeyHandleCodec, textOf("ml-dsa-65", 1952));
  assert.throws(write, refused("invalid_value"));
  const wire = concatBytes(Uint8Array.of(2), bytes(1952));
  assert.throws(() => decode(publicKeyHandleCodec, wire), refused("invalid_tag"));
});

handles("refuses hashes of other lengths", () => {
  for (const text of [textOf("ml-dsa-65-hash", 31), textOf("ml-dsa-65-hash", 64)]) {
    assert.throws(() => encode(publicKeyHandleCodec, text), refused("invalid_value"));
  }
});

handles.run();
