import { failure, type Node, openNode } from "@yoctonear/conformance";
import { Account, actions, JsonRpcProvider } from "near-api-js";
import { UnknownTransactionError } from "near-api-js/rpc-errors";
import { Near as Kit } from "near-kit";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { connect, parseNear, randomEd25519KeyPair } from "yoctonear";

const manual = suite<{ node: Node; kit: Kit; provider: JsonRpcProvider; hash: string }>(
  "between blocks: a transaction that is included, its receipt yet to run",
);

manual.before(async (context) => {
  context.node = await openNode({ blocks: "manual", accounts: { "alice.near": "10 NEAR" } });
  const { node } = context;
  context.provider = new JsonRpcProvider({ url: node.url });
  context.kit = new Kit({ network: { rpcUrl: node.url, networkId: "localnet" } });
  const near = connect({ url: node.url });
  const alice = near.account("alice.near", node.chain.signer("alice.near"));
  context.hash = (await alice.transfer("near", "1 NEAR", { wait: "NONE" })).hash;
});
manual.after(({ node }) => node.close());

manual("is unknown before the block", async ({ provider, hash }) => {
  const status = { txHash: hash, accountId: "alice.near", waitUntil: "NONE" } as const;
  await failure(provider.viewTransactionStatus(status), UnknownTransactionError);
});

manual("is started after it, for near-api-js and for us", async ({ node, provider, hash }) => {
  await node.chain.produceBlock();
  const status = await provider.viewTransactionStatus({
    txHash: hash,
    accountId: "alice.near",
    waitUntil: "INCLUDED",
  });
  assert.is(status.status, "Started");
  const near = connect({ url: node.url });
  const outcome = await near.status(hash, "alice.near", { wait: "INCLUDED" });
  assert.is(outcome.level, "INCLUDED");
  assert.is(outcome.value, undefined);
});

manual("P8, theirs: near-kit's schema refuses the status", async ({ kit, hash }) => {
  const status = kit.getTransactionStatus(hash, "alice.near", "INCLUDED");
  assert.is((await failure(status, Error)).name, "ZodError");
});

manual("is final some blocks later, for all", async ({ node, kit, provider, hash }) => {
  await node.chain.produceBlocks(4);
  const status = { txHash: hash, accountId: "alice.near", waitUntil: "FINAL" } as const;
  assert.is((await provider.viewTransactionStatus(status)).final_execution_status, "FINAL");
  const byKit = await kit.getTransactionStatus(hash, "alice.near", "FINAL");
  assert.is(byKit.final_execution_status, "FINAL");
});

manual.run();

const interval = suite<{ node: Node }>("blocks at an interval");

interval.before(async (context) => {
  context.node = await openNode({ blocks: { interval: 20 } });
});
interval.after(({ node }) => {
  node.chain.stop();
  return node.close();
});

interval("all three send, one after another and at once", async ({ node }) => {
  const ids = ["api.near", "kit.near", "ours.near"] as const;
  const [api, kit] = [await node.account(ids[0]), await node.account(ids[1])];
  await node.account(ids[2]);
  await node.account("target.near");
  const near = connect({ url: node.url });
  const account = new Account(ids[0], node.url, api);
  const client = new Kit({
    network: { rpcUrl: node.url, networkId: "localnet" },
    keyStore: { [ids[1]]: kit },
  });
  const ours = near.account(ids[2], node.chain.signer(ids[2]));
  for (const wait of ["EXECUTED_OPTIMISTIC", "FINAL"] as const) {
    await Promise.all([
      account.signAndSendTransaction({
        receiverId: "target.near",
        actions: [actions.transfer(1n)],
        waitUntil: wait,
      }),
      client.transaction(ids[1]).transfer("target.near", "1 yocto").send({ waitUntil: wait }),
      ours.transfer("target.near", "1 yoctoNEAR", { wait }),
    ]);
  }
  const { total } = await near.account("target.near").balance();
  assert.is(total, 10n ** 25n + 6n);
});

interval("what was made just now acts at once", async ({ node }) => {
  const near = connect({ url: node.url });
  await node.account("parent.near");
  const parent = near.account("parent.near", node.chain.signer("parent.near"));
  const pair = randomEd25519KeyPair();
  await parent.createAccount("app.parent.near", { publicKey: pair.publicKey, balance: "1 NEAR" });
  const child = near.account("app.parent.near", pair);
  await child.transfer("parent.near", "0.5 NEAR");
  assert.ok((await child.balance()).total < parseNear("0.5 NEAR"));
});

interval.run();
