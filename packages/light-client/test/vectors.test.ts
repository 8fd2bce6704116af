import { decodeHex, encodeHex } from "@yoctonear/base";
import {
  type BlockProducer,
  type LightClientState,
  type TrustedBlock,
  verifyApprovals,
  verifyLightClientBlock,
  verifyOutcomeProof,
} from "@yoctonear/light-client";
import { formatHash, parseHash, sha256 } from "@yoctonear/primitives";
import { field, has, integer, type Json, list, record, text, vectorsOf } from "@yoctonear/vectors";
import { approvalMessage, nextBlockHash, readHeader } from "#light-client/header";
import { combineHashes, foldPath } from "#light-client/merkle";
import { outcomeLeaf, readOutcome } from "#light-client/outcome";
import { producersHash, readProducers } from "#light-client/producers";
import { decodeTrieNode } from "#light-client/trie-node";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { blockView, proofView } from "./views.ts";

const vectors = suite("light-client: known answers");

for (const { id, name, input, expected } of await vectorsOf("light-client-block")) {
  vectors(`${id}: ${name}`, async () => {
    const message = text(expected, "approval_message_hex");
    const hash = text(expected, "block_hash");
    const next = text(expected, "next_block_hash");
    const json = field(input, "block");
    if (json === null) {
      // Only its file is named; the name tells the height.
      const height = BigInt(/block_(\d+)/.exec(name)?.[1] ?? 0);
      assert.is(encodeHex(approvalMessage(next, height + 2n)), message);
      return;
    }
    const view = await blockView(json);
    const { inner_lite, inner_rest_hash, prev_block_hash, next_block_inner_hash } = view;
    if (!inner_lite || !inner_rest_hash || !prev_block_hash || !next_block_inner_hash) {
      throw new TypeError("expected a whole block");
    }
    const header = readHeader({ inner_lite, inner_rest_hash, prev_block_hash });
    assert.is(header.hash, hash);
    assert.is(nextBlockHash(hash, next_block_inner_hash), next);
    assert.is(encodeHex(approvalMessage(next, header.height + 2n)), message);
    const isTagged = !has(expected, "next_bps_hash_encoding");
    const nextProducers = readProducers(view.next_bps ?? [], header.nextBpHash);
    assert.is(producersHash(nextProducers, isTagged), header.nextBpHash);
    assert.throws(() => readProducers(view.next_bps ?? [], hash), /expected next producers/);
    if (!has(input, "producers") || !has(expected, "approved_stake")) return;
    assert.equal(verifyApprovals(view, producersOf(field(input, "producers"))), {
      approved: integer(expected, "approved_stake"),
      total: integer(expected, "total_stake"),
    });
  });
}

const blocks = new Map(
  (await vectorsOf("light-client-block")).map(({ name, input }) => [
    name.replace("near-light-client ", ""),
    field(input, "block"),
  ]),
);

for (const { id, name, input, expected } of await vectorsOf("light-client-update")) {
  vectors(`${id}: ${name}`, async () => {
    const before = await blockView(blocks.get(text(input, "head")) ?? null);
    const { inner_lite, inner_rest_hash, prev_block_hash } = before;
    if (!inner_lite || !inner_rest_hash || !prev_block_hash)
      throw new TypeError("expected a block");
    const head = readHeader({ inner_lite, inner_rest_hash, prev_block_hash });
    const nextProducers = readProducers(before.next_bps ?? [], head.nextBpHash);
    const json = blocks.get(text(input, "new"));
    // What stands behind the second new block is in no vector: only the stake of its producers is known.
    const total = nextProducers.reduce((sum, { stake }) => sum + stake, 0n);
    assert.is(total, integer(expected, "total_stake"));
    if (json === undefined) return;
    const view = await blockView(json);
    const state: LightClientState = { head, producers: [], nextProducers };
    const next = verifyLightClientBlock(state, view);
    assert.is(next.head.epochId, head.nextEpochId);
    assert.is(next.producers, nextProducers);
    assert.equal(verifyApprovals(view, nextProducers), {
      approved: integer(expected, "approved_stake"),
      total,
    });
    // From there on the first block is old.
    assert.throws(() => verifyLightClientBlock(next, before), /expected a block above/);
  });
}

for (const { id, name, input, expected } of await vectorsOf("outcome-proof")) {
  vectors(`${id}: ${name}`, async () => {
    const proof = await proofView(field(input, "proof"));
    const found = proof.outcome_proof;
    const leaf = outcomeLeaf(readOutcome(found));
    assert.is(formatHash(leaf), text(expected, "outcome_leaf"));
    const shardRoot = foldPath(leaf, found.proof);
    assert.is(shardRoot, text(expected, "shard_outcome_root"));
    const root = foldPath(sha256(parseHash(shardRoot)), proof.outcome_root_proof);
    assert.is(root, text(expected, "block_outcome_root"));
    const block = readHeader(proof.block_header_lite);
    assert.is(block.outcomeRoot, root);
    assert.is(block.hash, text(expected, "block_hash"));
    const merkleRoot = has(expected, "block_merkle_root")
      ? text(expected, "block_merkle_root")
      : formatHash(decodeHex(text(expected, "block_merkle_root_hex")));
    const head: TrustedBlock = { ...block, hash: "1", blockMerkleRoot: merkleRoot };
    assert.is(verifyOutcomeProof(head, found.id, proof).block.hash, block.hash);
    assert.throws(() => verifyOutcomeProof(head, block.hash, proof), /expected the outcome of/);
    const elsewhere = { ...head, blockMerkleRoot: block.hash };
    if (merkleRoot === block.hash) return;
    assert.throws(() => verifyOutcomeProof(elsewhere, found.id, proof), /expected a block under/);
  });
}

for (const { id, input, expected } of await vectorsOf("merkle")) {
  vectors(id, () => {
    const both = [decodeHex(text(input, "left_hex")), decodeHex(text(input, "right_hex"))] as const;
    assert.is(encodeHex(combineHashes(...both)), text(expected, "hash_hex"));
  });
}

for (const { id, input, expected } of await vectorsOf("outcome-hash")) {
  vectors(id, () => {
    const leaf = outcomeLeaf({
      id: formatHash(decodeHex(text(input, "id_hex"))),
      status: { type: "successValue", value: decodeHex(text(input, "status", "SuccessValue_hex")) },
      logs: list(input, "logs").map((log) => text(log)),
      receiptIds: list(input, "receipt_ids").map((one) => text(one)),
      gasBurnt: integer(input, "gas_burnt"),
      tokensBurnt: integer(input, "tokens_burnt"),
      executorId: text(input, "executor_id"),
    });
    assert.is(formatHash(leaf), text(expected, "merkle_leaf_hash"));
  });
}

for (const { id, name, expected } of await vectorsOf("trie-node")) {
  vectors(`${id}: ${name}`, () => {
    const encoded = decodeHex(text(expected, "borsh_hex"));
    assert.is(formatHash(sha256(encoded)), text(expected, "node_hash"));
    // These are made up: paths of the first and last have bits that no key has.
    const isMadeUp = /key/.test(name);
    if (isMadeUp) {
      assert.throws(() => decodeTrieNode(encoded), /expected/);
      return;
    }
    const node = decodeTrieNode(encoded);
    if (node.type !== "branch") throw new TypeError("expected a branch");
    const places = node.children.flatMap((child, place) => (child === null ? [] : [place]));
    assert.equal(places, /children 3,5/.test(name) ? [3, 5] : [/15/.test(name) ? 15 : 3]);
    assert.is(node.value?.length, /WithValue/.test(name) ? 3 : undefined);
  });
}

vectors(
  "approvals taken away: accepted as long as more than 2/3 of the stake is left",
  async () => {
    const [head, next] = ["test_0.json", "test_1.json"].map((name) => blocks.get(name) ?? null);
    const before = await blockView(head ?? null);
    const view = await blockView(next ?? null);
    const producers = readProducers(before.next_bps ?? [], before.inner_lite?.next_bp_hash ?? "");
    const { total, approved: all } = verifyApprovals(view, producers);
    let approved = all;
    const approvals = [...(view.approvals_after_next ?? [])];
    let accepted = 0;
    for (const [index, { stake }] of [...producers.entries()].sort(bySmallerStake)) {
      if (approvals[index] === null || approvals[index] === undefined) continue;
      approvals[index] = null;
      approved -= stake;
      const ask = (): unknown =>
        verifyApprovals({ ...view, approvals_after_next: approvals }, producers);
      if (approved * 3n > total * 2n) {
        assert.equal(ask(), { approved, total });
        accepted += 1;
        continue;
      }
      assert.throws(ask, /to approve/);
      break;
    }
    assert.is(accepted > 0, true);
  },
);

vectors.run();

type Place = readonly [index: number, producer: BlockProducer];

function bySmallerStake([, a]: Place, [, b]: Place): number {
  return a.stake < b.stake ? -1 : 1;
}

function producersOf(json: Json): readonly BlockProducer[] {
  return list(json).map((producer) => ({
    accountId: text(producer, "account_id"),
    publicKey: text(producer, "public_key"),
    stake: integer(record(producer)["stake"] ?? null),
  }));
}
