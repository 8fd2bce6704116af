/**
 * Nonces reserved in this process. A lane is one row of nonces on chain: a key, or one index of a
 * gas key. Its transactions go out one after another; lanes go in parallel.
 * @module
 */

/** One row of nonces on one network. */
export interface Lane {
  /** The highest nonce that was handed out; undefined until one was. */
  lastNonce: bigint | undefined;
  /** Transactions that hold or wait for the lane. */
  waiting: number;
  /** Settles when the lane is free. */
  tail: Promise<unknown>;
}

/** The lanes of one network, by account, key and nonce index. */
export type Lanes = Map<string, Lane>;

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
  const known = lanes.get(name);
  if (known !== undefined) return known;
  const lane: Lane = { lastNonce: undefined, waiting: 0, tail: Promise.resolve() };
  lanes.set(name, lane);
  return lane;
}

/**
 * Runs a task when those before it have left the lane. The task leaves it by calling `release`, at
 * the latest when it ends, however it ends.
 * @param lane - the lane
 * @param task - gets the function that frees the lane early
 */
export async function inLane<T>(lane: Lane, task: (release: () => void) => Promise<T>): Promise<T> {
  const before = lane.tail;
  let release: () => void = () => undefined;
  lane.tail = new Promise<void>((resolve) => {
    release = resolve;
  });
  lane.waiting += 1;
  try {
    await before;
    return await task(release);
  } finally {
    lane.waiting -= 1;
    release();
  }
}

/**
 * Takes the next nonce of a lane; only its holder may.
 * @param lane - the lane
 * @param onChain - nonce of the key or row as the chain has it
 */
export function takeNonce(lane: Lane, onChain: bigint): bigint {
  const last = lane.lastNonce;
  const nonce = (last !== undefined && last > onChain ? last : onChain) + 1n;
  lane.lastNonce = nonce;
  return nonce;
}

/**
 * Forgets what was handed out, after a nonce that was not used: a gap would be harmless, but a
 * nonce from another chain's past would not.
 */
export function forgetNonces(lane: Lane): void {
  lane.lastNonce = undefined;
}
