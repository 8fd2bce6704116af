/**
 * Results that receipts wait for (`runtime/runtime/src/lib.rs` `process_receipt`): rows of data that
 * arrived, of receipts that wait, and of how many data each still lacks.
 * @module
 */
import { bytes, type Codec, decode, encode, option, u32 } from "@yoctonear/borsh";
import { hashCodec } from "../chain/hash.ts";
import { type ActionReceipt, type Receipt, receiptCodec } from "../chain/receipt.ts";
import type { StateUpdate } from "../state/state-update.ts";
import {
  pendingDataCountKey,
  postponedReceiptIdKey,
  postponedReceiptKey,
  receivedDataKey,
} from "../state/trie-key.ts";
import type { PromiseResult } from "./action-scope.ts";
import { internalError } from "./invariant.ts";

const dataCodec: Codec<Uint8Array | null> = /* @__PURE__ */ option(bytes);

/** Takes the data that a receipt waited for, in the order of its inputs. */
export function takePromiseResults(
  state: StateUpdate,
  accountId: string,
  dataIds: readonly string[],
): readonly PromiseResult[] {
  return dataIds.map((dataId) => take(state, receivedDataKey(accountId, dataId), dataCodec));
}

/** Keeps data that has arrived. */
export function storeData(
  state: StateUpdate,
  accountId: string,
  dataId: string,
  data: Uint8Array | null,
): void {
  state.other.set(receivedDataKey(accountId, dataId), encode(dataCodec, data));
}

/** Takes the receipt that waited for this data and lacks nothing more, or `null`. */
export function takeReadyReceipt(
  state: StateUpdate,
  accountId: string,
  dataId: string,
): Receipt | null {
  const idKey = postponedReceiptIdKey(accountId, dataId);
  if (state.other.get(idKey) === null) return null;
  const receiptId = take(state, idKey, hashCodec);
  const countKey = pendingDataCountKey(accountId, receiptId);
  const count = take(state, countKey, u32);
  if (count > 1) {
    state.other.set(countKey, encode(u32, count - 1));
    return null;
  }
  return take(state, postponedReceiptKey(accountId, receiptId), receiptCodec);
}

/** Keeps a receipt that lacks data; says whether it lacks any. */
export function postponeReceipt(
  state: StateUpdate,
  receipt: Receipt,
  { inputDataIds }: ActionReceipt,
): boolean {
  const { receiverId, receiptId } = receipt;
  const missing = inputDataIds.filter(
    (dataId) => state.other.get(receivedDataKey(receiverId, dataId)) === null,
  );
  if (missing.length === 0) return false;
  for (const dataId of missing) {
    state.other.set(postponedReceiptIdKey(receiverId, dataId), encode(hashCodec, receiptId));
  }
  state.other.set(pendingDataCountKey(receiverId, receiptId), encode(u32, missing.length));
  state.other.set(postponedReceiptKey(receiverId, receiptId), encode(receiptCodec, receipt));
  return true;
}

function take<T>(state: StateUpdate, key: Uint8Array, codec: Codec<T>): T {
  const value = state.other.get(key);
  if (value === null) throw internalError("a row of a receipt that waits is missing");
  state.other.remove(key);
  return decode(codec, value);
}
