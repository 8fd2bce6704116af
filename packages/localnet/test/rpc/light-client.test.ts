/**
 * A light client's blocks and proofs, equal to those that a real node gave for the same headers.
 */
import { createLocalnet } from "@yoctonear/localnet";
import { stringifyJson } from "@yoctonear/rpc";
import { field, type Json, list, loadRecording, parse, record, text } from "@yoctonear/vectors";
import {
  appendBlockHash,
  type BlockMerkleTree,
  createMerkleTree,
  EMPTY_BLOCK_MERKLE_TREE,
} from "#localnet/chain/merkle";
import { hashBytes } from "#localnet/chain/hash";
import { proveBlock } from "#localnet/chain/block-proof";
import {
  answerBlockProof,
  answerLightClientProof,
  answerNextLightClientBlock,
  type ProofSource,
  type ProvedBlock,
} from "#localnet/rpc/light-client";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readBlock, readOutcome, readOutcomes, readStake } from "../chain/recorded.ts";

const epochs = await loadRecording("epochs");
const genesis = record(await loadRecording("genesis"));

/** The recorded chain, as far as it goes. */
function recordedChain(): ProofSource {
  const blocks: ProvedBlock[] = [];
  let merkleTree: BlockMerkleTree = EMPTY_BLOCK_MERKLE_TREE;
  for (const json of list(epochs, "blocks")) {
    const { header } = readBlock(json);
    blocks.push({ header, merkleTree });
    merkleTree = appendBlockHash(merkleTree, header.hash);
  }
  const byHash = new Map(blocks.map((block) => [block.header.hash, block]));
  const head = blocks.at(-1);
  const final = byHash.get(head?.header.lastFinalBlock ?? "");
  if (head === undefined || final === undefined) throw new TypeError("expected blocks");
  const executed = readOutcomes(epochs);
  return {
    head: () => head,
    final: () => final,
    blockByHash: (hash) => byHash.get(hash),
    blockByOrdinal: (ordinal) => blocks[ordinal - 1],
    lastBlockOf: (epochId) =>
      blocks.filter(({ header }) => header.epochId === epochId).at(-1) ?? null,
    nextProducers: (hash) => {
      const next = byHash.get(hash)?.header.nextEpochId;
      const epoch = list(epochs, "epochs").find((one) => text(one, "epoch_id") === next);
      return list(epoch ?? null, "ordered").map(readStake);
    },
    outcome: (id) => {
      const placed = executed.get(id);
      return placed && { ...placed, proof: () => [] };
    },
  };
}

const testRecorded = suite("light client: as a real node answers");

testRecorded("walks from epoch to epoch, block for block", () => {
  const source = recordedChain();
  const walk = list(epochs, "light_client");
  // When the last was asked for, the chain was longer than what is recorded of it.
  for (const step of walk.slice(0, -1)) {
    const params = { last_block_hash: text(step, "last_block_hash") };
    equal(answerNextLightClientBlock(source, params), field(step, "result"));
  }
  assert.is(walk.length, 9);
});

testRecorded("proves 24 outcomes", () => {
  const proofs = list(epochs, "proofs");
  const source = recordedChain();
  for (const proof of proofs) {
    const theirs = field(proof, "result");
    const outcome = readOutcome(field(theirs, "outcome_proof"));
    const steps = list(theirs, "outcome_proof", "proof").map((step) => ({
      hash: text(step, "hash"),
      direction: text(step, "direction") === "Left" ? ("Left" as const) : ("Right" as const),
    }));
    const given: ProofSource = {
      ...source,
      outcome: (id) => {
        const placed = source.outcome(id);
        return placed && { ...placed, outcome, proof: () => steps };
      },
    };
    const ours = answerLightClientProof(given, record(proof));
    equal(withoutMetadata(ours), withoutMetadata(theirs));
    const asked = {
      block_hash: text(theirs, "outcome_proof", "block_hash"),
      light_client_head: text(proof, "light_client_head"),
    };
    const block = answerBlockProof(source, asked);
    equal(field(plain(block), "block_proof"), field(theirs, "block_proof"));
  }
  assert.is(proofs.length, 24);
});

testRecorded("proves each block to each later one as a tree of all of them does", () => {
  const source = recordedChain();
  const at = (index: number): ProvedBlock | undefined => source.blockByOrdinal(index + 1);
  for (let size = 1; size <= 70; size++) {
    const hashes = Array.from({ length: size }, (_, i) => at(i)?.header.hash ?? "");
    const leaves = new Uint8Array(hashes.length * 32);
    hashes.forEach((hash, i) => leaves.set(hashBytes(hash), i * 32));
    const tree = createMerkleTree(leaves);
    const later = at(size);
    if (later === undefined) throw new TypeError("expected a block");
    for (let index = 0; index < size; index++) {
      assert.equal(proveBlock(index, later.merkleTree, at), tree.proof(index));
    }
  }
});

const testErrors = suite("light client: errors");

testErrors("nothing newer, nothing known, nothing final", async () => {
  const chain = await createLocalnet({ genesis: { ...genesis, epoch_length: 60 } });
  const ask = (method: string, params: unknown): Promise<unknown> =>
    chain.transport({ method, params });
  const next = (hash: string): Promise<unknown> => ask("next_light_client_block", [hash]);
  const hashAt = async (height: number): Promise<string> =>
    text(plain(await ask("block", { block_id: height })), "header", "hash");
  // Block 1 has no final block before it.
  assert.match(await failure(next(await hashAt(1))), "UNKNOWN_BLOCK");
  await chain.produceBlocks(4);
  assert.equal(await next(await hashAt(3)), {});
  assert.is(field(plain(await next(await hashAt(0))), "inner_lite", "height"), 3);
  const [first, third, head] = [await hashAt(1), await hashAt(3), await hashAt(5)];
  const proof = (block: string, light: string): Promise<unknown> =>
    ask("EXPERIMENTAL_light_client_block_proof", { block_hash: block, light_client_head: light });
  assert.equal(field(plain(await proof(third, third)), "block_proof"), []);
  assert.match(await failure(proof(first, head)), "not on current chain");
  assert.match(await failure(proof(third, first)), "is ahead of head block");
  assert.match(
    await failure(proof(first, "67WKXSxm4oc149PvQjdXLacKFZpK5DyYdqBwpiVydJbb")),
    "UNKNOWN_BLOCK",
  );
});

testErrors("who does not produce has nothing to do until the epoch ends", async () => {
  const chain = await createLocalnet({ genesis: { ...genesis, epoch_length: 60 } });
  await chain.produceBlocks(4);
  const ask = (accountId: string): Promise<unknown> =>
    chain.transport({ method: "maintenance_windows", params: { account_id: accountId } });
  assert.equal(await ask("test.near"), []);
  assert.equal(await ask("alice.test.near"), [{ start: 5, end: 61 }]);
});

testRecorded.run();
testErrors.run();

async function failure(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => "no failure", String);
}

function equal(ours: unknown, theirs: Json): void {
  assert.equal(sorted(plain(ours)), sorted(theirs));
}

function plain(value: unknown): Json {
  return parse(stringifyJson(value));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => sorted(entry));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(record(value)).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}

/** It is not part of what is proved. */
function withoutMetadata(value: unknown): Json {
  const answer = record(plain(value));
  const outcome = record(field(answer, "outcome_proof"));
  const { metadata: _, ...rest } = record(field(outcome, "outcome"));
  return { ...answer, outcome_proof: { ...outcome, outcome: rest } };
}
