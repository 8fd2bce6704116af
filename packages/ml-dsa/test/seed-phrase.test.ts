import { isNearError } from "@yoctonear/base";
import { parseSeedPhrase } from "@yoctonear/keys/seed-phrase";
import {
  generateMlDsa65SeedPhrase,
  parseMlDsa65SeedPhrase,
  recoverSeedPhrase,
} from "@yoctonear/ml-dsa/seed-phrase";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("ml-dsa: seed phrases");
const PHRASE = `${"abandon ".repeat(11)}about`;

test("a new phrase has 24 words, or 18 or 21, and leads back to its key", () => {
  for (const words of [undefined, 18, 21, 24] as const) {
    const { phrase, keyPair } = generateMlDsa65SeedPhrase({ words, passphrase: "hush" });
    assert.is(phrase.split(" ").length, words ?? 24);
    assert.is(parseMlDsa65SeedPhrase(phrase, { passphrase: "hush" }).publicKey, keyPair.publicKey);
    assert.is.not(parseMlDsa65SeedPhrase(phrase).publicKey, keyPair.publicKey);
  }
});

test("NEP-649: a new phrase of fewer than 18 words is not made, an old one is read", () => {
  for (const words of [12, 15, 17, 0, Number.NaN]) {
    const options: object = { words };
    assert.throws(() => generateMlDsa65SeedPhrase(options), RangeError);
  }
  assert.match(String(parseMlDsa65SeedPhrase(PHRASE).revealSeed()), /^ml-dsa-65:7t9yn5/);
});

test("NEP-649: a recovery looks on both paths in both trees", () => {
  const found = recoverSeedPhrase(PHRASE);
  const paths = ["m/44'/397'/0'", "m/44'/397'/0'/0'/1'"];
  assert.equal(
    found.map(({ type, path, keyPair }) => ({ type, path, publicKey: keyPair.publicKey })),
    [
      ...paths.map((path) => ({
        type: "ed25519",
        path,
        publicKey: parseSeedPhrase(PHRASE, { path }).publicKey,
      })),
      ...paths.map((path) => ({
        type: "ml-dsa-65",
        path,
        publicKey: parseMlDsa65SeedPhrase(PHRASE, { path }).publicKey,
      })),
    ],
  );
  const withPassphrase = recoverSeedPhrase(PHRASE, "hush");
  assert.is(new Set([...found, ...withPassphrase].map((one) => one.keyPair.publicKey)).size, 8);
});

test("P24, P28: refuses what is no phrase, no path or misspelt, without echo", () => {
  for (const run of [
    () => parseMlDsa65SeedPhrase("abandon about"),
    () => recoverSeedPhrase("abandon about"),
    () => parseMlDsa65SeedPhrase(PHRASE, { path: PHRASE }),
    () => parseMlDsa65SeedPhrase(PHRASE, { path: "m/44'/397'/0" }),
  ]) {
    assert.throws(run, (error: Error) => {
      assert.not.match(error.message, "abandon");
      return isNearError(error, "invalid_seed_phrase");
    });
  }
  const misspelt: object = { pasphrase: "hush" };
  assert.throws(() => parseMlDsa65SeedPhrase(PHRASE, misspelt), TypeError);
  assert.throws(() => generateMlDsa65SeedPhrase(misspelt), TypeError);
});

test.run();
