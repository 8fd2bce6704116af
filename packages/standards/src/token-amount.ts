/**
 * Amounts of a fungible token: base units as bigint, or decimal text of whole tokens, exactly.
 * @module
 */
import { isRecord } from "./answer.ts";
import { formatDecimal, parseDecimal } from "@yoctonear/primitives";

/**
 * An amount of tokens: bigint base units; or whole tokens as decimal text, for which the decimals are
 * asked of the contract each time. Never a bare number or bare text, which do not say which they mean.
 */
export type TokenAmount =
  | bigint
  | {
      /** E.g. `"1.50"`. */
      readonly tokens: string;
      /** The decimals that the caller counts on: refused where the contract has others. */
      readonly decimals?: number | undefined;
    };

/** With more, 2^128 base units are not one token. */
export const MAX_DECIMALS = 38;

/**
 * Reads an amount of tokens, exactly: nothing is rounded, decimals that the token does not have are refused.
 * @param amount - e.g. `{ tokens: "1.50" }`, or base units
 * @param decimals - of the token, 0 to 38
 * @returns base units, 0 to 2^128 − 1
 * @throws {ParseError} `invalid_amount`, also for `{ tokens: "1,000" }`, `"-1"`, `"1e3"`, `".5"`
 * @throws {RangeError} for other decimals
 * @example
 * ```ts
 * import { parseTokens } from "@yoctonear/standards";
 * parseTokens({ tokens: "1.50" }, 6); // 1500000n
 * parseTokens(7n, 6); // 7n
 * ```
 */
export function parseTokens(amount: TokenAmount, decimals: number): bigint {
  assertDecimals(decimals);
  const { tokens }: { readonly tokens?: unknown } = isRecord(amount) ? amount : {};
  const isText = typeof tokens === "string";
  return parseDecimal(
    isText ? `${tokens} tokens` : amount,
    isText ? { tokens: decimals } : {},
    128,
    `{ tokens: "1.50" }${isText ? ` of at most ${decimals} decimals` : ""}`,
  );
}

/**
 * Writes an amount in whole tokens, exactly: nothing is rounded, trailing zeros are left out.
 * @param amount - base units; negative for a difference of balances
 * @param decimals - of the token, 0 to 38
 * @throws {TypeError} when the amount is not a bigint
 * @throws {RangeError} for other decimals
 * @example
 * ```ts
 * import { formatTokens } from "@yoctonear/standards";
 * formatTokens(1500000n, 6); // "1.5"
 * ```
 */
export function formatTokens(amount: bigint, decimals: number): string {
  assertDecimals(decimals);
  return formatDecimal(amount, decimals);
}

/** Tells whether a token can have so many decimals. */
export function isDecimals(decimals: unknown): decimals is number {
  return Number.isInteger(decimals) && Number(decimals) >= 0 && Number(decimals) <= MAX_DECIMALS;
}

function assertDecimals(decimals: number): void {
  if (isDecimals(decimals)) return;
  throw new RangeError(`expected decimals of 0 to ${MAX_DECIMALS}, got ${String(decimals)}`);
}
