import { connect } from "@yoctonear/account";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { block, experimentalReceipt, isRpcError, status, tx, viewAccount } from "@yoctonear/rpc";
import { attachSignature, signingRequest, transfer } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const OPTIONS = {
  accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR" },
  epochLength: 10,
  pollingTimeout: 50,
} as const;

const pruning = suite("localnet: keepBlocks");

/** Sends so many transfers, each with a few blocks. @returns hash of the last transaction */
async function transfers(chain: Localnet, count: number): Promise<string> {
  const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
  let last = "";
  for (let sent = 0; sent < count; sent++) last = (await alice.transfer("bob.near", "1 NEAR")).hash;
  return last;
}

async function codeOf(asked: Promise<unknown>): Promise<string> {
  const error: unknown = await asked.catch((reason: unknown) => reason);
  assert.ok(isRpcError(error), String(error));
  return error.code;
}

pruning("the blocks are the same whether old ones stay or not, over epochs", async () => {
  const whole = await createLocalnet(OPTIONS);
  const pruned = await createLocalnet({ ...OPTIONS, keepBlocks: 10 });
  for (let round = 0; round < 6; round++) {
    await Promise.all([transfers(whole, 3), transfers(pruned, 3)]);
    await Promise.all([whole.fastForward(7), pruned.fastForward(7)]);
    const [one, other] = await Promise.all(
      [whole, pruned].map((chain) => block(chain.transport, { block: { finality: "optimistic" } })),
    );
    assert.equal(other, one);
  }
});

pruning("what is older is garbage as a node's", async () => {
  const chain = await createLocalnet({ ...OPTIONS, keepBlocks: 10 });
  const { transport } = chain;
  const hash = await transfers(chain, 1);
  const found = await tx(transport, { txHash: hash, senderAccountId: "alice.near" });
  const receiptId = found.receipts_outcome?.[0]?.id ?? "";
  const { header } = await block(transport, { block: { finality: "optimistic" } });
  await chain.produceBlocks(4);
  await viewAccount(transport, { accountId: "alice.near", block: { blockId: header.height } });
  await experimentalReceipt(transport, { receiptId });
  await chain.produceBlocks(12);
  for (const blockId of [header.height, header.hash]) {
    const asked = viewAccount(transport, { accountId: "alice.near", block: { blockId } });
    assert.is(await codeOf(asked), "GARBAGE_COLLECTED_BLOCK");
    assert.is(await codeOf(block(transport, { block: { blockId } })), "UNKNOWN_BLOCK");
  }
  assert.is(
    await codeOf(tx(transport, { txHash: hash, senderAccountId: "alice.near" })),
    "TIMEOUT_ERROR",
  );
  assert.is(await codeOf(experimentalReceipt(transport, { receiptId })), "UNKNOWN_RECEIPT");
  await block(transport, { block: { blockId: 0 } });
  await transfers(chain, 1);
});

pruning("P39: block 0 stays, and the earliest that is there moves on", async () => {
  const chain = await createLocalnet({ ...OPTIONS, keepBlocks: 10 });
  const { transport } = chain;
  const heights = async (): Promise<readonly bigint[]> =>
    Promise.all(
      (["genesis", "earliest_available"] as const).map(
        async (syncCheckpoint) =>
          (await block(transport, { block: { syncCheckpoint } })).header.height,
      ),
    );
  assert.equal(await heights(), [0n, 0n]);
  await chain.produceBlocks(29);
  assert.equal(await heights(), [0n, 21n]);
  const { sync_info } = await status(transport);
  assert.is(sync_info.earliest_block_height, 21n);
  assert.is(
    (await block(transport, { block: { blockId: 21 } })).header.hash,
    sync_info.earliest_block_hash,
  );
  assert.is(await codeOf(block(transport, { block: { blockId: 20 } })), "UNKNOWN_BLOCK");
});

pruning("a transaction may name a block that went", async () => {
  const chain = await createLocalnet({ ...OPTIONS, keepBlocks: 10 });
  const near = connect(chain);
  const signer = chain.signer("alice.near");
  const prepared = await near
    .account("alice.near", signer)
    .prepare("bob.near", [transfer("1 NEAR")]);
  await chain.produceBlocks(30);
  const signature = await signer.sign(signingRequest(prepared));
  await near.send(attachSignature(prepared, signature));
});

pruning("a snapshot keeps what it needs", async () => {
  const chain = await createLocalnet({ ...OPTIONS, keepBlocks: 10 });
  await chain.produceBlocks(3);
  const { header } = await block(chain.transport, { block: { finality: "optimistic" } });
  const snapshot = chain.snapshot();
  await chain.produceBlocks(40);
  await chain.restore(snapshot);
  await viewAccount(chain.transport, {
    accountId: "alice.near",
    block: { blockId: header.height },
  });
});

pruning("fewer than ten cannot be meant", async () => {
  const error: unknown = await createLocalnet({ keepBlocks: 9 }).catch((reason: unknown) => reason);
  assert.instance(error, RangeError);
});

pruning.run();
