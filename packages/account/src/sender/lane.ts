/**
 * Nonces reserved in this process. A lane is one row of nonces on chain: a key, or one index of a
 * gas key. Its transactions go out one after another; lanes go in parallel.
 * @module
 */
import type { Transport } from "@yoctonear/rpc";
import { within } from "./deadline.ts";
import { MAX_TIMEOUT } from "./options.ts";
import type { Sending } from "./sending.ts";

/** One row of nonces on one network. */
export interface Lane {
  /** The highest nonce that was handed out; it is never handed out again. */
  lastNonce: bigint;
  /** The highest of them that may still be executed, or was; and the one before it. */
  liveNonce: bigint;
  liveBefore: bigint;
  /** Whether nobody else seems to use the row, so that what this process knows of it is the newest. */
  isOurs: boolean;
  /** The final block that was last seen, while nothing need be asked before the next transaction. */
  recent?: RecentBlock | undefined;
  /** Whether somebody else was met in the row: then it is asked about each time. */
  isShared?: boolean | undefined;
  /** Transactions that hold or wait for the lane. */
  waiting: number;
  /** Settles when the lane is free. */
  tail: Promise<unknown>;
  /** A transaction that nobody has waited for: the next one goes out once it is included. */
  unseen?: Sending | undefined;
  /** Of a plain key's lane: how many rows of nonces the key has, where it is known to be a gas key. */
  rows?: number | undefined;
}

/** A final block, by whom it was seen, and when: milliseconds since 1970. */
export interface RecentBlock {
  readonly hash: string;
  readonly transport: Transport;
  readonly seen: number;
}

/** The lanes of one network, by account, key and nonce index. */
export type Lanes = Map<string, Lane>;

/** Above the last nonce of a key there is room for a million with each block. */
const MAX_LEAP = 1e9;

/** A service that pays from ever new keys does not keep all of them. */
const MAX_LANES = 10_000;

/**
 * Finds a lane, or makes it.
 * @param lanes - those of the network
 * @param accountId - the signer
 * @param publicKey - its key
 * @param nonceIndex - index of a gas key's nonce row, undefined for a plain key
 */
export function laneOf(
  lanes: Lanes,
  accountId: string,
  publicKey: string,
  nonceIndex: number | undefined,
): Lane {
  const name = `${accountId} ${publicKey} ${nonceIndex ?? ""}`;
  const lane = lanes.get(name) ?? {
    lastNonce: 0n,
    liveNonce: 0n,
    liveBefore: 0n,
    isOurs: false,
    waiting: 0,
    tail: Promise.resolve(),
  };
  // The last used stands last: what has been idle for longest goes, since the chain knows it by now.
  lanes.delete(name);
  lanes.set(name, lane);
  for (const [idle, { waiting }] of lanes) {
    if (lanes.size <= MAX_LANES) break;
    if (waiting === 0 && idle !== name) lanes.delete(idle);
  }
  return lane;
}

/**
 * Runs a task when those before it have left the lane. The task leaves it by calling `release`, at
 * the latest when it ends, however it ends.
 * @param lane - the lane
 * @param signal - the caller's, ends the wait; those behind wait on for those before
 * @param task - gets the function that frees the lane early
 */
export async function inLane<T>(
  lane: Lane,
  signal: AbortSignal | undefined,
  task: (release: () => void) => Promise<T>,
): Promise<T> {
  const before = lane.tail;
  let release: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    release = resolve;
  });
  lane.tail = before.then(() => left);
  lane.waiting += 1;
  try {
    const limits = { timeout: MAX_TIMEOUT, signal };
    await (signal ? within(limits, ({ race }) => race(before)) : before);
    return await task(release);
  } finally {
    lane.waiting -= 1;
    release();
  }
}

/** A lane of a key, and the row of a gas key's nonces that it is. */
export interface Row<Key> {
  readonly key: Key;
  readonly lane: Lane;
  readonly nonceIndex: number | undefined;
  /** Set where the row was chosen here: the lane that knows that there are rows. */
  readonly plain?: Lane | undefined;
}

/**
 * Finds the lanes of a key: its rows, where it is known to be a gas key.
 * @param lanes - those of the network
 * @param key - a signer, or whatever has the public key
 * @param nonceIndex - the row, where the caller has chosen one
 */
export function rowsOf<Key extends { readonly publicKey: string }>(
  lanes: Lanes,
  accountId: string,
  key: Key,
  nonceIndex: number | undefined,
): Row<Key>[] {
  const find = (index: number | undefined): Lane => laneOf(lanes, accountId, key.publicKey, index);
  const plain = find(nonceIndex);
  if (nonceIndex !== undefined || plain.rows === undefined) {
    return [{ key, lane: plain, nonceIndex }];
  }
  return Array.from({ length: plain.rows }, (_, index) => ({
    key,
    lane: find(index),
    nonceIndex: index,
    plain,
  }));
}

/** The row with the fewest transactions. */
export function leastBusy<Key>(rows: readonly Row<Key>[]): Row<Key> {
  return rows.reduce((best, row) => (row.lane.waiting < best.lane.waiting ? row : best));
}

/**
 * Takes the next nonce of a lane.
 * @param lane - the lane
 * @param onChain - nonce of the key or row as the chain has it
 * @param isStrict - whether it is only valid right after the one before it
 * @param room - how many nonces above the chain's a block takes by now, where the chain was asked
 * @param isShared - whether other processes may use the lane, too
 */
export function takeNonce(
  lane: Lane,
  onChain: bigint,
  isStrict: boolean,
  room = 0,
  isShared = false,
): bigint {
  // No chain has got so far: those were of one that has been started anew.
  if (room > 0 && lane.lastNonce > onChain + BigInt(room)) lane.lastNonce = lane.liveNonce = 0n;
  const { lastNonce, liveNonce } = lane;
  // Where any higher nonce will do, none is handed out again, whatever became of it.
  const last = isStrict ? liveNonce : lastNonce;
  // Another process that pays the same to the same by the same nonce makes the same transaction: there would be one
  // payment, and both would have made it.
  const isContested = isShared && !isStrict && (last === 0n || onChain > last);
  const reach = isContested ? Math.min(room / 64, MAX_LEAP) : 0;
  const leap = BigInt(Math.floor(Math.random() * reach));
  const nonce = (last > onChain ? last : onChain) + leap + 1n;
  lane.isOurs = true;
  lane.liveBefore = liveNonce;
  keepNonce(lane, nonce);
  return nonce;
}

/** Keeps a nonce from being handed out, and all below it. */
export function keepNonce(lane: Lane, nonce: bigint): void {
  if (nonce > lane.lastNonce) lane.lastNonce = nonce;
  lane.liveNonce = nonce;
}

/** What is proved dead does not come between a strict nonce and the one before it. */
export function buryNonce(lane: Lane, nonce: bigint): void {
  if (lane.liveNonce === nonce) lane.liveNonce = lane.liveBefore;
}
