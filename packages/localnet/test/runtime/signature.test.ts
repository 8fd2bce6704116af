import { encodeBase58 } from "@yoctonear/base";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair } from "@yoctonear/keys/secp256k1";
import { randomMlDsa65KeyPair } from "@yoctonear/ml-dsa";
import {
  type Action,
  type DelegateAction,
  type DelegateActionV2,
  signDelegateAction,
  signTransaction,
} from "@yoctonear/transactions";
import {
  delegateVerdictKey,
  isDelegateSigned,
  verifySignatures,
} from "#localnet/runtime/signature";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { transactionOf } from "./world.ts";

const test = suite("runtime: signatures");

const transfer: Action = { type: "transfer", deposit: 1n };

const delegateAction = (publicKey: string): DelegateAction => ({
  senderId: "bob.near",
  receiverId: "carol.near",
  actions: [{ type: "transfer", deposit: 1n }],
  nonce: 1n,
  maxBlockHeight: 100n,
  publicKey,
});

for (const pair of [randomEd25519KeyPair, randomSecp256k1KeyPair, randomMlDsa65KeyPair]) {
  test(`what ${pair.name} signs is signed, and nothing else`, async () => {
    const signer = pair();
    const transaction = transactionOf("alice.near", "bob.near", [transfer], 1n, signer.publicKey);
    const signed = await signTransaction(transaction, signer);
    assert.is(await verifySignatures(signed), true);
    const changed = { ...transaction, receiverId: "carol.near" };
    assert.is(await verifySignatures({ ...signed, transaction: changed }), false);
    const stranger = { ...transaction, publicKey: pair().publicKey };
    assert.is(await verifySignatures({ ...signed, transaction: stranger }), false);
  });
}

test("a key pair of another type has not signed", async () => {
  const [one, two] = [randomEd25519KeyPair(), randomSecp256k1KeyPair()];
  const transaction = transactionOf("alice.near", "bob.near", [transfer], 1n, one.publicKey);
  const signed = await signTransaction({ ...transaction, publicKey: two.publicKey }, two);
  assert.is(await verifySignatures({ transaction, signature: signed.signature }), false);
});

test("an ML-DSA-65 key that is none has signed nothing", async () => {
  const publicKey = `ml-dsa-65:${encodeBase58(new Uint8Array(1952))}`;
  const signature = `ml-dsa-65:${encodeBase58(new Uint8Array(3309))}`;
  const transaction = transactionOf("alice.near", "bob.near", [transfer], 1n, publicKey);
  assert.is(await verifySignatures({ transaction, signature }), false);
});

test("signatures inside are found beforehand or on the spot, with one verdict", async () => {
  for (const pair of [randomEd25519KeyPair(), randomSecp256k1KeyPair(), randomMlDsa65KeyPair()]) {
    const v1 = await signDelegateAction(delegateAction(pair.publicKey), pair);
    const v2Action: DelegateActionV2 = {
      ...delegateAction(pair.publicKey),
      type: "v2",
      nonce: { type: "gasKeyNonce", nonce: 1n, nonceIndex: 0 },
    };
    const v2 = await signDelegateAction(v2Action, pair);
    const forged = { ...v1, signature: v2.signature };
    const signer = randomEd25519KeyPair();
    const verdicts = new Map<string, boolean>();
    for (const action of [v1, v2]) {
      const transaction = transactionOf("alice.near", "bob.near", [action], 1n, signer.publicKey);
      await verifySignatures(await signTransaction(transaction, signer), verdicts);
      assert.is(verdicts.get(delegateVerdictKey(action)), true);
      assert.is(isDelegateSigned(action, verdicts), true);
      assert.is(isDelegateSigned(action, undefined), true);
    }
    if (forged.type === "delegate") assert.is(isDelegateSigned(forged, verdicts), false);
  }
});

test.run();
