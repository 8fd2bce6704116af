// Compiles WebAssembly at run time, which workerd forbids.
import { createLocalnet } from "@yoctonear/localnet";
import { isRpcError } from "@yoctonear/rpc";
import { field, has, type Json, list, loadRecording, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { genesis, readSigned, replay } from "../chain/replay.ts";

const HASH = "3zpXJJNiRJZtBVEvajZcjxspNorxXDXHy4wDYd6aG2MH";

const origins = suite("receipts: where they come from");

origins(
  "every receipt of a recorded chain leads to its transaction, data and time-outs too",
  async () => {
    const recording = await loadRecording("chain");
    const parents = new Map<string, string>();
    replay({
      recording,
      config: genesis.config,
      transactions: readSigned(recording),
      last: 425,
      isExact: true,
      onApplied: (_, { createdReceipts, receiptParents }) => {
        assert.is(createdReceipts.length, receiptParents.length);
        for (const [i, { receiptId }] of createdReceipts.entries()) {
          parents.set(receiptId, receiptParents[i] ?? "");
        }
      },
    });
    const originOf = (id: string): string => {
      let origin = id;
      for (let parent = parents.get(id); parent !== undefined; parent = parents.get(parent)) {
        origin = parent;
      }
      return origin;
    };
    let executed = 0;
    const hashes = new Set<string>();
    for (const { result, hash } of list(recording, "transactions").map(readTransaction)) {
      hashes.add(hash);
      for (const outcome of list(result, "receipts_outcome")) {
        assert.is(originOf(text(outcome, "id")), hash);
        executed += 1;
      }
    }
    // Those on their way that have no outcome: data, resumptions, global contracts.
    const kinds = new Set<string>();
    for (const chunk of list(recording, "chunks")) {
      for (const receipt of list(chunk, "receipts")) {
        assert.ok(hashes.has(originOf(text(receipt, "receipt_id"))), text(receipt, "receipt_id"));
        const isData = has(field(receipt, "receipt"), "Data");
        kinds.add(isData ? `data ${isResume(receipt)}` : "action");
      }
    }
    assert.ok(executed > 90, String(executed));
    assert.equal([...kinds].sort(), ["action", "data false", "data true"]);
  },
);

function readTransaction(one: Json): { readonly result: Json; readonly hash: string } {
  return { result: field(one, "result"), hash: text(one, "hash") };
}

function isResume(receipt: Json): boolean {
  return field(receipt, "receipt", "Data", "is_promise_resume") === true;
}

origins("a node says which receipt it does not know, and which hints make no sense", async () => {
  const { transport } = await createLocalnet();
  const method = "EXPERIMENTAL_receipt_to_tx";
  for (const [params, code, info] of [
    [{ receipt_id: HASH }, "UNKNOWN_RECEIPT", { receipt_id: HASH }],
    [{ receipt_id: HASH, block_height: 5, shard_id: 0, window: 20 }, "UNKNOWN_RECEIPT", null],
    [
      { receipt_id: HASH, shard_id: 0 },
      "MALFORMED_HINT",
      { error_message: "shard_id requires block_height" },
    ],
    [
      { receipt_id: HASH, window: 1 },
      "MALFORMED_HINT",
      { error_message: "window requires block_height" },
    ],
    [
      { receipt_id: HASH, block_height: 5, window: 21 },
      "WINDOW_TOO_LARGE",
      { requested: 21, maximum: 20 },
    ],
    [{}, "PARSE_ERROR", { error_message: "Failed parsing args: missing field `receipt_id`" }],
    [
      [HASH],
      "PARSE_ERROR",
      {
        error_message:
          "Failed parsing args: invalid type: sequence, expected struct RpcReceiptToTxRequest",
      },
    ],
  ] as const) {
    const error = await transport({ method, params }).catch((reason: unknown) => reason);
    assert.ok(isRpcError(error), code);
    assert.is(error.code, code);
    if (info !== null) assert.equal(error.data, info);
  }
});

origins.run();
