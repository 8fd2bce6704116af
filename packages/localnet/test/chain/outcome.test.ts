import { decodeHex, encodeBase58, encodeHex } from "@yoctonear/base";
import { decode, encode } from "@yoctonear/borsh";
import { sha256 } from "@yoctonear/primitives";
import {
  field,
  integer,
  type Json,
  list,
  loadRecording,
  loadVectors,
  text,
  vectorsOf,
} from "@yoctonear/vectors";
import { combineHashes } from "#localnet/chain/hash";
import { createMerkleTree, foldMerkleProof, type MerkleStep } from "#localnet/chain/merkle";
import { outcomeHash, outcomeItem, outcomeLeaves } from "#localnet/chain/outcome";
import { receiptCodec } from "#localnet/chain/receipt";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readBlock, readOutcomes } from "./recorded.ts";

const vectors = await loadVectors("chain");

const merkle = suite("merkle: combineHashes");

merkle("equals the vectors of category merkle", async () => {
  const all = await vectorsOf("merkle");
  for (const { input, expected } of all) {
    const combined = combineHashes(
      decodeHex(text(input, "left_hex")),
      decodeHex(text(input, "right_hex")),
    );
    assert.is(encodeHex(combined), text(expected, "hash_hex"));
  }
  assert.is(all.length, 1);
});

merkle.run();

const leaves = suite("outcome: outcomeItem");

leaves("equals the vectors of category outcome-hash", async () => {
  const all = await vectorsOf("outcome-hash");
  for (const { input, expected } of all) {
    const outcome = {
      id: encodeBase58(decodeHex(text(input, "id_hex"))),
      logs: list(input, "logs").map((log) => text(log)),
      receiptIds: [],
      gasBurnt: integer(input, "gas_burnt"),
      tokensBurnt: integer(input, "tokens_burnt"),
      executorId: text(input, "executor_id"),
      status: {
        type: "successValue" as const,
        value: decodeHex(text(input, "status", "SuccessValue_hex")),
      },
      metadata: { version: 1 as const },
    };
    const item = outcomeItem(outcome);
    const hashes = Array.from({ length: (item.length - 4) / 32 }, (_, i) =>
      encodeBase58(item.subarray(4 + 32 * i, 36 + 32 * i)),
    );
    assert.equal(hashes, list(expected, "to_hashes"));
    assert.is(encodeBase58(outcomeHash(outcome)), hashes[1]);
    assert.is(encodeBase58(sha256(item)), text(expected, "merkle_leaf_hash"));
  }
  assert.is(all.length, 1);
});

leaves("equals the recorded leaf", async () => {
  const leaf = field(vectors, "outcome_leaf");
  const recorded = readOutcomes(await loadRecording("chain")).get(text(leaf, "id"));
  assert.ok(recorded);
  const item = outcomeItem(recorded.outcome);
  assert.is(encodeHex(item), text(leaf, "leaf_preimage"));
  assert.is(encodeBase58(sha256(item)), text(leaf, "leaf"));
});

leaves.run();

interface Compared {
  readonly proofs: number;
  readonly roots: number;
}

/** Every outcome's proof must lead to the root that the next chunk has; so must all of a block. */
async function compareOutcomes(name: "chain" | "load"): Promise<Compared> {
  const recording = await loadRecording(name);
  const blocks = list(recording, "blocks").map(readBlock);
  const committed = new Map(
    blocks.map(({ header, chunks }) => [header.prevHash, chunks[0]?.prevOutcomeRoot]),
  );
  // The root of the last block's outcomes was not recorded any more.
  const outcomes = [...readOutcomes(recording).values()].filter(({ blockHash }) =>
    committed.has(blockHash),
  );
  const byBlock = new Map<string, typeof outcomes>();
  for (const outcome of outcomes) {
    const leaf = sha256(outcomeItem(outcome.outcome));
    const root = foldMerkleProof(leaf, proofOf(outcome.json));
    assert.is(root, committed.get(outcome.blockHash), outcome.outcome.id);
    byBlock.set(outcome.blockHash, [...(byBlock.get(outcome.blockHash) ?? []), outcome]);
  }
  for (const [blockHash, some] of byBlock) {
    const shape = createMerkleTree(new Uint8Array(some.length * 32));
    const sides = some.map((_, i) => sidesOf(shape.proof(i)));
    const sorted = sides.map((side) => some.filter(({ json }) => sidesOf(proofOf(json)) === side));
    assert.ok(sorted.every(({ length }) => length === 1));
    const hashes = outcomeLeaves(sorted.flat().map(({ outcome }) => outcome));
    const tree = createMerkleTree(hashes);
    assert.is(tree.root, committed.get(blockHash));
    sorted.flat().forEach(({ json }, i) => assert.equal(tree.proof(i), proofOf(json)));
  }
  return { proofs: outcomes.length, roots: byBlock.size };
}

/** The place of a leaf shows in the sides of its proof. */
function sidesOf(proof: readonly MerkleStep[]): string {
  return proof.map(({ direction }) => direction).join();
}

function proofOf(json: Json): readonly MerkleStep[] {
  return list(json, "proof").map((step) => ({
    hash: text(step, "hash"),
    direction: text(step, "direction") === "Left" ? "Left" : "Right",
  }));
}

const roots = suite("outcome: roots and proofs of recorded blocks");

roots("chain", async () => {
  assert.equal(await compareOutcomes("chain"), { proofs: 143, roots: 117 });
});

roots("load", async () => {
  assert.equal(await compareOutcomes("load"), { proofs: 311, roots: 22 });
});

roots.run();

const receipts = suite("receipt: receiptCodec");

receipts("reads and writes the bytes of recorded receipts of every form", () => {
  const all = list(vectors, "receipts");
  for (const vector of all) {
    const bytes = decodeHex(text(vector, "bytes"));
    const receipt = decode(receiptCodec, bytes);
    assert.is(receipt.receiptId, text(vector, "receipt_id"));
    assert.is(encodeHex(encode(receiptCodec, receipt)), text(vector, "bytes"));
  }
  assert.is(all.length, 6);
});

receipts.run();
