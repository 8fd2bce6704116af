/**
 * The price of gas from block to block. Source: nearcore core/primitives/src/block.rs,
 * `compute_next_gas_price`.
 * @module
 */

/** Bounds and speed of the price. */
export interface GasPriceRule {
  /** yoctoNEAR a gas unit. */
  readonly min: bigint;
  readonly max: bigint;
  /** Most that the price moves in a block. */
  readonly rateNumerator: bigint;
  readonly rateDenominator: bigint;
}

/** The price cannot rise above this many times its minimum. */
export const MAX_GAS_PRICE_FACTOR = 20n;

/**
 * The price after a block: it rises when more than half of the limit was used, and falls else.
 * @param used - gas used in the new chunks of the block
 * @param limit - gas limit of these chunks; 0 where there is none
 */
export function nextGasPrice(
  price: bigint,
  used: bigint,
  limit: bigint,
  rule: GasPriceRule,
): bigint {
  if (limit === 0n) return price;
  const { rateNumerator: n, rateDenominator: d, min, max } = rule;
  const next = (price * (2n * d * limit + 2n * n * used - n * limit)) / (2n * d * limit);
  return next > max ? max : next < min ? min : next;
}
