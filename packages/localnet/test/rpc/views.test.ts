import { field, list, loadRecording, text } from "@yoctonear/vectors";
import { blockView, chunkView } from "#localnet/rpc/block-view";
import { outcomeWithIdView } from "#localnet/rpc/outcome-view";
import { transactionView } from "#localnet/rpc/transaction-view";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  readBlock,
  readChunkHeader,
  readOutcomes,
  readReceipt,
  readTransactions,
} from "../chain/recorded.ts";

const chain = await loadRecording("chain");
const load = await loadRecording("load");
const epochs = await loadRecording("epochs");

const testViews = suite("views: what a node showed, read and shown again");

for (const [name, recording] of Object.entries({ chain, load, epochs })) {
  testViews(`every block of ${name}`, () => {
    for (const block of list(recording, "blocks")) {
      const { header, chunks } = readBlock(block);
      assert.equal(blockView(text(block, "author"), header, chunks), block);
    }
  });
}

for (const [name, recording] of Object.entries({ chain, load })) {
  const transactions = readTransactions(recording);
  const outcomes = readOutcomes(recording);
  const fromTransactions = new Set(
    [...transactions.keys()].flatMap((hash) => outcomes.get(hash)?.outcome.receiptIds ?? []),
  );

  testViews(`every chunk of ${name}, its transactions and receipts`, () => {
    for (const chunk of list(recording, "chunks")) {
      const shown = list(chunk, "transactions").map((transaction) => {
        const hash = text(transaction, "hash");
        const signed = transactions.get(hash);
        if (signed === undefined) throw new TypeError(`expected transaction ${hash}`);
        return transactionView(signed, hash);
      });
      const receipts = list(chunk, "receipts").map((receipt) =>
        readReceipt(receipt, fromTransactions),
      );
      const header = readChunkHeader(field(chunk, "header"));
      assert.equal(chunkView(text(chunk, "author"), header, shown, receipts), chunk);
    }
  });

  testViews(`every outcome of ${name}, but for its metadata`, () => {
    for (const { blockHash, outcome, json } of outcomes.values()) {
      const view = outcomeWithIdView(outcome, blockHash, []);
      const shown = field(view, "outcome", "status");
      assert.equal(shown, field(json, "outcome", "status"));
      for (const name of ["logs", "receipt_ids", "gas_burnt", "tokens_burnt", "executor_id"]) {
        assert.equal(field(view, "outcome", name), field(json, "outcome", name));
      }
    }
  });
}

testViews.run();
