import { createLocalnet } from "@yoctonear/localnet";
import { parseKeyPair, verifySignature } from "@yoctonear/keys";
import { ed25519 } from "@yoctonear/keys/ed25519";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { DEFAULT_KEYS, testKeyPair, testPublicKey } from "#localnet/test-keys";

const HASH = new Uint8Array(32).fill(7);
const REQUEST = { kind: "message", bytes: HASH, hash: HASH } as const;

const testSigner = suite("chain.signer: keys that follow from the id");

testSigner("are nearcore's test keys: seed and public key belong together", async () => {
  for (const [accountId, publicKey] of Object.entries(DEFAULT_KEYS)) {
    const keyPair = testKeyPair(accountId);
    assert.is(keyPair.publicKey, publicKey);
    assert.is(parseKeyPair(keyPair.revealSecretKey(), [ed25519]).publicKey, publicKey);
  }
});

testSigner("are the same however they are derived, and sign the same bytes", async () => {
  const accountId = "an.account.whose.id.is.longer.than.32.bytes.near";
  const asked = await testPublicKey(accountId);
  const keyPair = testKeyPair(accountId);
  assert.is(keyPair.publicKey, asked);
  const signature = await keyPair.sign(REQUEST);
  const plain = parseKeyPair(keyPair.revealSecretKey(), [ed25519]);
  assert.is(plain.publicKey, asked);
  assert.is(signature, await plain.sign(REQUEST));
  const publicKey = asked;
  assert.ok(await verifySignature({ hash: HASH, signature, publicKey }, [ed25519]));
});

testSigner(
  "show no secret, refuse what is no hash, and are the same object each time",
  async () => {
    const chain = await createLocalnet({ accounts: { "alice.near": "1 NEAR" } });
    const signer = chain.signer("alice.near");
    assert.is(signer, chain.signer("alice.near"));
    assert.is(JSON.stringify(signer), JSON.stringify({ publicKey: signer.publicKey }));
    assert.is(String(signer), signer.publicKey);
    const refusal = await signer
      .sign({ ...REQUEST, hash: new Uint8Array(31) })
      .catch((error: unknown) => error);
    assert.instance(refusal, TypeError);
  },
);

testSigner.run();
