/**
 * Random numbers from a seed.
 * @module
 */

export interface Random {
  /** From 0 up to below the bound. */
  int(bound: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  bits64(): bigint;
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const int = (bound: number): number => Math.floor((next() / 2 ** 32) * bound);
  return {
    int,
    chance: (probability) => next() / 2 ** 32 < probability,
    pick(items) {
      const found = items[int(items.length)];
      if (found === undefined) throw new RangeError("expected items to pick from, got none");
      return found;
    },
    bits64: () => (BigInt(next()) << 32n) | BigInt(next()),
  };
}
