import { isNearError } from "@yoctonear/base";
import {
  deriveEd25519Seed,
  generateSeedPhrase,
  parseSeedPhrase,
} from "@yoctonear/keys/seed-phrase";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const PHRASE = "tag interest match crew twin proof cushion visit ball square aim armed";
const PUBLIC = "ed25519:9uMmkWHWqnqwFcAhH2tS3x3cc4hzGKa5TGWFajMXGkDX";
/** BIP-39's own vectors of zero entropy, one of each length. */
const ZEROS = { 12: "about", 15: "address", 18: "agent", 21: "admit", 24: "art" } as const;

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert.ok(isNearError(error, "invalid_seed_phrase"), String(error));
    assert.is(error.cause, undefined);
    return error.message;
  }
  throw new Error("expected a refusal");
}

const parse = suite("seed-phrase: parseSeedPhrase");

parse("takes the default path and an empty passphrase", () => {
  assert.is(parseSeedPhrase(PHRASE).publicKey, PUBLIC);
  assert.is(parseSeedPhrase(PHRASE, { path: "m/44'/397'/0'", passphrase: "" }).publicKey, PUBLIC);
});

parse("ignores case and white space", () => {
  const odd = `  ${PHRASE.toUpperCase().replaceAll(" ", " \n\t")}\n`;
  assert.is(parseSeedPhrase(odd).publicKey, PUBLIC);
});

parse("gives other keys for another path and another passphrase", () => {
  const keys = [
    parseSeedPhrase(PHRASE).publicKey,
    parseSeedPhrase(PHRASE, { path: "m/44'/397'/1'" }).publicKey,
    parseSeedPhrase(PHRASE, { path: "m/44'/397'/0'/0'/1'" }).publicKey,
    parseSeedPhrase(PHRASE, { passphrase: "TREZOR" }).publicKey,
  ];
  assert.is(new Set(keys).size, 4);
});

parse("takes the passphrase in any Unicode form", () => {
  const composed = parseSeedPhrase(PHRASE, { passphrase: "caf\u00e9" });
  const decomposed = parseSeedPhrase(PHRASE, { passphrase: "cafe\u0301" });
  assert.is(composed.publicKey, decomposed.publicKey);
});

for (const [count, last] of Object.entries(ZEROS)) {
  parse(`takes ${count} words`, () => {
    const phrase = `${"abandon ".repeat(Number(count) - 1)}${last}`;
    parseSeedPhrase(phrase);
  });
}

parse("P24: refuses a wrong checksum, word or count without echo", () => {
  const words = PHRASE.split(" ");
  for (const phrase of [
    "",
    "tag",
    words.slice(1).join(" "),
    [...words, "tag"].join(" "),
    [...words].reverse().join(" "),
    PHRASE.replace("twin", "twinn"),
    PHRASE.replace("twin", "zwilling"),
    "abandon ".repeat(12),
    "\ud800",
  ]) {
    const message = refusal(() => parseSeedPhrase(phrase));
    for (const word of ["tag", "twin", "zwilling", "armed", "abandon"]) {
      assert.not.match(message, word);
    }
  }
});

parse("refuses what is not text", () => {
  for (const value of [undefined, null, 12, ["tag"]]) {
    refusal(() => Reflect.apply(parseSeedPhrase, undefined, [value]));
  }
});

parse("P24: refuses a path that is none, without echo: it may be the phrase", () => {
  for (const path of [
    "",
    "m/",
    "44'/397'/0'",
    "m/44/397'",
    "m/2147483648'",
    "m/01'",
    "M/0'",
    PHRASE,
  ]) {
    const message = refusal(() => parseSeedPhrase(PHRASE, { path }));
    if (path === PHRASE) assert.not.match(message, "crew");
  }
});

parse("refuses a passphrase that has no UTF-8", () => {
  refusal(() => parseSeedPhrase(PHRASE, { passphrase: "hush\udfff" }));
});

parse("P28: a path in place of the options, or a misspelt one, never leads to another key", () => {
  const path = "m/44'/397'/1'";
  const given: readonly never[] = [loose(path), loose({ derivationPath: path }), loose(1)];
  for (const options of given) {
    assert.throws(() => parseSeedPhrase(PHRASE, options), TypeError);
    assert.throws(() => generateSeedPhrase(options), TypeError);
  }
});

parse.run();

const generate = suite("seed-phrase: generateSeedPhrase");

generate("makes 12 words by default, or as many as asked", () => {
  assert.is(generateSeedPhrase().phrase.split(" ").length, 12);
  for (const words of [12, 15, 18, 21, 24] as const) {
    assert.is(generateSeedPhrase({ words }).phrase.split(" ").length, words);
  }
});

generate("gives the key pair that parsing the phrase gives", () => {
  const options = { path: "m/44'/397'/5'", passphrase: "x" };
  const { phrase, keyPair } = generateSeedPhrase(options);
  assert.is(parseSeedPhrase(phrase, options).publicKey, keyPair.publicKey);
});

generate("refuses other counts", () => {
  for (const words of [0, 11, 13, 27, 12.5]) {
    assert.throws(
      () => void Reflect.apply(generateSeedPhrase, undefined, [{ words }]),
      (error: unknown) => error instanceof RangeError,
    );
  }
});

generate.run();

const derive = suite("seed-phrase: deriveEd25519Seed");

derive("refuses seeds that SLIP-10 does not know", () => {
  for (const length of [0, 15, 65]) {
    assert.throws(() => deriveEd25519Seed(new Uint8Array(length), "m"), RangeError);
  }
});

derive("refuses steps that are not hardened", () => {
  refusal(() => deriveEd25519Seed(new Uint8Array(16), "m/0"));
});

derive.run();

/** A value that passes for any type, as JavaScript may pass it. */
function loose(value: unknown): never {
  // @ts-expect-error: that is the point
  return value;
}
