import { failure, type Node, openNode } from "@yoctonear/conformance";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  addKey,
  connect,
  createAccount,
  fullAccess,
  functionCallAccess,
  gasKeyFullAccess,
  keyPool,
  type Near,
  parseNear,
  randomEd25519KeyPair,
  type SigningAccount,
  TransactionError,
  transfer,
} from "yoctonear";
import {
  block,
  chunk,
  experimentalProtocolConfig,
  experimentalReceipt,
  gasPrice,
  genesisConfig,
  health,
  isRpcError,
  RpcError,
  status,
  validators,
  viewGasKeyNonces,
} from "yoctonear/rpc";
import { randomSecp256k1KeyPair } from "yoctonear/secp256k1";
import { attachSignature, signingRequest } from "yoctonear/transactions";

interface Context {
  node: Node;
  near: Near;
  open(accountId: string): Promise<SigningAccount>;
}

const test = suite<Context>("yoctonear over HTTP");

test.before(async (context) => {
  const node = await openNode();
  const near = connect({ url: node.url });
  context.node = node;
  context.near = near;
  context.open = async (accountId) => {
    await node.account(accountId);
    return near.account(accountId, node.chain.signer(accountId));
  };
});
test.after(({ node }) => node.close());

const totalOf = async (near: Near, accountId: string) =>
  (await near.account(accountId).balance()).total;

test("views an account, its balance, keys and state", async ({ near, open }) => {
  const account = await open("viewed.near");
  assert.equal(await account.balance(), {
    total: parseNear("10 NEAR"),
    available: parseNear("10 NEAR"),
    staked: 0n,
    lockedForStorage: 0n,
  });
  assert.is((await account.state()).storage_usage, 182n);
  assert.equal(
    (await account.keys()).map(({ public_key }) => public_key),
    [account.publicKey],
  );
  assert.is(await account.exists(), true);
  assert.is(await near.account("missing.near").exists(), false);
  assert.is(
    (await failure(near.account("missing.near").state(), RpcError)).code,
    "UNKNOWN_ACCOUNT",
  );
});

test("creates a sub-account and deletes it, its balance to the beneficiary", async ({
  near,
  open,
}) => {
  const parent = await open("parent.near");
  const pair = randomEd25519KeyPair();
  await parent.createAccount("app.parent.near", { publicKey: pair.publicKey, balance: "1 NEAR" });
  const child = near.account("app.parent.near", pair);
  assert.is((await child.balance()).total, parseNear("1 NEAR"));
  await child.deleteAccount({ beneficiaryId: "parent.near" });
  assert.is(await child.exists(), false);
  assert.ok((await totalOf(near, "parent.near")) > parseNear("9.99 NEAR"));
});

test("transfers at every level, and finds the transaction by its hash", async ({ near, open }) => {
  const sender = await open("sender.near");
  await open("receiver.near");
  const { hash, response } = await sender.transfer("receiver.near", "1 NEAR", { wait: "FINAL" });
  assert.is((await near.status(hash, "sender.near")).hash, hash);
  for (const wait of ["INCLUDED", "INCLUDED_FINAL", "EXECUTED", "EXECUTED_OPTIMISTIC"] as const) {
    await sender.transfer("receiver.near", "1 yoctoNEAR", { wait });
  }
  assert.ok("transaction_outcome" in response);
  const [receiptId = ""] =
    "transaction_outcome" in response ? response.transaction_outcome.outcome.receipt_ids : [];
  const receipt = await experimentalReceipt(near.transport, { receiptId });
  assert.is(receipt.receiver_id, "receiver.near");
});

test("sends a batch of actions", async ({ near, open }) => {
  const parent = await open("batch.near");
  const pair = randomEd25519KeyPair();
  await parent.send("new.batch.near", [
    createAccount(),
    transfer("2 NEAR"),
    addKey(pair.publicKey, fullAccess()),
    addKey(
      randomSecp256k1KeyPair().publicKey,
      functionCallAccess("app.near", { methods: ["vote"], allowance: "0.25 NEAR" }),
    ),
  ]);
  assert.is((await near.account("new.batch.near").keys()).length, 2);
});

test("adds keys of both curves, signs with them, deletes them", async ({ near, open }) => {
  const account = await open("curves.near");
  for (const pair of [randomEd25519KeyPair(), randomSecp256k1KeyPair()]) {
    await account.addKey(pair.publicKey, fullAccess());
    const other = near.account("curves.near", pair);
    await other.transfer("near", "1 yoctoNEAR");
    await account.deleteKey(pair.publicKey);
    assert.is(await account.key(pair.publicKey), null);
  }
});

test("an overdraft is rejected, a missing receiver fails", async ({ open }) => {
  const account = await open("poor.near");
  const overdraft = await failure(account.transfer("near", "11 NEAR"), TransactionError);
  assert.is(overdraft.code, "rejected");
  assert.is(overdraft.kind, "NotEnoughBalance");
  const lost = await failure(account.transfer("missing.near", "1 NEAR"), TransactionError);
  assert.is(lost.code, "failed");
  assert.is(lost.kind, "AccountDoesNotExist");
});

test("asks for blocks, chunks, status, gas price, validators, configs", async ({ near, node }) => {
  await node.chain.produceBlocks(3);
  const { transport } = near;
  const found = await block(transport);
  const [first] = found.chunks;
  const { header } = await chunk(transport, { chunkId: first?.chunk_hash ?? "" });
  assert.is(header.chunk_hash, first?.chunk_hash);
  assert.is((await status(transport)).chain_id, "localnet");
  assert.is(await near.chainId(), "localnet");
  assert.is((await gasPrice(transport)).gas_price, "100000000");
  assert.is((await validators(transport)).current_validators.length, 1);
  assert.is((await genesisConfig(transport)).chain_id, "localnet");
  assert.is((await experimentalProtocolConfig(transport)).chain_id, "localnet");
  assert.is(await health(transport), null);
  const unknown = await failure(block(transport, { block: { blockId: 1_000_000 } }), RpcError);
  assert.ok(isRpcError(unknown, "UNKNOWN_BLOCK"));
});

test("sends in parallel with one key, a pool of keys, lanes of a gas key", async ({
  near,
  open,
}) => {
  const account = await open("parallel.near");
  await open("target.near");
  const items = Array.from({ length: 8 }, () => ({
    receiverId: "target.near",
    actions: [transfer("0.01 NEAR")],
  }));
  const pairs = Array.from({ length: 4 }, randomEd25519KeyPair);
  const gasKey = randomEd25519KeyPair();
  await account.send("parallel.near", [
    ...pairs.map(({ publicKey }) => addKey(publicKey, fullAccess())),
    addKey(gasKey.publicKey, gasKeyFullAccess({ numNonces: 4 })),
  ]);
  await account.transferToGasKey(gasKey.publicKey, "1 NEAR");
  const pool = near.account("parallel.near", keyPool(pairs));
  const lanes = near.account("parallel.near", gasKey);
  const results = await Promise.all([
    account.sendAll(items),
    pool.sendAll(items),
    lanes.sendAll(items.map((item, index) => ({ ...item, nonceIndex: index % 4 }))),
  ]);
  for (const result of results.flat()) assert.is(result.status, "fulfilled");
  assert.is(await totalOf(near, "target.near"), parseNear("10.24 NEAR"));
  const { nonces } = await viewGasKeyNonces(near.transport, {
    accountId: "parallel.near",
    publicKey: gasKey.publicKey,
  });
  assert.is(nonces.length, 4);
});

test("signs elsewhere what it prepared", async ({ near, node, open }) => {
  const account = await open("cold.near");
  const transaction = await account.prepare("near", [transfer("1 NEAR")]);
  const signature = await node.chain.signer("cold.near").sign(signingRequest(transaction));
  const { hash } = await near.send(attachSignature(transaction, signature));
  assert.is((await near.status(hash, "cold.near")).hash, hash);
});

test.run();
