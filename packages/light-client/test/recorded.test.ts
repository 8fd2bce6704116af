/**
 * What a real node of 2.13 handed out over nine epochs holds.
 */
import {
  type LightClientState,
  proveOutcome,
  syncLightClient,
  trustBlock,
  verifyStateProof,
  contractDataStateKey,
} from "@yoctonear/light-client";
import { formatHash, sha256 } from "@yoctonear/primitives";
import { decodeBase64 } from "@yoctonear/base";
import { block } from "@yoctonear/rpc";
import { readFullHeader } from "#light-client/full-header";
import { field, integer, type Json, list, loadRecording, record, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { answering } from "./views.ts";

const epochs = await loadRecording("epochs");
const walk = list(epochs, "light_client");

/** The recorded node: light client's blocks by the last hash, proofs by id, producers by epoch. */
const node = answering((method, params) => {
  if (method === "next_light_client_block") {
    const step = walk.find((one) => text(one, "last_block_hash") === params["last_block_hash"]);
    return step === undefined ? {} : field(step, "result");
  }
  if (method === "light_client_proof") {
    const id = params["transaction_hash"] ?? params["receipt_id"];
    const proof = list(epochs, "proofs").find((one) => idOf(one) === id);
    return field(proof ?? null, "result");
  }
  throw new TypeError(`expected no ${method}`);
});

const recorded = suite("light-client: recorded");

/** Block 1, of the first epoch, and the producers of both. */
async function start(): Promise<LightClientState> {
  const [first, second] = list(epochs, "epochs");
  const firstHash = text(walk[0] ?? null, "last_block_hash");
  const producersOf = (epoch: Json | undefined): LightClientState["producers"] =>
    list(epoch ?? null, "ordered").map((one) => ({
      accountId: text(one, "account_id"),
      publicKey: text(one, "public_key"),
      stake: integer(one, "stake"),
    }));
  const header = list(epochs, "blocks")
    .map((block) => field(block, "header"))
    .find((one) => text(one, "hash") === firstHash);
  return {
    head: {
      hash: firstHash,
      prevHash: text(header ?? null, "prev_hash"),
      height: integer(header ?? null, "height"),
      epochId: text(header ?? null, "epoch_id"),
      nextEpochId: text(header ?? null, "next_epoch_id"),
      prevStateRoot: text(header ?? null, "prev_state_root"),
      outcomeRoot: text(header ?? null, "outcome_root"),
      timestamp: integer(header ?? null, "timestamp_nanosec"),
      nextBpHash: text(header ?? null, "next_bp_hash"),
      blockMerkleRoot: text(header ?? null, "block_merkle_root"),
    },
    producers: producersOf(first),
    nextProducers: producersOf(second),
  };
}

recorded("walks through nine epochs, with producers that come and go", async () => {
  const { head, producers, nextProducers } = await syncLightClient(node, await start());
  assert.is(head.height, 576n);
  assert.equal(
    [...producers, ...nextProducers].map(({ accountId }) => accountId),
    ["test.near", "test.near"],
  );
});

recorded("proves 24 outcomes up to a head of seven epochs later", async () => {
  const proofs = list(epochs, "proofs");
  const head = await headAt(text(proofs[0] ?? null, "light_client_head"));
  for (const proof of proofs) {
    const type = text(proof, "type");
    const which =
      type === "transaction"
        ? ({ type, transactionHash: idOf(proof), senderId: "" } as const)
        : ({ type: "receipt", receiptId: idOf(proof), receiverId: "" } as const);
    const outcome = await proveOutcome(node, head, which);
    assert.is(outcome.id, idOf(proof));
    const shown = field(proof, "result", "outcome_proof", "outcome");
    assert.is(outcome.gasBurnt, integer(shown, "gas_burnt"));
    assert.is(outcome.executorId, text(shown, "executor_id"));
  }
  assert.is(proofs.length, 24);
});

recorded("shows that a contract without data has none", () => {
  for (const proof of list(epochs, "state_proofs")) {
    const nodes = list(proof, "result", "proof").map((one) => text(one));
    const root = formatHash(sha256(decodeBase64(nodes[0] ?? "")));
    const key = contractDataStateKey("test.near", new Uint8Array());
    assert.is(verifyStateProof({ root, nodes, key }), null);
    // Without the second node nothing is shown.
    const ask = (): unknown => verifyStateProof({ root, nodes: nodes.slice(0, 1), key });
    assert.throws(ask, /expected the trie node/);
  }
});

recorded(
  "552 headers hash to what they are called, and any other chunk mask to something else",
  async () => {
    const blocks = list(epochs, "blocks");
    for (const one of blocks) {
      const { header } = await block(async () => one);
      assert.is(readFullHeader(header).hash, header.hash);
      const chunk_mask = header.chunk_mask.map((isNew) => !isNew);
      assert.is.not(readFullHeader({ ...header, chunk_mask }).hash, header.hash);
    }
    assert.is(blocks.length, 552);
  },
);

recorded("trusts a hash, and nothing that does not follow from it", async () => {
  const { head } = await start();
  const lying = answering((method) => {
    if (method !== "EXPERIMENTAL_light_client_block_proof") throw new TypeError(method);
    const [, proof] = list(epochs, "proofs");
    return {
      block_header_lite: field(proof ?? null, "result", "block_header_lite"),
      block_proof: [],
    };
  });
  const error = await trustBlock(lying, head.hash).catch(String);
  assert.match(String(error), `expected block ${head.hash}`);
});

recorded.run();

function idOf(proof: Json): string {
  const fields = record(proof);
  return text(fields["transaction_hash"] ?? fields["receipt_id"] ?? null);
}

async function headAt(hash: string): Promise<LightClientState["head"]> {
  const until = answering((method, params) =>
    params["last_block_hash"] === hash ? {} : node({ method, params }),
  );
  const { head } = await syncLightClient(until, await start());
  assert.is(head.hash, hash);
  return head;
}
