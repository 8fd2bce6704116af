import { type Node, openNode } from "@yoctonear/conformance";
import { serve } from "@yoctonear/examples";
import { mlDsa65, randomMlDsa65KeyPair } from "@yoctonear/ml-dsa";
import { createRelayer } from "@yoctonear/relayer";
import { relayerClient } from "@yoctonear/relayer/client";
import { Account, actions as api, encodeSignedDelegate as encodeTheirs } from "near-api-js";
import {
  decodeSignedDelegateAction,
  decodeSignedDelegateActionV2,
  InMemoryKeyStore,
  Near as Kit,
  parseKey,
} from "near-kit";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { addKey, connect, functionCall, gasKeyFullAccess, type Near, transfer } from "yoctonear";
import { verifyDelegate } from "yoctonear/account";
import { ed25519 } from "yoctonear/ed25519";
import { randomSecp256k1KeyPair, secp256k1 } from "yoctonear/secp256k1";
import {
  decodeSignedDelegate,
  encodeSignedDelegate,
  formatSignedDelegate,
  fullAccess,
} from "yoctonear/transactions";

interface Context {
  node: Node;
  near: Near;
  kit: Kit;
  keys: InMemoryKeyStore;
  relayer: { readonly url: string; close(): Promise<void> };
}

const YOCTO = 10n ** 24n;
const JSON_BODY = { "content-type": "application/json" };
const schemes = [ed25519, secp256k1];
const test = suite<Context>("delegates: theirs verified and relayed by ours, ours read by theirs");

test.before(async (context) => {
  const node = await openNode();
  const keys = new InMemoryKeyStore();
  context.node = node;
  context.near = connect({ url: node.url });
  context.keys = keys;
  context.kit = new Kit({
    network: { rpcUrl: node.url, networkId: "localnet" },
    keyStore: keys,
  });
  await node.account("relayer.near");
  await node.account("target.near");
  const handler = createRelayer({
    account: context.near.account("relayer.near", node.chain.signer("relayer.near")),
    schemes,
    policy: {
      receivers: {
        "target.near": {
          actions: ["transfer"],
          methods: ["vote"],
          maxActions: 3,
          maxDeposit: "0.1 NEAR",
        },
      },
    },
  });
  context.relayer = await serve(handler);
});
test.after(async ({ node, relayer }) => {
  await relayer.close();
  await node.close();
});

function secretOf(node: Node, accountId: string): `ed25519:${string}` {
  return `ed25519:${node.chain.signer(accountId).revealSecretKey().slice("ed25519:".length)}`;
}

async function balanceOf({ near }: Context): Promise<bigint> {
  return (await near.account("target.near").balance()).total;
}

/** Posts a body to the relayer over HTTP as their documentation does. */
async function post({ relayer }: Context, body: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${relayer.url}/relay`, {
    method: "POST",
    headers: JSON_BODY,
    body,
  });
  const answer: Record<string, unknown> = JSON.parse(await response.text());
  return answer;
}

test("near-api-js: verified, and relayed as its documentation sends it", async (context) => {
  const { node, near } = context;
  await node.account("api.near");
  const account = new Account("api.near", node.url, secretOf(node, "api.near"));
  const { signedDelegate } = await account.createSignedMetaTransaction({
    receiverId: "target.near",
    actions: [api.transfer(YOCTO / 10n)],
  });
  const bytes = encodeTheirs(signedDelegate);
  const delegated = decodeSignedDelegate(bytes);
  assert.equal(encodeSignedDelegate(delegated), new Uint8Array(bytes));
  const { senderId } = await verifyDelegate(near.transport, delegated, { schemes });
  assert.is(senderId, "api.near");
  const before = await balanceOf(context);
  const answer = await post(context, JSON.stringify([...bytes]));
  assert.is(answer["status"], "executed", String(answer["reason"]));
  assert.is(await balanceOf(context), before + YOCTO / 10n);
});

test("near-api-js: what the policy does not name is refused by name", async (context) => {
  const { node } = context;
  const account = new Account("api.near", node.url, secretOf(node, "api.near"));
  const { signedDelegate } = await account.createSignedMetaTransaction({
    receiverId: "target.near",
    actions: [api.transfer(YOCTO)],
  });
  const answer = await post(context, JSON.stringify([...encodeTheirs(signedDelegate)]));
  assert.is(answer["code"], "too_much_deposit");
});

test("near-api-js: a secp256k1 key signs what verifies", async (context) => {
  const { node, near } = context;
  await node.account("secp.near");
  const keyPair = randomSecp256k1KeyPair();
  const owner = near.account("secp.near", node.chain.signer("secp.near"));
  await owner.addKey(keyPair.publicKey, fullAccess(), { wait: "FINAL" });
  const secret = keyPair.revealSecretKey();
  assert.ok(secret.startsWith("secp256k1:"));
  const account = new Account(
    "secp.near",
    node.url,
    `secp256k1:${secret.slice("secp256k1:".length)}`,
  );
  const { signedDelegate } = await account.createSignedMetaTransaction({
    receiverId: "target.near",
    actions: [api.transfer(1n)],
  });
  const delegated = decodeSignedDelegate(encodeTheirs(signedDelegate));
  const { publicKey } = await verifyDelegate(near.transport, delegated, { schemes });
  assert.is(publicKey, keyPair.publicKey);
});

test("near-kit: version 1 verified, and relayed as its payload", async (context) => {
  const { kit, keys, near, node } = context;
  await node.account("kit.near");
  await keys.add("kit.near", parseKey(secretOf(node, "kit.near")));
  const { payload } = await kit
    .transaction("kit.near")
    .transfer("target.near", "0.1 NEAR")
    .delegate();
  const before = await balanceOf(context);
  const answer = await post(context, JSON.stringify({ payload }));
  assert.is(answer["status"], "executed", String(answer["reason"]));
  assert.is(await balanceOf(context), before + YOCTO / 10n);
  const again = await kit
    .transaction("kit.near")
    .transfer("target.near", "0.1 NEAR")
    .delegate({ payloadFormat: "bytes" });
  const delegated = decodeSignedDelegate(again.payload);
  assert.is((await verifyDelegate(near.transport, delegated, { schemes })).senderId, "kit.near");
  const { relay } = relayerClient(context.relayer.url);
  assert.is((await relay(delegated)).failure, undefined);
});

test("near-kit: version 2 on a lane of a gas key verified and relayed", async (context) => {
  const { kit, near, node } = context;
  await node.account("lane.near");
  const gasKey = node.chain.signer("key-of-lane.near");
  const owner = near.account("lane.near", node.chain.signer("lane.near"));
  await owner.send("lane.near", [addKey(gasKey.publicKey, gasKeyFullAccess({ numNonces: 3 }))], {
    wait: "FINAL",
  });
  const { payload } = await kit
    .transaction("lane.near")
    .signWith(secretOf(node, "key-of-lane.near"))
    .transfer("target.near", "0.1 NEAR")
    .delegateV2({ nonceIndex: 2, payloadFormat: "bytes" });
  const delegated = decodeSignedDelegate(payload);
  assert.is(delegated.type, "delegateV2");
  assert.equal(encodeSignedDelegate(delegated), new Uint8Array(payload));
  assert.is((await verifyDelegate(near.transport, delegated, { schemes })).nonceIndex, 2);
  const before = await balanceOf(context);
  const outcome = await relayerClient(context.relayer.url).relay(delegated);
  assert.is(outcome.failure, undefined);
  assert.is(await balanceOf(context), before + YOCTO / 10n);
});

test("a changed byte of theirs verifies nowhere", async (context) => {
  const { kit, near } = context;
  const { payload } = await kit
    .transaction("kit.near")
    .transfer("target.near", "0.1 NEAR")
    .delegate({ payloadFormat: "bytes" });
  const changed = Uint8Array.from(payload);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  const delegated = decodeSignedDelegate(changed);
  const error = await verifyDelegate(near.transport, delegated, { schemes }).catch(
    (caught: unknown) => caught,
  );
  assert.is(error instanceof Error && "code" in error && error.code, "invalid_signature");
});

test("ours over HTTP: the client and the handler", async (context) => {
  const { near, node } = context;
  await node.account("ours.near");
  const alice = near.account("ours.near", node.chain.signer("ours.near"));
  const { relay } = relayerClient(context.relayer.url);
  const before = await balanceOf(context);
  const delegated = await alice.delegate("target.near", [transfer("0.1 NEAR")]);
  const [outcome, again] = await Promise.all([relay(delegated), relay(delegated)]);
  assert.is(outcome.hash, again.hash);
  assert.is(await balanceOf(context), before + YOCTO / 10n);
  assert.is((await near.status(outcome.hash, "relayer.near")).failure, undefined);
});

test("ours by an ML-DSA-65 key, where the relayer lists its type", async (context) => {
  const { near, node } = context;
  await node.account("pq.near");
  const keyPair = randomMlDsa65KeyPair();
  const owner = near.account("pq.near", node.chain.signer("pq.near"));
  await owner.addKey(keyPair.publicKey, fullAccess(), { wait: "FINAL" });
  const delegated = await near
    .account("pq.near", keyPair)
    .delegate("target.near", [transfer("0.1 NEAR")]);
  const error = await relayerClient(context.relayer.url)
    .relay(delegated)
    .catch((caught: unknown) => caught);
  assert.is(error instanceof Error && "code" in error && error.code, "unsupported_key");
  const relayer = createRelayer({
    account: near.account("relayer.near", node.chain.signer("relayer.near")),
    schemes: [mlDsa65],
    policy: { receivers: { "target.near": { actions: ["transfer"], maxDeposit: "0.1 NEAR" } } },
  });
  const client = relayerClient("https://relayer.example", {
    fetch: (url, init) => relayer(new Request(url, init)),
  });
  const before = await balanceOf(context);
  await client.relay(delegated);
  assert.is(await balanceOf(context), before + YOCTO / 10n);
});

test("ours read by near-kit, of both versions, byte for byte", async (context) => {
  const { near, node } = context;
  await node.account("read.near");
  const alice = near.account("read.near", node.chain.signer("read.near"));
  const v1 = await alice.delegate("target.near", [functionCall("vote", { id: 1 }), transfer(7n)]);
  const theirs = decodeSignedDelegateAction(formatSignedDelegate(v1)).signedDelegate;
  assert.is(theirs.delegateAction.senderId, "read.near");
  assert.is(theirs.delegateAction.receiverId, "target.near");
  assert.is(theirs.delegateAction.actions.length, 2);
  assert.is(theirs.delegateAction.nonce, v1.type === "delegate" && v1.delegateAction.nonce);
  const gasKey = node.chain.signer("key-of-read.near");
  await alice.addKey(gasKey.publicKey, gasKeyFullAccess({ numNonces: 1 }), { wait: "FINAL" });
  const lane = near.account("read.near", gasKey);
  const v2 = await lane.delegate("target.near", [transfer(7n)], { nonceIndex: 0 });
  assert.ok(decodeSignedDelegateActionV2(encodeSignedDelegate(v2)));
});

test.run();
