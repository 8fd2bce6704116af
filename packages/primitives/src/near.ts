/**
 * NEAR amounts. Inside they are bigint yoctoNEAR; 1 NEAR is 10^24 of them.
 * @module
 */
import { formatDecimal, parseDecimal } from "./decimal.ts";

/**
 * What an amount may be given as: bigint yoctoNEAR, or text that names its unit. Never a bare
 * number or bare text, which do not say whether they mean NEAR or yoctoNEAR.
 */
export type NearInput = bigint | `${string} NEAR` | `${string} yoctoNEAR`;

/**
 * Reads an amount of NEAR, exactly.
 * @param input - e.g. `"1.5 NEAR"` (at most 24 decimals), `"1 yoctoNEAR"`, `10n ** 24n`
 * @returns yoctoNEAR, 0 to 2^128 − 1
 * @throws {ParseError} `invalid_amount`, also for `"1,000 NEAR"`, `"-1 NEAR"`, `"1e3 NEAR"`
 * @example
 * ```ts
 * import { parseNear } from "@yoctonear/primitives";
 * parseNear("1.5 NEAR"); // 1500000000000000000000000n
 * parseNear("1 yoctoNEAR"); // 1n
 * ```
 */
export function parseNear(input: NearInput): bigint {
  return parseDecimal(input, { NEAR: 24, yoctoNEAR: 0 }, 128, '"1.5 NEAR", "1 yoctoNEAR"');
}

/**
 * Writes an amount in NEAR, exactly: nothing is rounded, trailing zeros are left out.
 * @param yocto - yoctoNEAR; negative for a difference of balances
 * @throws {TypeError} when it is not a bigint
 * @example
 * ```ts
 * import { formatNear } from "@yoctonear/primitives";
 * formatNear(1500000000000000000000000n); // "1.5 NEAR"
 * formatNear(1n); // "0.000000000000000000000001 NEAR"
 * ```
 */
export function formatNear(yocto: bigint): string {
  return `${formatDecimal(yocto, 24)} NEAR`;
}
