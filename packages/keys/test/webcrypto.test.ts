import { encodeBase58, isNearError } from "@yoctonear/base";
import { type Scheme, type Signer, verifySignature } from "@yoctonear/keys";
import { ed25519, ed25519KeyPair, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import {
  generateWebCryptoSigner,
  hasEd25519,
  webCryptoEd25519,
  webCryptoSigner,
  webCryptoSignerFrom,
} from "@yoctonear/keys/webcrypto";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { dalekVerdicts } from "./dalek-verdicts.ts";
import { withByte } from "./samples.ts";

const SECRET =
  "ed25519:3KyUuch8pYP47krBq4DosFEVBMR5wDTMQ8AThzM8kAEcBQEpsPdYTZ2FPX5ZnSoLrerjwg66hwwJaW1wHzprd5k3";
const SEED = new TextEncoder().encode("test".padEnd(32, " "));
const hash = new Uint8Array(32).fill(3);
const request = { kind: "transaction", bytes: new Uint8Array(), hash } as const;

async function failure(run: () => Promise<unknown>): Promise<Error> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("expected a failure");
}

async function signs(signer: Signer): Promise<boolean> {
  const signature = await signer.sign(request);
  return verifySignature({ hash, signature, publicKey: signer.publicKey }, [ed25519]);
}

/** Runs without Ed25519 in WebCrypto, as old browsers do. */
async function without<T>(run: () => Promise<T>): Promise<T> {
  const subtle = crypto.subtle;
  const refuse = async (): Promise<never> => {
    throw new DOMException("Unrecognized name.", "NotSupportedError");
  };
  Object.defineProperty(crypto, "subtle", {
    configurable: true,
    value: { importKey: refuse, generateKey: refuse },
  });
  try {
    return await run();
  } finally {
    Object.defineProperty(crypto, "subtle", { configurable: true, value: subtle });
  }
}

const signer = suite("webcrypto: webCryptoSigner");

signer("signs as noble does, from 64 bytes and from the seed", async () => {
  const noble = ed25519KeyPair(SECRET);
  for (const secret of [SECRET, `ed25519:${encodeBase58(SEED)}`]) {
    const web = await webCryptoSigner(secret);
    assert.is(web.publicKey, noble.publicKey);
    assert.is(await web.sign(request), await noble.sign(request));
  }
});

signer("P24: holds nothing but a public key and a function", async () => {
  const web = await webCryptoSigner(SECRET);
  assert.equal(Object.keys(web), ["publicKey", "sign"]);
  assert.not.match(JSON.stringify(web), SECRET.slice(10, 20));
});

signer("P26: refuses a public half of another secret, without echo", async () => {
  const pair = new Uint8Array(64).fill(1);
  pair.set(SEED);
  const secret = encodeBase58(pair);
  const error = await failure(() => webCryptoSigner(secret));
  assert.ok(isNearError(error, "invalid_key"));
  assert.not.match(error.message, secret.slice(0, 8));
});

signer("refuses secret keys of other types and lengths", async () => {
  for (const secret of [
    "secp256k1:X4ETFKtQkSGVoZEnkn7bZ3LyajJaK2b3eweXaKmynGx",
    encodeBase58(SEED.subarray(1)),
  ]) {
    assert.ok(isNearError(await failure(() => webCryptoSigner(secret)), "invalid_key"));
  }
});

signer("refuses to sign what is not a hash of 32 bytes", async () => {
  const web = await webCryptoSigner(SECRET);
  const error = await failure(() => web.sign({ ...request, hash: new Uint8Array(33) }));
  assert.instance(error, TypeError);
});

signer("says so where the runtime has no Ed25519", async () => {
  const error = await without(() => failure(() => webCryptoSigner(SECRET)));
  assert.ok(isNearError(error, "unsupported"));
  assert.match(error.message, "use @yoctonear/keys/ed25519");
  assert.not.match(error.message, SECRET.slice(10, 20));
});

signer.run();

const generated = suite("webcrypto: generateWebCryptoSigner");

generated("makes a new signer each time", async () => {
  const [one, two] = [await generateWebCryptoSigner(), await generateWebCryptoSigner()];
  assert.is.not(one.publicKey, two.publicKey);
  assert.ok(await signs(one));
});

generated("says so where the runtime has no Ed25519", async () => {
  const error = await without(() => failure(generateWebCryptoSigner));
  assert.ok(isNearError(error, "unsupported"));
});

generated.run();

function pairOf(name: "Ed25519" | "ECDSA"): Promise<CryptoKeyPair> {
  const algorithm = { name, namedCurve: "P-256" };
  return crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
}

const from = suite("webcrypto: webCryptoSignerFrom");

from("takes keys that nobody can export", async () => {
  const keys = await pairOf("Ed25519");
  assert.not(keys.privateKey.extractable);
  assert.ok(await signs(await webCryptoSignerFrom(keys)));
});

from("refuses keys of another algorithm and keys of two pairs", async () => {
  const [one, two] = await Promise.all([pairOf("Ed25519"), pairOf("Ed25519")]);
  const other = await pairOf("ECDSA");
  for (const pair of [
    other,
    { privateKey: one.privateKey, publicKey: other.publicKey },
    { privateKey: one.privateKey, publicKey: two.publicKey },
  ]) {
    assert.instance(await failure(() => webCryptoSignerFrom(pair)), TypeError);
  }
});

from("refuses keys that may not sign", async () => {
  const { publicKey } = await pairOf("Ed25519");
  await failure(() => webCryptoSignerFrom({ privateKey: publicKey, publicKey }));
});

from.run();

const has = suite("webcrypto: hasEd25519");

has("is true on every runtime that the tests run on", async () => {
  assert.ok(await hasEd25519());
});

has("is false where the runtime has none", async () => {
  assert.not(await without(hasEd25519));
});

has.run();

const scheme = suite("webcrypto: webCryptoEd25519");
const verdicts = dalekVerdicts();

scheme(`gives the verdict of ed25519-dalek 2.2 in ${verdicts.length} odd cases`, async () => {
  const fast = webCryptoEd25519(ed25519);
  for (const { name, message, publicKey, signature, valid } of verdicts) {
    assert.is(await fast.verify(message, signature, publicKey), valid, name);
  }
});

scheme("does not ask the fallback about ordinary signatures", async () => {
  const keyPair = randomEd25519KeyPair();
  const { publicKey } = keyPair;
  const deaf: Scheme = {
    ...ed25519,
    verify: () => {
      throw new Error("asked");
    },
  };
  const signature = await keyPair.sign(request);
  const schemes = [webCryptoEd25519(deaf)];
  assert.ok(await verifySignature({ hash, signature, publicKey }, schemes));
  const wrong = withByte(hash, 0, 4);
  assert.not(await verifySignature({ hash: wrong, signature, publicKey }, schemes));
});

scheme("asks the fallback where the runtime has no Ed25519", async () => {
  const keyPair = randomEd25519KeyPair();
  const { publicKey } = keyPair;
  const signature = await keyPair.sign(request);
  const schemes = [webCryptoEd25519(ed25519)];
  assert.ok(await without(() => verifySignature({ hash, signature, publicKey }, schemes)));
});

scheme("makes the key pairs of the fallback", () => {
  const keyPair = webCryptoEd25519(ed25519).keyPair(SECRET);
  assert.is(keyPair.publicKey, ed25519KeyPair(SECRET).publicKey);
});

scheme.run();
