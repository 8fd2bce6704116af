import { encodeBase58, isNearError } from "@yoctonear/base";
import { formatPublicKey, formatSignature, parsePublicKey, parseSignature } from "@yoctonear/keys";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const bytes = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, i) => (i * 7 + 1) % 32);
const textOf = (type: string, length: number): string => `${type}:${encodeBase58(bytes(length))}`;

/** Runs what must be refused, returns the message. */
function refusal(run: () => unknown, code: string): string {
  try {
    run();
  } catch (error) {
    assert.ok(isNearError(error, code), `expected ${code}, got ${String(error)}`);
    return error.message;
  }
  throw new Error("expected a refusal");
}

const keys = suite("key-text: parsePublicKey");

keys("takes the three key types in their lengths", () => {
  for (const [type, length] of [
    ["ed25519", 32],
    ["secp256k1", 64],
    ["ml-dsa-65", 1952],
  ] as const) {
    const text = textOf(type, length);
    assert.equal(parsePublicKey(text), { type, bytes: bytes(length) });
    assert.is(formatPublicKey(parsePublicKey(text)), text);
  }
});

keys("takes the key type in any case and writes it in lower case", () => {
  const text = textOf("SECP256K1", 64);
  assert.is(
    formatPublicKey(parsePublicKey(text)),
    text.toLowerCase().slice(0, 10) + text.slice(10),
  );
});

keys("takes a missing key type for ed25519", () => {
  const text = encodeBase58(bytes(32));
  assert.is(formatPublicKey(parsePublicKey(text)), `ed25519:${text}`);
});

keys("takes bytes that are no point of the curve, as nearcore does", () => {
  const text = formatPublicKey({ type: "ed25519", bytes: new Uint8Array(32).fill(2) });
  assert.is(formatPublicKey(parsePublicKey(text)), text);
});

keys("refuses other lengths, types, alphabets and spaces", () => {
  for (const text of [
    "",
    ":",
    "ed25519:",
    textOf("ed25519", 31),
    textOf("ed25519", 33),
    textOf("secp256k1", 63),
    textOf("secp256k1", 65),
    textOf("ml-dsa-65", 1951),
    textOf("ed25518", 32),
    textOf("", 32),
    `${textOf("ed25519", 32)} `,
    ` ${textOf("ed25519", 32)}`,
    `ed25519:${textOf("ed25519", 32)}`,
    textOf("ed25519", 32).replace(/.$/, "0"),
    textOf("ml-dsa-65-hash", 32),
  ]) {
    refusal(() => parsePublicKey(text), "invalid_key");
  }
});

keys("refuses values that are not text", () => {
  for (const value of [undefined, null, 7, {}, bytes(32)]) {
    refusal(() => Reflect.apply(parsePublicKey, undefined, [value]), "invalid_key");
  }
});

keys("refuses very long text without decoding it", () => {
  const message = refusal(() => parsePublicKey(`ed25519:${"z".repeat(1e6)}`), "invalid_key");
  assert.match(message, "1000000 characters");
});

keys("P23: refuses a secret key with a hint and does not echo it", () => {
  for (const text of [
    textOf("ed25519", 64),
    encodeBase58(bytes(64)),
    textOf("secp256k1", 32),
    textOf("secp256k1", 96),
    textOf("ml-dsa-65", 32),
    textOf("ml-dsa-65", 4032),
  ]) {
    const message = refusal(() => parsePublicKey(text), "invalid_key");
    assert.match(message, "looks like a secret key");
    const digits = text.slice(text.indexOf(":") + 1);
    for (let i = 0; i + 6 <= digits.length; i += 3) {
      assert.not.match(message, digits.slice(i, i + 6));
    }
  }
});

keys("P24: echoes nothing of a phrase or of a foreign prefix", () => {
  for (const text of ["correct horse battery", "hunter2:hunter2", "ed25519:hunter2 hunter2"]) {
    const message = refusal(() => parsePublicKey(text), "invalid_key");
    assert.not.match(message, "hunter2");
    assert.not.match(message, "horse");
  }
});

keys.run();

const formats = suite("key-text: formatPublicKey");

formats("refuses another length", () => {
  assert.throws(() => formatPublicKey({ type: "ed25519", bytes: bytes(33) }), RangeError);
});

formats.run();

const signatures = suite("key-text: parseSignature");

signatures("takes the three types in their lengths", () => {
  for (const [type, length] of [
    ["ed25519", 64],
    ["secp256k1", 65],
    ["ml-dsa-65", 3309],
  ] as const) {
    const text = textOf(type, length);
    assert.equal(parseSignature(text), { type, bytes: bytes(length) });
    assert.is(formatSignature(parseSignature(text)), text);
  }
});

signatures("refuses another length", () => {
  refusal(() => parseSignature(textOf("ed25519", 63)), "invalid_signature");
  refusal(() => parseSignature(textOf("secp256k1", 64)), "invalid_signature");
});

signatures.run();
