import { decodeHex, encodeBase58, isNearError } from "@yoctonear/base";
import { parsePublicKey } from "@yoctonear/keys";
import { secp256k1KeyPair } from "@yoctonear/keys/secp256k1";
import {
  parseSecp256k1SeedPhrase,
  secp256k1KeyPairFromTree,
} from "@yoctonear/keys/secp256k1-seed-phrase";
import { ethImplicitAccountId } from "@yoctonear/primitives";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("secp256k1-seed-phrase");

/** The first test vector of BIP-32, as SLIP-10 writes it. */
const SEED = "000102030405060708090a0b0c0d0e0f";
const VECTORS: readonly (readonly [string, string])[] = [
  ["m", "e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c8436b35"],
  ["m/0'", "edb2e14f9ee77d26dd93b4ecede8d16ed408ce149b6cd80b0715a2d911a0afea"],
  ["m/0'/1", "3c6cb8d0f6a264c91ea8b5030fadaa8e538b020f0a387421a12de9319dc93368"],
  ["m/0'/1/2'", "cbce0d719ecf7431d88e6a89fa1483e02e35092af60c042b1df2ff59fa424dca"],
  ["m/0'/1/2'/2", "0f479245fb19a38a1954c5c7c0ebab2f9bdfd96a17563ef28a6a4b1a2a764ef4"],
  ["m/0'/1/2'/2/1000000000", "471b76e389e528d6de6d816857e012c5455051cad6660850e58372a6c3e6e7c8"],
];
const PHRASE = "test test test test test test test test test test test junk";

test("derives the keys of BIP-32's first test vector", () => {
  for (const [path, secret] of VECTORS) {
    const expected = secp256k1KeyPair(`secp256k1:${encodeBase58(decodeHex(secret))}`);
    const derived = secp256k1KeyPairFromTree(decodeHex(SEED), path);
    assert.is(derived.publicKey, expected.publicKey, path);
    assert.is(derived.revealSecretKey(), expected.revealSecretKey(), path);
  }
});

test("by default gives the key after which Ethereum's wallets name their first account", () => {
  const id = (path?: string): string =>
    ethImplicitAccountId(
      parsePublicKey(parseSecp256k1SeedPhrase(PHRASE, { path }).publicKey).bytes,
    );
  assert.is(id(), "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
  assert.is(id("m/44'/60'/0'/0/1"), "0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
});

test("P24: refuses what is no phrase and what is no path, without echo", () => {
  for (const run of [
    () => parseSecp256k1SeedPhrase("test junk"),
    () => parseSecp256k1SeedPhrase(PHRASE, { path: PHRASE }),
    ...["", "m/", "44'/60'", "m/2147483648", "m/-1", "m/0''", "m/01", "m/0x1"].map(
      (path) => () => parseSecp256k1SeedPhrase(PHRASE, { path }),
    ),
  ]) {
    assert.throws(run, (error: Error) => {
      assert.not.match(error.message, "junk");
      return isNearError(error, "invalid_seed_phrase") && error.cause === undefined;
    });
  }
  assert.throws(() => secp256k1KeyPairFromTree(new Uint8Array(15), "m"), RangeError);
});

test("P28: a misspelt option never leads to another key", () => {
  const misspelt: object = { pass: "x" };
  assert.throws(() => parseSecp256k1SeedPhrase(PHRASE, misspelt), TypeError);
});

test.run();
