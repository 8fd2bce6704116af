/**
 * The values that every library works on. Nothing is random: each run does the same work.
 * @module
 */
import { formatHash } from "yoctonear/primitives";

const CODE_LENGTH = 300_000;
/** More than ours remembers, so that each of them is met as if for the first time. */
const VARIED = 1024;

/** The account that signs, its key, and what it signs. */
export interface Sample {
  readonly signerId: string;
  readonly receiverId: string;
  readonly secretKey: `ed25519:${string}`;
  readonly publicKey: `ed25519:${string}`;
  readonly blockHash: string;
  /** Of the transfer; the deploy has the next one */
  readonly nonce: bigint;
  /** yoctoNEAR */
  readonly amount: bigint;
  readonly code: Uint8Array<ArrayBuffer>;
}

/** The one sample. */
export const sample: Sample = {
  signerId: "alice.near",
  receiverId: "bob.near",
  secretKey:
    "ed25519:3KyUuch8pYP47krBq4DosFEVBMR5wDTMQ8AThzM8kAEcBQEpsPdYTZ2FPX5ZnSoLrerjwg66hwwJaW1wHzprd5k3",
  publicKey: "ed25519:DcA2MzgpJbrUATQLLceocVckhhAqrkingax4oJ9kZ847",
  blockHash: formatHash(bytesFrom(0, 32)),
  nonce: 103_812_000_000_001n,
  amount: 1_500_000_000_000_000_000_000_000n,
  code: bytesFrom(1, CODE_LENGTH),
};

/** Keys and blocks, no two of them the same. */
export const varied: readonly { readonly publicKey: string; readonly blockHash: string }[] =
  Array.from({ length: VARIED }, (_, index) => ({
    publicKey: `ed25519:${formatHash(bytesFrom(2 * index + 2, 32))}`,
    blockHash: formatHash(bytesFrom(2 * index + 3, 32)),
  }));

/** Gives the items in turn, for ever. */
export function inTurn<T>(items: readonly T[]): () => T {
  let index = 0;
  return () => {
    const item = items[index++ % items.length];
    if (item === undefined) throw new RangeError("expected items, got none");
    return item;
  };
}

/** Makes bytes that look like any others: a linear congruential generator. */
function bytesFrom(seed: number, length: number): Uint8Array<ArrayBuffer> {
  let state = seed + 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
