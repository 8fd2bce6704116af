import { decodeBase58, encodeBase58, isNearError } from "@yoctonear/base";
import { parseKeyPair, parsePublicKey, parseSignature, verifySignature } from "@yoctonear/keys";
import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import {
  mlDsa65,
  mlDsa65Handle,
  mlDsa65KeyPair,
  mlDsa65KeyPairFromSeed,
  randomMlDsa65KeyPair,
} from "@yoctonear/ml-dsa";
import {
  attachSignature,
  createTransaction,
  decodeSignedTransaction,
  encodeSignedTransaction,
  signingRequest,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const SEED = new Uint8Array(32).fill(1);
const hash = new Uint8Array(32).fill(7);
const request = { kind: "message", bytes: new Uint8Array(), hash } as const;
const keyPair = mlDsa65KeyPairFromSeed(SEED);

const secretBytes = (secret: string): Uint8Array<ArrayBuffer> =>
  decodeBase58(secret.split(":")[1] ?? "");
const secretText = (bytes: Uint8Array): string => `ml-dsa-65:${encodeBase58(bytes)}`;

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert.ok(isNearError(error, "invalid_key"), String(error));
    assert.is(error.cause, undefined);
    return error.message;
  }
  throw new Error("expected a refusal");
}

const make = suite("ml-dsa: mlDsa65KeyPair");

make("P26: takes the expanded key of nearcore and the seed of near-kit, and reveals both", () => {
  const seedText = secretText(SEED);
  const ofSeed = mlDsa65KeyPair(seedText);
  assert.is(ofSeed.publicKey, keyPair.publicKey);
  assert.is(ofSeed.revealSeed(), seedText);
  assert.is(secretBytes(ofSeed.revealSecretKey()).length, 4032);
  const ofExpanded = mlDsa65KeyPair(ofSeed.revealSecretKey());
  assert.is(ofExpanded.publicKey, keyPair.publicKey);
  assert.is(ofExpanded.revealSecretKey(), ofSeed.revealSecretKey());
  assert.is(ofExpanded.revealSeed(), null);
});

make("P26: refuses an expanded key whose public half is another's, and one that is none", () => {
  const bytes = secretBytes(keyPair.revealSecretKey());
  // ρ, the hash of the public key, s1
  for (const index of [0, 64, 127, 128, 767]) {
    const wrong = bytes.slice();
    wrong[index] = (wrong[index] ?? 0) ^ 1;
    const message = refusal(() => mlDsa65KeyPair(secretText(wrong)));
    assert.match(message, "expected");
    assert.not.match(message, secretText(wrong).slice(10, 20));
  }
  assert.match(
    refusal(() => mlDsa65KeyPair(secretText(bytes.fill(0xff)))),
    "expanded secret key",
  );
});

make("P26: refuses every other length, other types and public keys", () => {
  for (const length of [0, 31, 33, 64, 1952, 4031, 4033]) {
    refusal(() => mlDsa65KeyPair(secretText(new Uint8Array(length).fill(9))));
  }
  refusal(() => mlDsa65KeyPair(randomEd25519KeyPair().revealSecretKey()));
  assert.match(
    refusal(() => mlDsa65KeyPair(keyPair.publicKey)),
    "looks like a public key",
  );
  assert.throws(() => mlDsa65KeyPairFromSeed(new Uint8Array(31)), RangeError);
});

make("copies the seed that it is given", async () => {
  const seed = SEED.slice();
  const made = mlDsa65KeyPairFromSeed(seed);
  seed.fill(0);
  assert.is(made.revealSeed(), secretText(SEED));
});

make("P24: shows its public key and nothing secret wherever it is printed", () => {
  const inspected = ["nodejs.util.inspect.custom", "Deno.customInspect"].map((name) => {
    const inspect: unknown = Reflect.get(keyPair, Symbol.for(name));
    assert.type(inspect, "function");
    return typeof inspect === "function" ? String(Reflect.apply(inspect, keyPair, [])) : "";
  });
  const texts = [String(keyPair), JSON.stringify({ keyPair }), ...inspected];
  for (const text of texts) {
    assert.match(text, keyPair.publicKey.slice(0, 40));
    assert.not.match(text, String(keyPair.revealSeed()).slice(10));
    // The long form starts with ρ, as the public key does.
    assert.not.match(text, keyPair.revealSecretKey().slice(-40));
  }
  assert.throws(() => structuredClone(keyPair));
});

make.run();

const sign = suite("ml-dsa: sign");

sign("takes random numbers into each signature unless told, and every one is valid", async () => {
  const { publicKey } = keyPair;
  const [one, two] = [await keyPair.sign(request), await keyPair.sign(request)];
  assert.is.not(one, two);
  const steady = mlDsa65KeyPairFromSeed(SEED, { deterministic: true });
  assert.is(await steady.sign(request), await steady.sign(request));
  for (const signature of [one, two, await steady.sign(request)]) {
    assert.ok(await verifySignature({ hash, signature, publicKey }, [ed25519, mlDsa65]));
  }
});

sign("signs hashes only", async () => {
  const bytes = new Uint8Array(31);
  try {
    await keyPair.sign({ ...request, hash: bytes });
    assert.unreachable();
  } catch (error) {
    assert.instance(error, TypeError);
  }
});

sign("signs transactions, which come through borsh", async () => {
  const transaction = createTransaction({
    signerId: "alice.near",
    publicKey: keyPair.publicKey,
    nonce: 1n,
    receiverId: "bob.near",
    blockHash: "11111111111111111111111111111111",
    actions: [transfer("1 NEAR")],
  });
  const signed = attachSignature(transaction, await keyPair.sign(signingRequest(transaction)));
  const decoded = decodeSignedTransaction(encodeSignedTransaction(signed));
  assert.equal(decoded, signed);
  const { signature } = decoded;
  const { publicKey } = decoded.transaction;
  const signedHash = signingRequest(decoded.transaction).hash;
  assert.ok(await verifySignature({ hash: signedHash, signature, publicKey }, [mlDsa65]));
});

sign.run();

const scheme = suite("ml-dsa: mlDsa65");

scheme("is told from the other schemes by the text of keys and secrets", async () => {
  const schemes = [ed25519, mlDsa65];
  assert.is(parseKeyPair(secretText(SEED), schemes).publicKey, keyPair.publicKey);
  const other = randomEd25519KeyPair();
  const signature = await other.sign(request);
  const { publicKey } = keyPair;
  assert.not(await verifySignature({ hash, signature, publicKey }, schemes));
  refusal(() => parseKeyPair(secretText(SEED), [ed25519]));
  try {
    await verifySignature({ hash, signature: await keyPair.sign(request), publicKey }, [ed25519]);
    assert.unreachable();
  } catch (error) {
    assert.ok(isNearError(error, "invalid_key"));
  }
});

scheme("knows handles of its own keys only, and takes none for a key", () => {
  const handle = mlDsa65Handle(keyPair.publicKey);
  refusal(() => mlDsa65Handle(randomEd25519KeyPair().publicKey));
  refusal(() => mlDsa65Handle(handle));
  refusal(() => parsePublicKey(handle));
});

scheme("makes keys that are all different", async () => {
  const [one, two] = [randomMlDsa65KeyPair(), randomMlDsa65KeyPair()];
  assert.is.not(one.publicKey, two.publicKey);
  assert.is(parseSignature(await one.sign(request)).bytes.length, 3309);
});

scheme.run();
