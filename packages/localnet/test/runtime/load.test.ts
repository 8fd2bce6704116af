// Compiles WebAssembly at run time, which workerd forbids.
import { decodeBase64 } from "@yoctonear/base";
import { decodeSignedTransaction } from "@yoctonear/transactions";
import { integer, type Json, list, loadRecording, record, text } from "@yoctonear/vectors";
import { parseGenesis } from "#localnet/chain/genesis";
import { outcomeWithIdView } from "#localnet/rpc/outcome-view";
import { receiptView } from "#localnet/rpc/receipt-view";
import { NO_CONGESTION } from "#localnet/runtime/context";
import { trieRoot } from "#localnet/state/trie";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createMiniChain, produceBlock } from "./mini-chain.ts";
import { compare } from "./scenarios.ts";

const test = suite("runtime: full blocks");

test("delayed receipts, congestion, prices and state roots are those of 39 recorded blocks", async () => {
  const recording = await loadRecording("load");
  const blocks = list(recording, "blocks");
  const signed = new Map<string, string>();
  const outcomes = new Map<string, Json>();
  for (const transaction of list(recording, "transactions")) {
    signed.set(text(transaction, "hash"), text(transaction, "signed_tx_base64"));
    for (const outcome of list(transaction, "result", "receipts_outcome")) {
      outcomes.set(text(outcome, "id"), record(outcome, "outcome"));
    }
  }
  const chunks = new Map<bigint, Json>();
  for (const chunk of list(recording, "chunks")) {
    chunks.set(integer(chunk, "header", "height_created"), chunk);
  }
  const chain = createMiniChain(parseGenesis(record(await loadRecording("genesis"))).state);
  let congestion = NO_CONGESTION;
  let delayed = 0;
  for (const [height, block] of blocks.entries()) {
    if (height === 0) continue;
    const hasNewChunk = integer(block, "chunks", 0, "height_included") === BigInt(height);
    const chunk = hasNewChunk ? chunks.get(BigInt(height)) : undefined;
    const transactions = (chunk === undefined ? [] : list(chunk, "transactions")).map((one) =>
      decodeSignedTransaction(decodeBase64(signed.get(text(one, "hash")) ?? "")),
    );
    if (chunk !== undefined) {
      assert.equal(
        compare("receipts", chain.incoming.map(receiptView), list(chunk, "receipts")),
        [],
      );
    }
    const result = produceBlock(chain, transactions, {
      hasNewChunk,
      gasPrice: integer(blocks[height - 1] ?? null, "header", "gas_price"),
      congestion,
    });
    ({ congestion } = result);
    if (congestion.delayedReceiptsGas > 0n) delayed++;
    for (const outcome of result.outcomes) {
      const recorded = outcomes.get(outcome.id);
      if (recorded === undefined) continue;
      const view = record(outcomeWithIdView(outcome, "", []), "outcome");
      assert.equal(compare(`block ${height}`, view, recorded), []);
    }
    const next = blocks[height + 1];
    if (next === undefined) break;
    const header = list(next, "chunks")[0] ?? null;
    const place = `after block ${height}`;
    assert.is(trieRoot(chain.state), text(header, "prev_state_root"), place);
    assert.is(result.gasUsed, integer(header, "gas_used"), place);
    assert.is(result.balanceBurnt, integer(header, "balance_burnt"), place);
    assert.equal(
      congestion,
      {
        delayedReceiptsGas: integer(header, "congestion_info", "delayed_receipts_gas"),
        bufferedReceiptsGas: integer(header, "congestion_info", "buffered_receipts_gas"),
        receiptBytes: integer(header, "congestion_info", "receipt_bytes"),
      },
      place,
    );
  }
  assert.is(chain.height, 39);
  assert.is(delayed, 12);
});

test.run();
