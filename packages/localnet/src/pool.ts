/**
 * Transactions that wait for a block, and which of them go into the next one.
 * Source: nearcore chain/pool/src/lib.rs, chain/chain/src/runtime/mod.rs (`prepare_transactions`).
 * @module
 */
import { compareBytes, concatBytes, encodeUtf8 } from "@yoctonear/base";
import { encode } from "@yoctonear/borsh";
import { publicKeyCodec } from "@yoctonear/keys";
import { sha256 } from "@yoctonear/primitives";
import type { SignedTransaction, Transaction } from "@yoctonear/transactions";
import { remembering } from "./chain/memory.ts";
import type { Json } from "./runtime/json.ts";
import { nonceOf } from "./runtime/verdict.ts";
import { verifyTransaction } from "./runtime/verifier.ts";
import type { ReceivedTransaction } from "./rpc/transaction-params.ts";
import type { StateUpdate } from "./state/state-update.ts";

/** Against what the transactions of the next block are checked. */
interface BlockPlan {
  /** Of the head; left as it was. */
  readonly state: StateUpdate;
  /** Height of the block to be. */
  readonly height: number;
  /** yoctoNEAR a gas unit in that block. */
  readonly gasPrice: bigint;
  readonly protocolVersion: number;
  readonly isExpired: (blockHash: string) => boolean;
  /** Since when, in milliseconds, a transaction must have been here to come in without those before it. */
  readonly gapsBefore?: number | undefined;
}

/** Transactions waiting for a block. */
export interface Pool {
  /** Adds a transaction; one that is already in is not added again. */
  add(transaction: ReceivedTransaction): void;
  has(hash: string): boolean;
  size(): number;
  /** Takes out the transactions of the next block; drops those that never can be in one. */
  take(plan: BlockPlan): Taken;
  /** Everything that waits, for a snapshot. */
  list(): readonly ReceivedTransaction[];
}

/** What a pool gives for a block. */
interface Taken {
  readonly transactions: readonly SignedTransaction[];
  /** Whether a transaction stays behind whose nonce only a higher block allows. */
  readonly isTooEarly: boolean;
  /** Whether one stays behind that waits for those before it. */
  readonly isHeld: boolean;
}

/** Transactions of one key (or nonce lane), by rising nonce. */
interface Group {
  readonly id: Uint8Array;
  readonly transactions: ReceivedTransaction[];
}

const MAX_GAS = 500_000_000_000_000n;
const MAX_BYTES = 4 * 1024 * 1024;
// A node takes a random one; here the same transactions must give the same block.
const SEED = /* @__PURE__ */ new Uint8Array(32);

/** Makes a pool. */
export function createPool(waiting: readonly ReceivedTransaction[] = []): Pool {
  const groups = new Map<string, Group>();
  /** Hashes, and since when each is here. */
  const hashes = new Map<string, number>();

  const add = (transaction: ReceivedTransaction, since: number): void => {
    if (hashes.has(transaction.hash)) return;
    hashes.set(transaction.hash, since);
    insert(groupOf(groups, transaction.signed.transaction), transaction);
  };
  for (const transaction of waiting) add(transaction, 0);

  return {
    add: (transaction) => add(transaction, Date.now()),
    has: (hash) => hashes.has(hash),
    size: () => hashes.size,
    list: () => [...groups.values()].flatMap(({ transactions }) => transactions),
    take: (plan) => {
      const { taken, gone, isTooEarly, isHeld } = choose([...groups.values()], plan, hashes);
      plan.state.rollback();
      for (const hash of gone) hashes.delete(hash);
      for (const [name, group] of groups) if (group.transactions.length === 0) groups.delete(name);
      return { transactions: taken, isTooEarly, isHeld };
    },
  };
}

interface Choice {
  readonly taken: SignedTransaction[];
  /** Hashes of those taken and of those dropped. */
  readonly gone: string[];
  isTooEarly: boolean;
  isHeld: boolean;
}

/** Round after round takes one transaction of each group, lowest nonce first. */
function choose(
  groups: readonly Group[],
  plan: BlockPlan,
  hashes: ReadonlyMap<string, number>,
): Choice {
  const choice: Choice = { taken: [], gone: [], isTooEarly: false, isHeld: false };
  let active = [...groups].sort((a, b) => compareBytes(a.id, b.id));
  let gas = 0n;
  let bytes = 0;
  while (active.length > 0) {
    const going: Group[] = [];
    for (const group of active) {
      const [transaction] = group.transactions;
      if (transaction === undefined) continue;
      if (gas >= MAX_GAS || bytes + transaction.size > MAX_BYTES) return choice;
      if (isHeld(transaction.signed.transaction, hashes.get(transaction.hash) ?? 0, plan)) {
        choice.isHeld = true;
        continue;
      }
      const verdict = judge(transaction.signed, plan);
      if (verdict === "too early") choice.isTooEarly = true;
      if (verdict === "too early" || verdict === "wait") continue;
      group.transactions.shift();
      choice.gone.push(transaction.hash);
      going.push(group);
      if (verdict === "drop") continue;
      choice.taken.push(transaction.signed);
      gas += verdict;
      bytes += transaction.size;
    }
    active = going;
  }
  return choice;
}

/** Tells whether a transaction has just come and may have overtaken others of its key on the way. */
function isHeld(transaction: Transaction, since: number, plan: BlockPlan): boolean {
  if (plan.gapsBefore === undefined || since < plan.gapsBefore) return false;
  const { signerId: accountId, publicKey } = transaction;
  const index = laneOf(transaction);
  const last =
    index === null
      ? plan.state.accessKeys.get({ accountId, publicKey })?.nonce
      : plan.state.gasKeyNonces.get({ accountId, publicKey, index });
  return typeof last === "bigint" && nonceOf(transaction) > last + 1n;
}

/** Gas that the transaction burns in its block; or that it must wait, or never comes in. */
function judge(signed: SignedTransaction, plan: BlockPlan): bigint | "wait" | "too early" | "drop" {
  const { transaction } = signed;
  const { state } = plan;
  if (plan.isExpired(transaction.blockHash)) return "drop";
  const verdict = verifyTransaction(state, transaction, plan);
  if (verdict.type === "rejected") {
    if (hasKey(verdict.error, "NonceTooLarge")) return "too early";
    return isBehindGap(transaction, verdict.error) ? "wait" : "drop";
  }
  if (verdict.type === "depositFailed") return "drop";
  const { signerId: accountId, publicKey } = transaction;
  state.accounts.set(accountId, verdict.account);
  if (verdict.accessKey !== null) {
    state.accessKeys.set({ accountId, publicKey }, verdict.accessKey);
  }
  if (verdict.lane !== null) {
    const { index, nonce } = verdict.lane;
    state.gasKeyNonces.set({ accountId, publicKey, index }, nonce);
  }
  return verdict.cost.burntGas;
}

/** Tells whether a strict transaction was refused only since one before it is still missing. */
export function isBehindGap(transaction: Transaction, error: Json): boolean {
  if (transaction.version === 0 || transaction.nonceMode !== "strict") return false;
  if (!hasKey(error, "InvalidNonce") || !hasKey(error.InvalidNonce, "ak_nonce")) return false;
  const last = error.InvalidNonce.ak_nonce;
  return (typeof last === "number" || typeof last === "bigint") && nonceOf(transaction) > last;
}

function hasKey<K extends string>(value: Json, key: K): value is { readonly [name in K]: Json } {
  return typeof value === "object" && value !== null && key in value;
}

function groupOf(groups: Map<string, Group>, transaction: Transaction): Group {
  const { signerId, publicKey } = transaction;
  const lane = laneOf(transaction);
  const name = `${signerId} ${publicKey} ${lane ?? ""}`;
  const known = groups.get(name);
  if (known !== undefined) return known;
  const group = { id: groupId(name), transactions: [] };
  groups.set(name, group);
  return group;
}

/** Computed of the name alone, and remembered: a group lasts no longer than its transactions. */
const groupId: (name: string) => Uint8Array = /* @__PURE__ */ remembering((name) => {
  const [signerId = "", publicKey = "", lane = ""] = name.split(" ");
  const key = concatBytes(encode(publicKeyCodec, publicKey), SEED, encodeUtf8(signerId));
  const suffix = lane === "" ? [] : [Number(lane) & 0xff, Number(lane) >> 8];
  return sha256(concatBytes(key, Uint8Array.from(suffix)));
});

function laneOf(transaction: Transaction): number | null {
  if (transaction.version === 0 || transaction.nonce.type === "nonce") return null;
  return transaction.nonce.nonceIndex;
}

/** Keeps the order of nonces; of equal ones the first to come stays first. */
function insert({ transactions }: Group, transaction: ReceivedTransaction): void {
  const nonce = nonceOf(transaction.signed.transaction);
  let index = transactions.length;
  while (index > 0) {
    const before = transactions[index - 1];
    if (before === undefined || nonceOf(before.signed.transaction) <= nonce) break;
    index -= 1;
  }
  transactions.splice(index, 0, transaction);
}
