/**
 * Nonces reserved in this process. A lane is one row of nonces on chain: a key, or one index of a
 * gas key. Its transactions go out one after another; lanes go in parallel.
 * @module
 */
import { within } from "./deadline.ts";
import { MAX_TIMEOUT } from "./options.ts";

/** One row of nonces on one network. */
export interface Lane {
  /** The highest nonce that was handed out; it is never handed out again. */
  lastNonce: bigint;
  /** Whether nobody else seems to use the row, so that what this process knows of it is the newest. */
  isOurs: boolean;
  /** Transactions that hold or wait for the lane. */
  waiting: number;
  /** Settles when the lane is free. */
  tail: Promise<unknown>;
}

/** The lanes of one network, by account, key and nonce index. */
export type Lanes = Map<string, Lane>;

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
    isOurs: false,
    waiting: 0,
    tail: Promise.resolve(),
  };
  // The last used stands last: what has been idle for longest goes, since the chain knows it by now.
  lanes.delete(name);
  lanes.set(name, lane);
  for (const [idle, { waiting }] of lanes) {
    if (lanes.size <= MAX_LANES) break;
    if (waiting === 0) lanes.delete(idle);
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

/**
 * Takes the next nonce of a lane.
 * @param lane - the lane
 * @param onChain - nonce of the key or row as the chain has it
 */
export function takeNonce(lane: Lane, onChain: bigint): bigint {
  const { lastNonce } = lane;
  lane.isOurs = true;
  lane.lastNonce = (lastNonce > onChain ? lastNonce : onChain) + 1n;
  return lane.lastNonce;
}
