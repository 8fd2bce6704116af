import { baseDecode, baseEncode, KeyPair, PublicKey } from "near-api-js";
import {
  generateSeedPhrase as apiGenerate,
  parseSeedPhrase as apiParse,
} from "near-api-js/seed-phrase";
import {
  generateKey,
  generateSeedPhrase as kitGenerate,
  MlDsa65KeyPair,
  parseKey,
  parsePublicKey as kitParsePublicKey,
  parseSeedPhrase as kitParse,
} from "near-kit";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ed25519KeyPair, randomEd25519KeyPair } from "yoctonear";
import { formatPublicKey, parsePublicKey } from "yoctonear/keys";
import { randomSecp256k1KeyPair, secp256k1KeyPair } from "yoctonear/secp256k1";
import { generateSeedPhrase, parseSeedPhrase } from "yoctonear/seed-phrase";

const keys = suite("key strings");

/** Their types want the prefix in the type. */
function secretOf(text: string): `ed25519:${string}` {
  return `ed25519:${text.slice("ed25519:".length)}`;
}

keys("ed25519: ours are theirs", () => {
  const ours = randomEd25519KeyPair();
  const secret = ours.revealSecretKey();
  const api = KeyPair.fromString(secretOf(secret));
  assert.is(api.getPublicKey().toString(), ours.publicKey);
  assert.is(api.toString(), secret);
  const kit = parseKey(secret);
  assert.is(kit.publicKey.toString(), ours.publicKey);
  assert.is(kit.secretKey, secret);
});

keys("ed25519: theirs are ours", () => {
  const api = KeyPair.fromRandom("ed25519");
  assert.is(ed25519KeyPair(api.toString()).publicKey, api.getPublicKey().toString());
  const kit = generateKey();
  assert.is(ed25519KeyPair(kit.secretKey).publicKey, kit.publicKey.toString());
});

keys("secp256k1: theirs are ours, and ours near-api-js's", () => {
  const api = KeyPair.fromRandom("secp256k1");
  const ours = secp256k1KeyPair(api.toString());
  assert.is(ours.publicKey, api.getPublicKey().toString());
  const kit = parseKey(api.toString());
  assert.is(kit.publicKey.toString(), ours.publicKey);
  const random = randomSecp256k1KeyPair();
  const text = random.publicKey;
  assert.is(PublicKey.from(text).toString(), text);
  assert.is(kitParsePublicKey(text).toString(), text);
});

keys("ML-DSA-65 public keys have one form", () => {
  const api = KeyPair.fromRandom("ml-dsa-65").getPublicKey().toString();
  const kit = MlDsa65KeyPair.fromRandom().publicKey.toString();
  for (const text of [api, kit]) {
    assert.is(parsePublicKey(text).type, "ml-dsa-65");
    assert.is(formatPublicKey(parsePublicKey(text)), text);
    assert.is(PublicKey.from(text).toString(), text);
    assert.is(kitParsePublicKey(text).toString(), text);
  }
});

keys("P26, theirs: near-kit gives a secret without its public half an empty public key", () => {
  const secp = randomSecp256k1KeyPair();
  const secret: `secp256k1:${string}` = `secp256k1:${secp.revealSecretKey().slice(10)}`;
  assert.is(KeyPair.fromString(secret).getPublicKey().toString(), secp.publicKey);
  assert.is(parseKey(secret).publicKey.toString(), "secp256k1:");
  const short = "ed25519:4wBqpZM9xaSheZzJSMawUKKwhdpChKbZ5eu5ky4Vigw";
  assert.is(parseKey(short).publicKey.toString(), "ed25519:");
  const { publicKey } = ed25519KeyPair(short);
  assert.is(KeyPair.fromString(secretOf(short)).getPublicKey().toString(), publicKey);
});

keys("P26, theirs: a public half of another key is taken; ours refuses it", () => {
  const [a, b] = [randomEd25519KeyPair(), randomEd25519KeyPair()];
  const [first, second] = [a, b].map((pair) => baseDecode(pair.revealSecretKey().slice(8)));
  const mixed = `ed25519:${baseEncode(
    new Uint8Array([...(first ?? []).slice(0, 32), ...(second ?? []).slice(32)]),
  )}` as const;
  assert.is(KeyPair.fromString(mixed).getPublicKey().toString(), a.publicKey);
  assert.is(parseKey(mixed).publicKey.toString(), b.publicKey);
  assert.throws(() => ed25519KeyPair(mixed), /public half/);
});

keys("P23, theirs: a secret key is taken for a public key; ours refuses it", () => {
  const secret = randomEd25519KeyPair().revealSecretKey();
  assert.is(PublicKey.from(secret).toString(), secret.replace("ed25519", "secp256k1"));
  assert.is(kitParsePublicKey(secret).toString(), secret);
  assert.throws(
    () => parsePublicKey(secret),
    (error: Error) => !error.message.includes(secret),
  );
});

keys.run();

const phrases = suite("seed phrases");

const PHRASES = [
  "legal winner thank year wave sausage worth useful legal winner thank yellow",
  "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
  "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote",
] as const;

phrases("give the same key in all three", () => {
  const generated = [
    generateSeedPhrase().phrase,
    generateSeedPhrase({ words: 24 }).phrase,
    apiGenerate().seedPhrase,
    kitGenerate(),
    kitGenerate(24),
  ];
  for (const phrase of [...PHRASES, ...generated]) {
    const secret = parseSeedPhrase(phrase).revealSecretKey();
    assert.is(apiParse(phrase).toString(), secret);
    assert.is(kitParse(phrase).secretKey, secret);
  }
});

phrases("give the same key on another path", () => {
  const path = "m/44'/397'/0'/0'/1'";
  const [phrase] = PHRASES;
  assert.is(kitParse(phrase, path).secretKey, parseSeedPhrase(phrase, { path }).revealSecretKey());
});

phrases.run();
