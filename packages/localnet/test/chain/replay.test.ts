// Compiles WebAssembly at run time, which workerd forbids.
import type { SignedTransaction } from "@yoctonear/transactions";
import { field, integer, type Json, list, loadRecording, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readAction } from "./recorded.ts";
import { genesis, readSigned, replay } from "./replay.ts";

const replays = suite("chain: recorded chains replayed");

replays("chain: 425 blocks with transactions of every kind", async () => {
  const recording = await loadRecording("chain");
  const transactions = readSigned(recording);
  const { config } = genesis;
  assert.is(replay({ recording, config, transactions, last: 425, isExact: true }), 424);
});

replays("load: 39 blocks, with more than they can hold", async () => {
  const recording = await loadRecording("load");
  const transactions = readSigned(recording);
  const { config } = genesis;
  assert.is(replay({ recording, config, transactions, last: 39, isExact: true }), 38);
});

replays("epochs: nine epochs, with rewards, stakes and a kick-out", async () => {
  const recording = await loadRecording("epochs");
  const transactions = new Map<string, readonly SignedTransaction[]>();
  for (const transaction of list(recording, "transactions")) {
    const blockHash = text(transaction, "result", "transaction_outcome", "block_hash");
    const shown = readShown(field(transaction, "result", "transaction"));
    transactions.set(blockHash, [...(transactions.get(blockHash) ?? []), shown]);
  }
  const config = { ...genesis.config, epochLength: 60 };
  const compared = replay({ recording, config, transactions, last: 551, isExact: false });
  assert.is(compared, 550);
});

/** A transaction as the node shows it, without the block that it names: no state hangs on that. */
function readShown(shown: Json): SignedTransaction {
  return {
    transaction: {
      version: 0,
      signerId: text(shown, "signer_id"),
      publicKey: text(shown, "public_key"),
      nonce: integer(shown, "nonce"),
      receiverId: text(shown, "receiver_id"),
      blockHash: "11111111111111111111111111111111",
      actions: list(shown, "actions").map(readAction),
    },
    signature: text(shown, "signature"),
  };
}

replays.run();
