import { type Node, openNode } from "@yoctonear/conformance";
import { Account, actions as api, encodeSignedDelegate, Transaction } from "near-api-js";
import {
  decodeSignedDelegateAction,
  decodeSignedDelegateActionV2,
  InMemoryKeyStore,
  Near as Kit,
  parseKey,
} from "near-kit";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  addKey,
  connect,
  gasKeyFullAccess,
  type Near,
  transfer,
  transferToGasKey,
} from "yoctonear";
import { block } from "yoctonear/rpc";
import { decode, encode } from "yoctonear/borsh";
import {
  type Action,
  actionCodec,
  createDelegateAction,
  createTransaction,
  encodeTransaction,
  signDelegateAction,
} from "yoctonear/transactions";

interface Context {
  node: Node;
  near: Near;
  kit: Kit;
  keys: InMemoryKeyStore;
}

const DELEGATE = 8;
const DELEGATE_V2 = 14;
const YOCTO = 10n ** 24n;
const test = suite<Context>("meta-transactions: signed by one, relayed by another");

test.before(async (context) => {
  const node = await openNode();
  const keys = new InMemoryKeyStore();
  context.node = node;
  context.near = connect(node.chain);
  context.keys = keys;
  context.kit = new Kit({
    network: { rpcUrl: node.url, networkId: "localnet" },
    keyStore: keys,
  });
});
test.after(({ node }) => node.close());

/** Signs a transfer of 1 NEAR to `target.near`; gives a SignedDelegateAction in borsh. */
const SIGNERS: {
  readonly [name: string]: (context: Context, senderId: string) => Promise<Uint8Array>;
} = {
  yoctonear: async ({ node, near }, senderId) => {
    const signer = node.chain.signer(senderId);
    const key = await near.account(senderId).key(signer.publicKey);
    const delegateAction = createDelegateAction({
      senderId,
      publicKey: signer.publicKey,
      nonce: (key?.nonce ?? 0n) + 1n,
      receiverId: "target.near",
      actions: [transfer("1 NEAR")],
      maxBlockHeight: (await block(near.transport)).header.height + 100n,
    });
    return encode(actionCodec, await signDelegateAction(delegateAction, signer)).subarray(1);
  },
  "near-api-js": async ({ node }, senderId) => {
    const account = new Account(senderId, node.url, secretOf(node, senderId));
    const { signedDelegate } = await account.createSignedMetaTransaction({
      receiverId: "target.near",
      actions: [api.transfer(YOCTO)],
    });
    return encodeSignedDelegate(signedDelegate);
  },
  "near-kit": async ({ kit, keys, node }, senderId) => {
    await keys.add(senderId, parseKey(secretOf(node, senderId)));
    const { payload } = await kit
      .transaction(senderId)
      .transfer("target.near", "1 NEAR")
      .delegate({ payloadFormat: "bytes" });
    return payload;
  },
};

const RELAYERS: {
  readonly [name: string]: (
    context: Context,
    relayerId: string,
    bytes: Uint8Array,
  ) => Promise<void>;
} = {
  yoctonear: async ({ node }, relayerId, bytes) => {
    const relayer = connect({ url: node.url }).account(relayerId, node.chain.signer(relayerId));
    const action = read(DELEGATE, bytes);
    assert.ok(action.type === "delegate");
    const senderId = action.type === "delegate" ? action.delegateAction.senderId : "";
    await relayer.send(senderId, [action], { wait: "FINAL" });
  },
  "near-api-js": async ({ node }, relayerId, bytes) => {
    const relayer = new Account(relayerId, node.url, secretOf(node, relayerId));
    // It has no decoder for a delegate alone.
    const transaction = createTransaction({
      signerId: relayerId,
      publicKey: node.chain.signer(relayerId).publicKey,
      nonce: 1n,
      receiverId: relayerId,
      blockHash: "1".repeat(32),
      actions: [read(DELEGATE, bytes)],
    });
    const [action] = Transaction.decode(encodeTransaction(transaction)).actions;
    if (action?.signedDelegate === undefined) throw new Error("expected a signed delegate");
    await relayer.relayMetaTransaction(action.signedDelegate);
  },
  "near-kit": async ({ kit, keys, node }, relayerId, bytes) => {
    await keys.add(relayerId, parseKey(secretOf(node, relayerId)));
    await kit
      .transaction(relayerId)
      .signedDelegateAction(decodeSignedDelegateAction(bytes))
      .send({ waitUntil: "FINAL" });
  },
};

function read(tag: number, bytes: Uint8Array): Action {
  return decode(actionCodec, Uint8Array.of(tag, ...bytes));
}

function secretOf(node: Node, accountId: string): `ed25519:${string}` {
  return `ed25519:${node.chain.signer(accountId).revealSecretKey().slice("ed25519:".length)}`;
}

async function open(node: Node, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) await node.account(id);
}

for (const [signer, sign] of Object.entries(SIGNERS)) {
  for (const [relayer, relay] of Object.entries(RELAYERS)) {
    test(`${signer} signs, ${relayer} relays`, async (context) => {
      const { node, near } = context;
      const name = `${signer}-${relayer}`;
      const [senderId, relayerId] = [`s-${name}.near`, `r-${name}.near`];
      await open(node, senderId, relayerId, "target.near");
      await relay(context, relayerId, await sign(context, senderId));
      assert.is((await near.account("target.near").balance()).total, 11n * YOCTO);
      assert.is((await near.account(senderId).balance()).total, 10n * YOCTO);
    });
  }
}

/** Makes an account whose second key is a gas key of three lanes. */
async function openGasKey({ node, near }: Context, accountId: string): Promise<string> {
  await open(node, accountId, "target.near");
  const gasKey = node.chain.signer(`key-of-${accountId}`);
  const account = near.account(accountId, node.chain.signer(accountId));
  await account.send(accountId, [
    addKey(gasKey.publicKey, gasKeyFullAccess({ numNonces: 3 })),
    transferToGasKey(gasKey.publicKey, "1 NEAR"),
  ]);
  return gasKey.publicKey;
}

test("version 2 on a lane of a gas key: near-kit signs, yoctonear relays", async (context) => {
  const { kit, near, node } = context;
  await openGasKey(context, "lane-kit.near");
  await open(node, "relay-kit.near");
  const { payload } = await kit
    .transaction("lane-kit.near")
    .signWith(secretOf(node, "key-of-lane-kit.near"))
    .transfer("target.near", "1 NEAR")
    .delegateV2({ nonceIndex: 1, payloadFormat: "bytes" });
  const relayer = near.account("relay-kit.near", node.chain.signer("relay-kit.near"));
  await relayer.send("lane-kit.near", [read(DELEGATE_V2, payload)], { wait: "FINAL" });
  assert.is((await near.account("target.near").balance()).total, 11n * YOCTO);
});

test("version 2 on a lane of a gas key: yoctonear signs, near-kit relays", async (context) => {
  const { kit, keys, near, node } = context;
  const publicKey = await openGasKey(context, "lane-ours.near");
  await open(node, "relay-ours.near");
  const { nonces } = await kit.rpc.getGasKeyNonces("lane-ours.near", publicKey);
  const delegateAction = createDelegateAction({
    senderId: "lane-ours.near",
    publicKey,
    nonce: BigInt(nonces[2] ?? 0) + 1n,
    nonceIndex: 2,
    receiverId: "target.near",
    actions: [transfer("1 NEAR")],
    maxBlockHeight: 10_000n,
  });
  const action = await signDelegateAction(
    delegateAction,
    node.chain.signer("key-of-lane-ours.near"),
  );
  const bytes = encode(actionCodec, action);
  assert.is(bytes[0], DELEGATE_V2);
  await keys.add("relay-ours.near", parseKey(secretOf(node, "relay-ours.near")));
  await kit
    .transaction("relay-ours.near")
    .signedDelegateActionV2(decodeSignedDelegateActionV2(bytes.subarray(1)))
    .send({ waitUntil: "FINAL" });
  assert.is((await near.account("target.near").balance()).total, 11n * YOCTO);
});

test.run();
