/**
 * The time of the blocks.
 * @module
 */
import { BLOCK_TIME } from "./chain/chain.ts";

/** Tells the time of the block in the making. */
export interface Clock {
  /** Nanoseconds since 1970. */
  now(): bigint;
  /**
   * Goes on to the next block.
   * @param before - timestamp of the block before
   * @param heights - how much higher the block is than the one before
   */
  tick(before: bigint, heights: number): void;
  /** Lets nanoseconds pass. */
  advance(nanoseconds: bigint): void;
  /** How much was let pass that shows in no block yet. */
  ahead(): bigint;
  /** Goes back to that. */
  setAhead(nanoseconds: bigint): void;
}

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/**
 * A clock that goes on with the blocks only: each height takes the same time.
 * @param genesisTime - nanoseconds since 1970
 */
export function createVirtualClock(genesisTime: bigint): Clock {
  let ahead = 0n;
  let now = genesisTime + BLOCK_TIME;
  return {
    now: () => now,
    tick: (before, heights) => {
      now = before + BigInt(heights) * BLOCK_TIME + ahead;
      ahead = 0n;
    },
    advance: (nanoseconds) => {
      ahead += nanoseconds;
    },
    ahead: () => ahead,
    setAhead: (nanoseconds) => {
      ahead = nanoseconds;
    },
  };
}

/** This machine's clock, ahead by what was let pass and by the heights that were skipped. */
export function createRealClock(): Clock {
  let ahead = 0n;
  return {
    now: () => BigInt(Date.now()) * NANOSECONDS_PER_MILLISECOND + ahead,
    tick: (_before, heights) => {
      ahead += BigInt(heights - 1) * BLOCK_TIME;
    },
    advance: (nanoseconds) => {
      ahead += nanoseconds;
    },
    ahead: () => ahead,
    setAhead: (nanoseconds) => {
      ahead = nanoseconds;
    },
  };
}
