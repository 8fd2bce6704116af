/**
 * Yielded promises (NEP-519): rows of calls that wait for their account to resume them, of the ids by which
 * it may, and of when they time out.
 * @module
 */
import { type Codec, decode, encode, string, struct, u64 } from "@yoctonear/borsh";
import { hashCodec } from "../chain/hash.ts";
import { type ActionReceipt, type Receipt, receiptCodec } from "../chain/receipt.ts";
import type { StateUpdate } from "../state/state-update.ts";
import {
  yieldDataIdKey,
  yieldIdKey,
  yieldReceiptKey,
  yieldStatusKey,
  yieldTimeoutIndicesKey,
  yieldTimeoutKey,
} from "../state/trie-key.ts";
import { type ChunkRun, emitReceipt, hasComputeLeft } from "./chunk-run.ts";
import { internalError } from "./invariant.ts";
import { YIELD_TIMEOUT } from "./parameters.ts";
import { receiptId } from "./receipt-id.ts";

/** A yield as its contract has made it; ids are base58. */
export interface NewYield {
  readonly accountId: string;
  readonly dataId: string;
  /** The contract's own id of it, if any. */
  readonly yieldId: string | null;
}

interface QueueIndices {
  readonly first: bigint;
  readonly next: bigint;
}

interface Timeout {
  readonly accountId: string;
  readonly dataId: string;
  readonly expiresAt: bigint;
}

const indicesCodec: Codec<QueueIndices> = /* @__PURE__ */ struct({ first: u64, next: u64 });
const timeoutCodec: Codec<Timeout> = /* @__PURE__ */ struct({
  accountId: string,
  dataId: hashCodec,
  expiresAt: u64,
});

const YIELDED = 0;
const RESUMED = 1;

/** Takes note of a yield that a call has made: its receipt is yet to come. */
export function announceYield(state: StateUpdate, made: NewYield, height: number): void {
  const { accountId, dataId, yieldId } = made;
  const { other } = state;
  const { first, next } = queueIndices(state);
  const expiresAt = BigInt(height) + YIELD_TIMEOUT;
  other.set(yieldTimeoutKey(next), encode(timeoutCodec, { accountId, dataId, expiresAt }));
  other.set(yieldTimeoutIndicesKey(), encode(indicesCodec, { first, next: next + 1n }));
  other.set(yieldStatusKey(accountId, dataId), Uint8Array.of(YIELDED));
  if (yieldId === null) return;
  other.set(yieldDataIdKey(accountId, yieldId), encode(hashCodec, dataId));
  other.set(yieldIdKey(accountId, dataId), encode(hashCodec, yieldId));
}

/** Takes note that data for a yield is on its way. */
export function announceResume(state: StateUpdate, accountId: string, dataId: string): void {
  state.other.set(yieldStatusKey(accountId, dataId), Uint8Array.of(RESUMED));
}

/** Tells whether a yield waits for data, be some on its way or not. */
export function hasYield({ other }: StateUpdate, accountId: string, dataId: string): boolean {
  return (
    other.get(yieldReceiptKey(accountId, dataId)) !== null ||
    other.get(yieldStatusKey(accountId, dataId)) !== null
  );
}

/** Data id, 32 bytes, of the yield that was made under an id, or `null`. */
export function yieldDataId(
  { other }: StateUpdate,
  accountId: string,
  yieldId: string,
): Uint8Array | null {
  return other.get(yieldDataIdKey(accountId, yieldId));
}

/** Keeps the receipt of a yield. */
export function keepYield(state: StateUpdate, receipt: Receipt, body: ActionReceipt): void {
  const [dataId] = body.inputDataIds;
  if (dataId === undefined) throw internalError("a yield waits for nothing");
  state.other.set(yieldReceiptKey(receipt.receiverId, dataId), encode(receiptCodec, receipt));
}

/** Takes the receipt of a yield with all that is known of it, or `null` where it was resumed before. */
export function takeYield(state: StateUpdate, accountId: string, dataId: string): Receipt | null {
  const { other } = state;
  const key = yieldReceiptKey(accountId, dataId);
  const bytes = other.get(key);
  if (bytes === null) return null;
  other.remove(key);
  other.remove(yieldStatusKey(accountId, dataId));
  const idKey = yieldIdKey(accountId, dataId);
  const yieldId = other.get(idKey);
  if (yieldId !== null) {
    other.remove(idKey);
    other.remove(yieldDataIdKey(accountId, decode(hashCodec, yieldId)));
  }
  return decode(receiptCodec, bytes);
}

/** Resumes, without data, the yields whose time is up: in the next chunk their calls see a failed promise. */
export function resumeTimedOut(run: ChunkRun): void {
  const { state, context } = run;
  const { other } = state;
  const { first, next } = queueIndices(state);
  let index = first;
  let sent = 0;
  for (; index < next && hasComputeLeft(run); index++) {
    const key = yieldTimeoutKey(index);
    const bytes = other.get(key);
    if (bytes === null) throw internalError(`the timeout ${index} of a yield is missing`);
    const { accountId, dataId, expiresAt } = decode(timeoutCodec, bytes);
    if (expiresAt > BigInt(context.height)) break;
    other.remove(key);
    // Where data is on its way already, that comes first and this has no effect.
    const waiting = other.get(yieldReceiptKey(accountId, dataId));
    if (waiting === null) continue;
    const resume: Receipt = {
      predecessorId: accountId,
      receiverId: accountId,
      receiptId: receiptId(dataId, context.height, sent++),
      body: { type: "promiseResume", dataId, data: null },
    };
    emitReceipt(run, resume, decode(receiptCodec, waiting).receiptId);
  }
  if (index === first) return;
  other.set(yieldTimeoutIndicesKey(), encode(indicesCodec, { first: index, next }));
  state.commit({ type: "updatedDelayedReceipts" });
}

function queueIndices({ other }: StateUpdate): QueueIndices {
  const bytes = other.get(yieldTimeoutIndicesKey());
  return bytes === null ? { first: 0n, next: 0n } : decode(indicesCodec, bytes);
}
