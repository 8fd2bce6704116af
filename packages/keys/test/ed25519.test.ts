import { decodeHex, encodeBase58, isNearError } from "@yoctonear/base";
import {
  ed25519,
  ed25519Case,
  ed25519KeyPair,
  ed25519KeyPairFromSeed,
  randomEd25519KeyPair,
  verifyEd25519,
} from "@yoctonear/keys/ed25519";
import { list, loadVectors, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { dalekVerdicts } from "./dalek-verdicts.ts";
import { withByte } from "./samples.ts";

const SECRET =
  "ed25519:3KyUuch8pYP47krBq4DosFEVBMR5wDTMQ8AThzM8kAEcBQEpsPdYTZ2FPX5ZnSoLrerjwg66hwwJaW1wHzprd5k3";
const PUBLIC = "ed25519:DcA2MzgpJbrUATQLLceocVckhhAqrkingax4oJ9kZ847";
/** nearcore's `from_seed("test")`. */
const SEED = new TextEncoder().encode("test".padEnd(32, " "));

function message(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert.ok(isNearError(error, "invalid_key"), String(error));
    assert.is(error.cause, undefined);
    return error.message;
  }
  throw new Error("expected a refusal");
}

const make = suite("ed25519: ed25519KeyPair");

make("P26: gives the right public key for 64 bytes and for the 32-byte seed", () => {
  assert.is(ed25519KeyPair(SECRET).publicKey, PUBLIC);
  assert.is(ed25519KeyPair(`ed25519:${encodeBase58(SEED)}`).publicKey, PUBLIC);
  assert.is(ed25519KeyPair(encodeBase58(SEED)).publicKey, PUBLIC);
});

make("reveals the form of 64 bytes, the only one that nearcore takes", () => {
  assert.is(ed25519KeyPair(encodeBase58(SEED)).revealSecretKey(), SECRET);
});

make("P26: refuses a public half that belongs to another secret, without echo", () => {
  const pair = new Uint8Array(64).fill(1);
  pair.set(SEED);
  const secret = encodeBase58(pair);
  assert.not.match(
    message(() => ed25519KeyPair(`ed25519:${secret}`)),
    secret.slice(0, 8),
  );
});

make("P26: refuses every other length, without echo", () => {
  for (const length of [0, 1, 31, 33, 63, 65, 96]) {
    const secret = encodeBase58(new Uint8Array(length).fill(9));
    const said = message(() => ed25519KeyPair(secret));
    if (length > 1) assert.not.match(said, secret.slice(0, 8));
  }
});

make("refuses a secret key of another type", () => {
  assert.match(
    message(() => ed25519KeyPair("secp256k1:X4ETFKtQkSGVoZEnkn7bZ3LyajJaK2b3eweXaKmynGx")),
    "expected a secret key of type ed25519, got secp256k1",
  );
});

make.run();

const seeds = suite("ed25519: ed25519KeyPairFromSeed");

seeds("copies the seed", async () => {
  const seed = SEED.slice();
  const keyPair = ed25519KeyPairFromSeed(seed);
  seed.fill(0);
  const hash = new Uint8Array(32);
  const request = { kind: "message", bytes: hash, hash } as const;
  assert.is(await keyPair.sign(request), await ed25519KeyPair(SECRET).sign(request));
});

seeds("refuses another length", () => {
  assert.throws(() => ed25519KeyPairFromSeed(new Uint8Array(31)), RangeError);
});

seeds.run();

const random = suite("ed25519: randomEd25519KeyPair");

random("gives another key each time", () => {
  assert.is.not(randomEd25519KeyPair().publicKey, randomEd25519KeyPair().publicKey);
});

random.run();

const verify = suite("ed25519: verifyEd25519");
const verdicts = dalekVerdicts();

verify(`gives the verdict of ed25519-dalek 2.2 in ${verdicts.length} odd cases`, () => {
  for (const { name, message: signed, publicKey, signature, valid } of verdicts) {
    assert.is(verifyEd25519(signed, signature, publicKey), valid, name);
    assert.is(ed25519.verify(signed, signature, publicKey), valid, name);
  }
});

verify("gives the results of nearcore's own tests of ed25519_verify", async () => {
  const cases = list(await loadVectors("runtime"), "crypto", "ed25519_verify", "cases");
  for (const row of cases) {
    const [signature, signed, key] = ["sig", "msg", "pk"].map((name) => decodeHex(text(row, name)));
    assert.ok(signature && signed && key);
    assert.is(verifyEd25519(signed, signature, key), text(row, "result") === "1");
  }
  assert.is(cases.length, 6);
});

verify("accepts the identity as key and R with s = 0, for any message", () => {
  const identity = withByte(new Uint8Array(32), 0, 1);
  const signature = withByte(new Uint8Array(64), 0, 1);
  assert.ok(verifyEd25519(new Uint8Array(32).fill(5), signature, identity));
});

verify("says false for wrong lengths", () => {
  assert.not(verifyEd25519(SEED, new Uint8Array(63), new Uint8Array(32)));
  assert.not(verifyEd25519(SEED, new Uint8Array(64), new Uint8Array(33)));
});

verify.run();

const cases = suite("ed25519: ed25519Case");

cases("calls invalid only what dalek refuses", () => {
  const invalid = verdicts.filter((v) => ed25519Case(v.signature, v.publicKey) === "invalid");
  assert.ok(invalid.length > 10);
  assert.ok(invalid.every(({ valid }) => !valid));
});

cases("calls ordinary no point of small order and no odd encoding", () => {
  for (const { name, publicKey, signature } of verdicts) {
    if (!/(key|R) (identity|small|non-canonical)/.test(name)) continue;
    assert.is.not(ed25519Case(signature, publicKey), "ordinary", name);
  }
});

cases("calls ordinary what is signed with a random key", async () => {
  assert.is(ed25519Case(decodeHex("58".padEnd(126, "6") + "00"), SEED), "ordinary");
});

cases.run();
