import { type Chain, createChain } from "#localnet/chain/chain";
import { ChainError } from "#localnet/chain/chain-error";
import { createBlockSigner } from "#localnet/chain/block-signer";
import { defaultGenesis, testKeySeed } from "#localnet/chain/default-genesis";
import { blockHash, approvalMessage } from "#localnet/chain/block-header";
import { decodeBase58 } from "@yoctonear/base";
import { parsePublicKey, parseSignature } from "@yoctonear/keys";
import { ed25519 } from "@noble/curves/ed25519.js";
import { ed25519KeyPairFromSeed } from "@yoctonear/keys/ed25519";
import { type Action, type SignedTransaction, transactionHash } from "@yoctonear/transactions";
import { trieRoot } from "#localnet/state/trie";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const alice = ed25519KeyPairFromSeed(testKeySeed("alice.near"));

async function localChain(): Promise<Chain> {
  return createChain({
    genesis: defaultGenesis([
      { accountId: "alice.near", publicKey: alice.publicKey, balance: 10n ** 26n },
      { accountId: "bob.near", publicKey: alice.publicKey, balance: 10n ** 26n },
    ]),
    signer: await createBlockSigner(testKeySeed("test.near")),
  });
}

/** Not signed: the chain is given checked transactions only. */
function send(chain: Chain, nonce: bigint, ...actions: readonly Action[]): SignedTransaction {
  return {
    transaction: {
      version: 0,
      signerId: "alice.near",
      publicKey: alice.publicKey,
      nonce,
      receiverId: "bob.near",
      blockHash: chain.head().header.hash,
      actions,
    },
    signature: `ed25519:${"1".repeat(64)}`,
  };
}

const transfer = (deposit: bigint): Action => ({ type: "transfer", deposit });

const production = suite("chain: produce");

production("starts with a block that has no chunk, as nearcore does", async () => {
  const chain = await localChain();
  const { header, chunk, chunks } = chain.head();
  assert.is(header.height, 1);
  assert.is(chunk, null);
  assert.equal(chunks, chain.genesisBlock.chunks);
  assert.equal(header.chunkMask, [false]);
});

production("runs a transfer in three blocks", async () => {
  const chain = await localChain();
  const signed = send(chain, 1n, transfer(7n));
  const hash = transactionHash(signed.transaction);
  assert.is(chain.transaction(hash), undefined);
  const first = await chain.produce([signed]);
  assert.is(chain.transaction(hash)?.block, first);
  const outcome = chain.outcome(hash);
  assert.is(outcome?.blockHash, first.header.hash);
  const [receiptId = ""] = outcome?.outcome.receiptIds ?? [];
  assert.is(chain.receipt(receiptId)?.receiverId, "bob.near");
  assert.is(chain.outcome(receiptId), undefined);
  assert.not(chain.isSettled());
  const second = await chain.produce([]);
  assert.is(chain.outcome(receiptId)?.block, second);
  const [refundId = ""] = chain.outcome(receiptId)?.outcome.receiptIds ?? [];
  const third = await chain.produce([]);
  assert.is(chain.outcome(refundId)?.block, third);
  assert.ok(chain.isSettled());
  const fourth = await chain.produce([]);
  assert.is(fourth.chunks[0]?.prevOutcomeRoot, third.result.outcomeTree.root);
  assert.is(fourth.header.totalSupply < first.header.totalSupply, true);
});

production("makes the same bytes of the same inputs", async () => {
  const hashes = await Promise.all(
    [1, 2].map(async () => {
      const chain = await localChain();
      await chain.produce([send(chain, 1n, transfer(7n))]);
      await chain.produce([send(chain, 2n, transfer(8n))]);
      return (await chain.produce([])).header.hash;
    }),
  );
  assert.is(hashes[0], hashes[1]);
});

production("signs blocks, chunks and approvals", async () => {
  const chain = await localChain();
  const prev = chain.head();
  const { header, chunks } = await chain.produce([]);
  const { bytes: key } = parsePublicKey("ed25519:9BmAFNRTa5mRRXpSAm6MxSEeqRASDGNh2FuuwZ4gyxTw");
  const verify = (signature: string | null | undefined, message: Uint8Array): boolean =>
    ed25519.verify(parseSignature(signature ?? "").bytes, message, key);
  assert.is(blockHash(header), header.hash);
  assert.ok(verify(header.signature(), decodeBase58(header.hash)));
  assert.ok(verify(chunks[0]?.signature(), decodeBase58(chunks[0]?.chunkHash ?? "")));
  assert.ok(verify(header.approvals[0], approvalMessage(prev.header.hash, 1, 2)));
});

production("finds blocks and chunks by hash and height", async () => {
  const chain = await localChain();
  const block = await chain.produce([]);
  assert.is(chain.blockByHash(block.header.hash), block);
  assert.is(chain.blockByHeight(2), block);
  assert.is(chain.blockByHeight(0), chain.genesisBlock);
  assert.is(chain.blockByHeight(3), undefined);
  assert.is(chain.chunk(block.chunks[0]?.chunkHash ?? "")?.block, block);
});

production("makes a block final two blocks later, but not over a gap", async () => {
  const chain = await localChain();
  await chain.produce([]);
  await chain.produce([]);
  assert.is(chain.finalBlock().header.height, 1);
  assert.is(chain.nearlyFinalBlock().header.height, 2);
  const after = await chain.produce([], { height: 10 });
  assert.is(after.header.height, 10);
  assert.is(after.header.prevHeight, 3);
  assert.is(chain.finalBlock().header.height, 1);
  assert.is(chain.blockByHeight(7), undefined);
  await chain.produce([]);
  await chain.produce([]);
  await chain.produce([]);
  assert.is(chain.finalBlock().header.height, 11);
});

production("refuses a height that is not above the head's", async () => {
  const chain = await localChain();
  for (const height of [1, 0, -1, 1.5, Number.NaN]) {
    const error = await chain.produce([], { height }).catch((reason: unknown) => reason);
    assert.is(error instanceof ChainError && error.code, "not_after_head");
  }
  assert.is(chain.head().header.height, 1);
});

production("moves time by heights, or by the clock, always forward", async () => {
  const chain = await localChain();
  const { timestamp } = chain.head().header;
  assert.is((await chain.produce([])).header.timestamp, timestamp + 1_000_000_000n);
  assert.is(
    (await chain.produce([], { height: 12 })).header.timestamp,
    timestamp + 11_000_000_000n,
  );
  const still = await createChain({
    genesis: chain.genesis,
    signer: await createBlockSigner(testKeySeed("test.near")),
    now: () => 5n,
  });
  assert.is(still.head().header.timestamp, chain.genesis.config.genesisTime + 1n);
});

production("writes patches at the end of the block", async () => {
  const chain = await localChain();
  const before = chain.head().state;
  const { state } = await chain.produce([], {
    patch: [
      { type: "data", accountId: "bob.near", key: Uint8Array.of(1), value: Uint8Array.of(2) },
    ],
  });
  assert.is.not(trieRoot(state), trieRoot(before));
});

production("crosses epochs: pays the validator and mints", async () => {
  const chain = await localChain();
  for (let height = 2; height <= 61; height++) await chain.produce([]);
  const { header, epoch } = chain.head();
  const { header: last } = chain.blockByHeight(60) ?? chain.genesisBlock;
  assert.is(header.epochId, chain.genesisBlock.header.hash);
  assert.is(header.nextEpochId, last.hash);
  assert.is(header.totalSupply, last.totalSupply + epoch.minted);
  assert.ok(epoch.minted > 0n);
});

production.run();

const expiry = suite("chain: isExpired");

expiry("takes a block of this chain for 100 blocks", async () => {
  const chain = await localChain();
  const { hash } = chain.head().header;
  assert.not(chain.isExpired(hash));
  assert.ok(chain.isExpired("11111111111111111111111111111111"));
  await chain.produce([], { height: 101 });
  assert.not(chain.isExpired(hash));
  await chain.produce([]);
  assert.ok(chain.isExpired(hash));
  assert.not(chain.isExpired(hash, 102));
});

expiry.run();

const snapshots = suite("chain: snapshot and restore");

snapshots("bring back blocks, state and indexes, in either direction", async () => {
  const chain = await localChain();
  const early = chain.snapshot();
  const signed = send(chain, 1n, transfer(7n));
  const block = await chain.produce([signed]);
  const late = chain.snapshot();
  const hash = transactionHash(signed.transaction);
  chain.restore(early);
  assert.is(chain.head().header.height, 1);
  assert.is(chain.blockByHeight(2), undefined);
  assert.is(chain.transaction(hash), undefined);
  assert.is(chain.outcome(hash), undefined);
  const other = await chain.produce([]);
  assert.is.not(other.header.hash, block.header.hash);
  chain.restore(late);
  assert.is(chain.head(), block);
  assert.ok(chain.transaction(hash));
  assert.is(chain.blockByHash(other.header.hash), undefined);
});

snapshots("cannot be mixed with a block being made", async () => {
  const chain = await localChain();
  const early = chain.snapshot();
  await chain.produce([]);
  const making = chain.produce([]).catch((error: unknown) => error);
  chain.restore(early);
  const error = await making;
  assert.is(error instanceof ChainError && error.code, "restored_meanwhile");
  assert.is(chain.head().header.height, 1);
});

snapshots.run();
