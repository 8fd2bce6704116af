import { encodeBase58, isNearError } from "@yoctonear/base";
import { type Signer, type SigningRequest, verifySignature } from "@yoctonear/keys";
import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair, secp256k1 } from "@yoctonear/keys/secp256k1";
import { formatHash, sha256 } from "@yoctonear/primitives";
import {
  attachSignature,
  createDelegateAction,
  createTransaction,
  decodeSignedTransaction,
  delegateActionHash,
  delegateActionRequest,
  encodeSignedTransaction,
  encodeTransaction,
  signDelegateAction,
  signedDelegate,
  signingRequest,
  signTransaction,
  type Transaction,
  transactionHash,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loose } from "./loose.ts";

const schemes = [ed25519, secp256k1];

const signing = suite("signing: transactions");

signing("a key pair of each type signs what its scheme verifies, in both versions", async () => {
  for (const keyPair of [randomEd25519KeyPair(), randomSecp256k1KeyPair()]) {
    for (const nonceMode of [undefined, "strict"] as const) {
      const transaction = transactionOf(keyPair.publicKey, nonceMode);
      const signed = await signTransaction(transaction, keyPair);
      const { hash, bytes, kind } = signingRequest(transaction);
      assert.is(kind, "transaction");
      assert.equal(bytes, encodeTransaction(transaction));
      assert.equal(hash, sha256(bytes));
      assert.is(transactionHash(transaction), formatHash(hash));
      const request = { hash, signature: signed.signature, publicKey: keyPair.publicKey };
      assert.ok(await verifySignature(request, schemes));
      assert.equal(decodeSignedTransaction(encodeSignedTransaction(signed)), signed);
    }
  }
});

signing("by hand: a request, a signature made elsewhere, the same signed transaction", async () => {
  const keyPair = randomEd25519KeyPair();
  const transaction = transactionOf(keyPair.publicKey);
  const signature = await keyPair.sign(signingRequest(transaction));
  const signed = attachSignature(transaction, signature);
  assert.equal(signed, await signTransaction(transaction, keyPair));
  assert.is(signed.transaction, transaction);
});

signing("P29: a signer without a secret is asked with bytes and hash, once", async () => {
  const keyPair = randomEd25519KeyPair();
  const requests: SigningRequest[] = [];
  const signer: Signer = {
    publicKey: keyPair.publicKey,
    sign: async (request) => {
      requests.push(request);
      return keyPair.sign(request);
    },
  };
  const transaction = transactionOf(keyPair.publicKey);
  const signed = await signTransaction(transaction, signer);
  assert.is(requests.length, 1);
  assert.equal(requests[0], signingRequest(transaction));
  assert.ok(encodeSignedTransaction(signed).length > 0);
});

signing("refuses a signer of another key, and shows nothing of it", async () => {
  const keyPair = randomEd25519KeyPair();
  const secret = keyPair.revealSecretKey();
  const transaction = transactionOf(randomEd25519KeyPair().publicKey);
  const error = await rejection(signTransaction(transaction, keyPair));
  assert.instance(error, TypeError);
  // A signer made by hand that holds the secret where the public key belongs.
  const wrong: Signer = { publicKey: secret, sign: (request) => keyPair.sign(request) };
  const leak = await rejection(signTransaction(transaction, wrong));
  assert.ok(isNearError(leak, "invalid_key"));
  assert.not(String(leak).includes(secret.slice(8, 24)));
});

signing("takes a signer's key in any of its forms", async () => {
  const keyPair = randomEd25519KeyPair();
  const bare: Signer = {
    publicKey: keyPair.publicKey.slice("ed25519:".length),
    sign: (request) => keyPair.sign(request),
  };
  await signTransaction(transactionOf(keyPair.publicKey), bare);
});

signing("refuses a signature of another type, and text that is none", () => {
  const transaction = transactionOf(randomEd25519KeyPair().publicKey);
  const secp = `secp256k1:${encodeBase58(new Uint8Array(65).fill(1))}`;
  assert.throws(() => attachSignature(transaction, secp), /of type ed25519, got one of type secp/);
  for (const bad of ["", "ed25519:", "ed25519:abc", transaction.publicKey]) {
    assert.throws(
      () => attachSignature(transaction, bad),
      (error: unknown) => isNearError(error, "invalid_signature"),
    );
  }
});

signing("a signer's failure comes through as it is", async () => {
  const { publicKey } = randomEd25519KeyPair();
  const failure = new Error("the person said no");
  const signer: Signer = { publicKey, sign: () => Promise.reject(failure) };
  assert.is(await rejection(signTransaction(transactionOf(publicKey), signer)), failure);
});

signing("P23: a secret key given as its own signature is refused and not shown", () => {
  // 64 bytes, as a signature has; the nodes would publish it.
  const keyPair = randomEd25519KeyPair();
  const secret = keyPair.revealSecretKey();
  const delegateAction = createDelegateAction({
    senderId: "alice.near",
    publicKey: keyPair.publicKey,
    nonce: 1n,
    receiverId: "bob.near",
    actions: [transfer("1 NEAR")],
    maxBlockHeight: 1_000n,
  });
  for (const step of [
    () => attachSignature(transactionOf(keyPair.publicKey), secret),
    () => signedDelegate(delegateAction, secret),
  ]) {
    assert.throws(
      step,
      (error: unknown) =>
        isNearError(error, "invalid_signature") && !error.message.includes(secret.slice(10, 20)),
    );
  }
});

signing("P24: what is no transaction or delegate action is refused and not shown", () => {
  const secret = randomEd25519KeyPair().revealSecretKey();
  for (const step of [signingRequest, transactionHash, delegateActionRequest, delegateActionHash]) {
    for (const given of [secret, undefined, null, 1, {}]) {
      assert.throws(
        () => step(loose(given)),
        (error: unknown) => isNearError(error) && !error.message.includes(secret.slice(10, 20)),
      );
    }
  }
});

signing.run();

const delegates = suite("signing: delegate actions");

delegates("V1 and V2 are signed over different hashes, none of them a transaction's", async () => {
  const keyPair = randomEd25519KeyPair();
  const parts = {
    senderId: "alice.near",
    publicKey: keyPair.publicKey,
    nonce: 1n,
    receiverId: "bob.near",
    actions: [transfer("1 NEAR")],
    maxBlockHeight: 100n,
  };
  const hashes = new Set<string>();
  for (const nonceIndex of [undefined, 0]) {
    const delegateAction = createDelegateAction({ ...parts, nonceIndex });
    const action = await signDelegateAction(delegateAction, keyPair);
    assert.is(action.type, nonceIndex === undefined ? "delegate" : "delegateV2");
    assert.equal(action, signedDelegate(delegateAction, action.signature));
    const { hash, kind } = delegateActionRequest(delegateAction);
    assert.is(kind, "delegate_action");
    assert.is(delegateActionHash(delegateAction), formatHash(hash));
    hashes.add(formatHash(hash));
    const request = { hash, signature: action.signature, publicKey: keyPair.publicKey };
    assert.ok(await verifySignature(request, schemes));
    const transaction = createTransaction({
      signerId: "relayer.near",
      publicKey: randomEd25519KeyPair().publicKey,
      nonce: 1n,
      receiverId: "alice.near",
      blockHash: encodeBase58(new Uint8Array(32)),
      actions: [action],
    });
    const signed = { transaction, signature: action.signature };
    assert.equal(decodeSignedTransaction(encodeSignedTransaction(signed)), signed);
  }
  assert.is(hashes.size, 2);
});

delegates("a delegate inside a delegate is refused", () => {
  const { publicKey } = randomEd25519KeyPair();
  const parts = {
    senderId: "alice.near",
    publicKey,
    nonce: 1n,
    receiverId: "bob.near",
    maxBlockHeight: 100n,
  };
  for (const nonceIndex of [undefined, 0]) {
    const inner = createDelegateAction({ ...parts, actions: [], nonceIndex });
    const action = signedDelegate(inner, `ed25519:${encodeBase58(new Uint8Array(64))}`);
    assert.throws(
      // @ts-expect-error: the types refuse it as well
      () => createDelegateAction({ ...parts, actions: [action] }),
      (error: unknown) => isNearError(error, "invalid_tag"),
    );
  }
});

delegates.run();

function transactionOf(publicKey: string, nonceMode?: "strict"): Transaction {
  return createTransaction({
    signerId: "alice.near",
    publicKey,
    nonce: 1n,
    receiverId: "bob.near",
    blockHash: encodeBase58(new Uint8Array(32)),
    actions: [transfer("1 NEAR")],
    nonceMode,
  });
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return undefined;
}
