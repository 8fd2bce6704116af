import { isNearError } from "@yoctonear/base";
import {
  type CredentialForm,
  formatCredential,
  parseCredential,
} from "@yoctonear/keys/credentials";
import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair, secp256k1 } from "@yoctonear/keys/secp256k1";
import { parseSeedPhrase } from "@yoctonear/keys/seed-phrase";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const SCHEMES = [ed25519, secp256k1];
const PHRASE = "tag interest match crew twin proof cushion visit ball square aim armed";
const keyPair = parseSeedPhrase(PHRASE);
const SECRET = keyPair.revealSecretKey();
const IMPLICIT = "84415d1c03d8ab5f98a43c1f2eb3d0b4a4b1f5ad2b4ce28da9ec2a4ff6a10c3d";

const nearCli = { account_id: "alice.near", public_key: keyPair.publicKey, private_key: SECRET };

function refusal(json: unknown, code = "invalid_key"): string {
  try {
    parseCredential(json, SCHEMES);
  } catch (error) {
    assert.ok(isNearError(error, code), String(error));
    assert.is(error.cause, undefined);
    assert.not.match(error.message, SECRET.slice(10, 20));
    return error.message;
  }
  throw new Error("expected a refusal");
}

const parse = suite("credentials: parseCredential");

parse("takes near-cli's file, as text and as an object", () => {
  for (const json of [nearCli, JSON.stringify(nearCli)]) {
    const credential = parseCredential(json, SCHEMES);
    assert.is(credential.accountId, "alice.near");
    assert.is(credential.keyPair.publicKey, keyPair.publicKey);
    assert.is(credential.keyPair.revealSecretKey(), SECRET);
    assert.is(credential.revealSeedPhrase, undefined);
  }
});

parse("takes nearcore's key file", () => {
  const { publicKey, revealSecretKey } = randomSecp256k1KeyPair();
  const json = { account_id: "bob.near", public_key: publicKey, secret_key: revealSecretKey() };
  assert.is(parseCredential(json, SCHEMES).keyPair.publicKey, publicKey);
});

parse("takes near-cli-rs's file with a seed phrase", () => {
  const json = formatCredential(
    { keyPair, seedPhrasePath: "m/44'/397'/0'", revealSeedPhrase: () => PHRASE },
    "near-cli-rs",
  );
  const credential = parseCredential(json, SCHEMES);
  assert.is(credential.accountId, undefined);
  assert.is(credential.seedPhrasePath, "m/44'/397'/0'");
  assert.is(credential.revealSeedPhrase?.(), PHRASE);
});

parse("ignores fields that it does not know, and null", () => {
  const json = { ...nearCli, network: "testnet", seed_phrase_hd_path: null };
  assert.is(parseCredential(json, SCHEMES).seedPhrasePath, undefined);
});

parse("refuses both private_key and secret_key, and neither", () => {
  assert.match(refusal({ ...nearCli, secret_key: SECRET }), "got both");
  const { private_key: _, ...rest } = nearCli;
  assert.match(refusal(rest), "got none");
});

parse("P26: refuses a public key of another secret key, and a missing one", () => {
  refusal({ ...nearCli, public_key: randomEd25519KeyPair().publicKey });
  const { public_key: _, ...rest } = nearCli;
  refusal(rest);
});

parse("P23: refuses a secret key in the place of the public one, without echo", () => {
  assert.match(refusal({ ...nearCli, public_key: SECRET }), "looks like a secret key");
});

parse("refuses an account id that is none, and another key's implicit account id", () => {
  refusal({ ...nearCli, account_id: "BAD ID!!" }, "invalid_account_id");
  refusal({ ...nearCli, implicit_account_id: IMPLICIT }, "invalid_account_id");
});

parse("P24: refuses what is not JSON or not an object, without echo", () => {
  for (const json of [
    "",
    SECRET,
    `{"private_key":"${SECRET}"`,
    `{private_key:${SECRET}}`,
    "null",
    "[]",
    "7",
    `"${SECRET}"`,
    null,
    undefined,
    7,
    [nearCli],
  ]) {
    refusal(json);
  }
});

parse("refuses fields that are not text", () => {
  for (const field of ["account_id", "public_key", "private_key", "master_seed_phrase"]) {
    refusal({ ...nearCli, [field]: 7 });
  }
});

parse("refuses a key type that is not listed", () => {
  assert.throws(
    () => parseCredential(nearCli, [secp256k1]),
    (error: unknown) => isNearError(error, "invalid_key"),
  );
});

parse.run();

const format = suite("credentials: formatCredential");
const whole = {
  accountId: "alice.near",
  keyPair,
  seedPhrasePath: "m/44'/397'/0'",
  revealSeedPhrase: () => PHRASE,
};

const FIELDS: Readonly<Record<CredentialForm, readonly string[]>> = {
  "near-cli": ["account_id", "public_key", "private_key"],
  "near-cli-rs": [
    "seed_phrase_hd_path",
    "master_seed_phrase",
    "implicit_account_id",
    "public_key",
    "private_key",
  ],
  nearcore: ["account_id", "public_key", "secret_key"],
};

for (const form of ["near-cli", "near-cli-rs", "nearcore"] as const) {
  format(`writes the fields of ${form} in its order and reads them back`, () => {
    const json = formatCredential(whole, form);
    const fields: object = JSON.parse(json);
    assert.equal(Object.keys(fields), FIELDS[form]);
    assert.is(formatCredential(parseCredential(json, SCHEMES), form), json);
  });
}

format("refuses a form whose fields are missing", () => {
  for (const form of ["near-cli", "near-cli-rs", "nearcore"] as const) {
    assert.throws(() => formatCredential({ keyPair }, form), TypeError);
  }
  const other = { ...whole, keyPair: randomSecp256k1KeyPair() };
  assert.throws(() => formatCredential(other, "near-cli-rs"), /an ed25519 key/);
});

format("refuses an account id that is none", () => {
  assert.throws(
    () => formatCredential({ ...whole, accountId: "A" }, "nearcore"),
    (error: unknown) => isNearError(error, "invalid_account_id"),
  );
});

format("refuses a form that it does not know", () => {
  // @ts-expect-error: JavaScript may pass anything
  assert.throws(() => formatCredential(whole, "near-cli-js"), /near-cli-rs/);
});

format.run();
