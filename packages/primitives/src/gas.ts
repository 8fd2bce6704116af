/**
 * Amounts of gas. 1 Tgas is 10^12 gas, about a millisecond of the chain's time.
 * @module
 */
import { formatDecimal, parseDecimal } from "./decimal.ts";

/** What gas may be given as: a bigint, or text that names its unit. */
export type GasInput = bigint | `${string} Tgas` | `${string} Ggas` | `${string} gas`;

/**
 * Reads an amount of gas, exactly.
 * @param input - e.g. `"30 Tgas"` (at most 12 decimals), `"1 Ggas"` (9), `"5 gas"`, `5n`
 * @returns gas, 0 to 2^64 − 1
 * @throws {ParseError} `invalid_amount`
 * @example
 * ```ts
 * import { parseGas } from "@yoctonear/primitives";
 * parseGas("30 Tgas"); // 30000000000000n
 * ```
 */
export function parseGas(input: GasInput): bigint {
  return parseDecimal(input, { Tgas: 12, Ggas: 9, gas: 0 }, 64, '"30 Tgas", "1 Ggas", "5 gas"');
}

/**
 * Writes an amount of gas in Tgas, exactly.
 * @param gas - in gas
 * @throws {TypeError} when it is not a bigint
 * @example
 * ```ts
 * import { formatGas } from "@yoctonear/primitives";
 * formatGas(2428025000000n); // "2.428025 Tgas"
 * ```
 */
export function formatGas(gas: bigint): string {
  return `${formatDecimal(gas, 12)} Tgas`;
}
