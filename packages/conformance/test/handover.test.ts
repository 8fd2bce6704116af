import { type Node, openNode } from "@yoctonear/conformance";
import {
  Account,
  actions,
  JsonRpcProvider,
  KeyPair,
  KeyPairSigner,
  SignedTransaction,
  Transaction,
} from "near-api-js";
import { MlDsa65KeyPair, Near as Kit, parseKey } from "near-kit";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { addKey, connect, fullAccess, type Near, parseNear, transfer } from "yoctonear";
import {
  attachSignature,
  decodeSignedTransaction,
  decodeTransaction,
  encodeSignedTransaction,
  encodeTransaction,
  signingRequest,
  signTransaction,
  transactionHash,
} from "yoctonear/transactions";

interface Context {
  node: Node;
  near: Near;
  provider: JsonRpcProvider;
  open(accountId: string): Promise<`ed25519:${string}`>;
}

const test = suite<Context>("hand-over: prepared, signed and sent by different clients");

test.before(async (context) => {
  const node = await openNode();
  context.node = node;
  context.near = connect({ url: node.url });
  context.provider = new JsonRpcProvider({ url: node.url });
  context.open = node.account;
});
test.after(({ node }) => node.close());

test("we prepare, near-api-js signs and sends", async ({ near, node, open, provider }) => {
  const secret = await open("a.near");
  const ours = near.account("a.near", node.chain.signer("a.near"));
  const transaction = await ours.prepare("near", [transfer("1 NEAR")]);
  const signer = KeyPairSigner.fromSecretKey(secret);
  const theirs = await signer.signTransaction(Transaction.decode(encodeTransaction(transaction)));
  const sent = await provider.sendTransaction(theirs.signedTransaction);
  assert.is(sent.final_execution_status, "EXECUTED_OPTIMISTIC");
  const { hash } = await near.status(transactionHash(transaction), "a.near");
  assert.is(hash, transactionHash(transaction));
});

test("near-api-js prepares, we sign, near-kit sends", async ({ node, open, provider }) => {
  await open("b.near");
  const signer = node.chain.signer("b.near");
  const account = new Account("b.near", provider);
  const prepared = await account.createTransaction({
    receiverId: "near",
    actions: [actions.transfer(parseNear("1 NEAR"))],
    publicKey: signer.publicKey,
  });
  const signed = await signTransaction(decodeTransaction(prepared.encode()), signer);
  const kit = new Kit({ network: { rpcUrl: node.url, networkId: "localnet" } });
  const sent = await kit.rpc.sendTransaction(encodeSignedTransaction(signed), "FINAL");
  assert.is(sent.transaction.hash, transactionHash(signed.transaction));
});

test("near-kit prepares and signs, we and near-api-js send the same", async ({
  near,
  node,
  open,
  provider,
}) => {
  const secret = await open("c.near");
  const kit = new Kit({
    network: { rpcUrl: node.url, networkId: "localnet" },
    keyStore: { "c.near": secret },
  });
  const builder = await kit.transaction("c.near").transfer("near", "1 NEAR").sign();
  const bytes = builder.serialize();
  const { hash } = await near.send(decodeSignedTransaction(bytes));
  assert.is(hash, builder.getHash());
  const again = await provider.sendTransaction(SignedTransaction.decode(bytes));
  assert.is(again.transaction.hash, hash);
  const total = (await near.account("c.near").balance()).total;
  assert.ok(total > parseNear("8.99 NEAR"));
});

test("near-api-js and near-kit sign the hash that we give", async ({ near, node, open }) => {
  const secret = await open("d.near");
  const ours = near.account("d.near", node.chain.signer("d.near"));
  for (const sign of [
    (hash: Uint8Array) => KeyPair.fromString(secret).sign(hash).signature,
    (hash: Uint8Array) => parseKey(secret).sign(hash).data,
  ]) {
    const transaction = await ours.prepare("near", [transfer("1 NEAR")]);
    const request = signingRequest(transaction);
    const expected = await node.chain.signer("d.near").sign(request);
    const signed = attachSignature(transaction, expected);
    const bytes = encodeSignedTransaction(signed);
    assert.equal(Array.from(sign(request.hash)), Array.from(bytes.subarray(-64)));
    await near.send(signed);
  }
});

test("an ML-DSA-65 key of theirs is added and shown by its hash", async ({ near, node, open }) => {
  await open("pq.near");
  const ours = near.account("pq.near", node.chain.signer("pq.near"));
  const pair = MlDsa65KeyPair.fromRandom();
  await ours.send("pq.near", [addKey(pair.publicKey.toString(), fullAccess())]);
  const kit = new Kit({ network: { rpcUrl: node.url, networkId: "localnet" } });
  const { keys } = await kit.getAccessKeys("pq.near");
  assert.is(keys.filter(({ public_key }) => public_key.startsWith("ml-dsa-65-hash:")).length, 1);
  const found = await kit.getAccessKey("pq.near", pair.publicKey.toString());
  assert.is(found?.permission, "FullAccess");
});

test("P4, theirs: two near-api-js accounts of one key sign the same transaction", async ({
  near,
  node,
  open,
  provider,
}) => {
  const secret = await open("e.near");
  await open("target.near");
  const pay = { receiverId: "target.near", actions: [actions.transfer(parseNear("1 NEAR"))] };
  const accounts = [1, 2].map(() => new Account("e.near", provider, secret));
  const signed = await Promise.all(accounts.map((account) => account.createSignedTransaction(pay)));
  for (const each of signed) await provider.sendTransaction(each);
  // Both were told of success; the money went once.
  assert.is((await near.account("target.near").balance()).total, parseNear("11 NEAR"));
  const ours = [1, 2].map(() => near.account("e.near", node.chain.signer("e.near")));
  await Promise.all(ours.map((account) => account.transfer("target.near", "1 NEAR")));
  assert.is((await near.account("target.near").balance()).total, parseNear("13 NEAR"));
});

test.run();
