import { isNearError } from "@yoctonear/base";
import { formatPublicKey, formatSignature, parseKeyPair, verifySignature } from "@yoctonear/keys";
import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair, secp256k1 } from "@yoctonear/keys/secp256k1";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withByte } from "./samples.ts";

const hash = new Uint8Array(32).fill(9);
const request = { kind: "message", bytes: new Uint8Array(), hash } as const;
const refused = (code: string) => (error: unknown) => isNearError(error, code);

async function failure(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error("expected a failure");
}

const verify = suite("scheme: verifySignature");

verify("takes the scheme of the public key", async () => {
  for (const keyPair of [randomEd25519KeyPair(), randomSecp256k1KeyPair()]) {
    const { publicKey } = keyPair;
    const signature = await keyPair.sign(request);
    assert.ok(await verifySignature({ hash, signature, publicKey }, [ed25519, secp256k1]));
    const other = { hash: withByte(hash, 0, 1), signature, publicKey };
    assert.not(await verifySignature(other, [ed25519, secp256k1]));
  }
});

verify("says false for a signature of another type than the key", async () => {
  const { publicKey } = randomEd25519KeyPair();
  const signature = await randomSecp256k1KeyPair().sign(request);
  assert.not(await verifySignature({ hash, signature, publicKey }, [ed25519, secp256k1]));
});

verify("refuses a type that is not listed and says which are", async () => {
  const publicKey = formatPublicKey({ type: "ml-dsa-65", bytes: new Uint8Array(1952) });
  const signature = formatSignature({ type: "ml-dsa-65", bytes: new Uint8Array(3309) });
  const error = await failure(() => verifySignature({ hash, signature, publicKey }, [ed25519]));
  assert.ok(isNearError(error, "invalid_key"));
  assert.match(error.message, "expected a key of type ed25519, got one of type ml-dsa-65");
});

verify("refuses malformed text", async () => {
  const { publicKey } = randomEd25519KeyPair();
  const error = await failure(() =>
    verifySignature({ hash, signature: "nonsense", publicKey }, [ed25519]),
  );
  assert.ok(refused("invalid_signature")(error));
});

verify.run();

const parse = suite("scheme: parseKeyPair");

parse("makes the key pair by the type of the secret key", () => {
  for (const keyPair of [randomEd25519KeyPair(), randomSecp256k1KeyPair()]) {
    const again = parseKeyPair(keyPair.revealSecretKey(), [ed25519, secp256k1]);
    assert.is(again.publicKey, keyPair.publicKey);
  }
});

parse("refuses a type that is not listed", () => {
  const secret = randomSecp256k1KeyPair().revealSecretKey();
  assert.throws(() => parseKeyPair(secret, [ed25519]), refused("invalid_key"));
  assert.throws(() => parseKeyPair(secret, []), /no type at all/);
});

parse.run();
