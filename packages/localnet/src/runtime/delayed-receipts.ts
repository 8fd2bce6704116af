/**
 * The queue of receipts for which a chunk had no compute left (`core/store/src/trie/receipts_column_helper.rs`).
 * @module
 */
import { type Codec, decode, encode, struct, u64, u8, Writer } from "@yoctonear/borsh";
import { isActionReceipt, type Receipt, receiptCodec } from "../chain/receipt.ts";
import { delayedReceiptIndicesKey, delayedReceiptKey } from "../state/trie-key.ts";
import type { ChunkRun } from "./chunk-run.ts";
import { internalError } from "./invariant.ts";
import { prepaidTotal } from "@yoctonear/transactions/cost";

interface QueueIndices {
  readonly first: bigint;
  readonly next: bigint;
}

/** A receipt with what it adds to the shard's congestion. */
interface StoredReceipt {
  readonly receipt: Receipt;
  readonly gas: bigint;
  readonly size: bigint;
}

const indicesCodec: Codec<QueueIndices> = /* @__PURE__ */ struct({ first: u64, next: u64 });

/** No plain receipt begins so: a name of 65,535 bytes is too long. */
const STORED_RECEIPT_TAG = [0xff, 0xff, 0x01] as const;

const storedReceiptCodec: Codec<StoredReceipt> = {
  write: (writer, { receipt, gas, size }) => {
    writer.writeBytes(Uint8Array.from(STORED_RECEIPT_TAG));
    receiptCodec.write(writer, receipt);
    u64.write(writer, gas);
    u64.write(writer, size);
  },
  read: (reader) => {
    for (const byte of STORED_RECEIPT_TAG) {
      if (u8.read(reader) !== byte) throw internalError("a delayed receipt has another form");
    }
    return {
      receipt: receiptCodec.read(reader),
      gas: u64.read(reader),
      size: u64.read(reader),
    };
  },
};

/** Puts a receipt at the end of the queue. */
export function delayReceipt(run: ChunkRun, receipt: Receipt): void {
  const { other } = run.state;
  const { first, next } = queueIndices(run);
  const writer = new Writer();
  receiptCodec.write(writer, receipt);
  const size = BigInt(writer.offset);
  const gas = isActionReceipt(receipt.body)
    ? prepaidTotal(receipt.body.actions, receipt.receiverId, run.context.protocolVersion)
    : 0n;
  other.set(delayedReceiptKey(next), encode(storedReceiptCodec, { receipt, gas, size }));
  other.set(delayedReceiptIndicesKey(), encode(indicesCodec, { first, next: next + 1n }));
  run.state.commit({ type: "updatedDelayedReceipts" });
  addCongestion(run, gas, size);
}

/** Takes the first receipt of the queue, or `null`. */
export function takeDelayedReceipt(run: ChunkRun): Receipt | null {
  const { first, next } = queueIndices(run);
  if (first === next) return null;
  const { other } = run.state;
  const key = delayedReceiptKey(first);
  const bytes = other.get(key);
  if (bytes === null) throw internalError(`the delayed receipt ${first} is missing`);
  const { receipt, gas, size } = decode(storedReceiptCodec, bytes);
  other.remove(key);
  other.set(delayedReceiptIndicesKey(), encode(indicesCodec, { first: first + 1n, next }));
  run.state.commit({ type: "updatedDelayedReceipts" });
  addCongestion(run, -gas, -size);
  return receipt;
}

function queueIndices({ state }: ChunkRun): QueueIndices {
  const bytes = state.other.get(delayedReceiptIndicesKey());
  return bytes === null ? { first: 0n, next: 0n } : decode(indicesCodec, bytes);
}

function addCongestion(run: ChunkRun, gas: bigint, size: bigint): void {
  const { delayedReceiptsGas, bufferedReceiptsGas, receiptBytes } = run.congestion;
  run.congestion = {
    delayedReceiptsGas: delayedReceiptsGas + gas,
    bufferedReceiptsGas,
    receiptBytes: receiptBytes + size,
  };
}
