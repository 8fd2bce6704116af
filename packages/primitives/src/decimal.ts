/**
 * The one decimal parser and formatter, for every unit: exact, by integers alone.
 * Of text it takes ASCII digits, an optional point between digits, a space, a unit. Nothing is
 * guessed: no sign, exponent, thousands separator, bare number, or decimals that would be cut.
 * @module
 */
import { ParseError } from "@yoctonear/base";

/**
 * Reads an amount in base units from a bigint or from text with its unit.
 * @param input - what came, of any type
 * @param units - name of each unit → its decimals
 * @param bits - size of the unsigned integer that must hold it
 * @param form - what the message says it expected
 * @throws {ParseError} `invalid_amount`
 * @example
 * ```ts
 * import { parseDecimal } from "@yoctonear/primitives";
 * parseDecimal("1.50 USD", { USD: 6 }, 128, '"1.50 USD"'); // 1500000n
 * ```
 */
export function parseDecimal(
  input: unknown,
  units: { readonly [unit: string]: number },
  bits: number,
  form: string,
): bigint {
  let amount = typeof input === "bigint" ? input : -1n;
  if (typeof input === "string") {
    // No integer of 128 bits has more than 39 digits, so a longer text is never worth parsing.
    const [, whole = "", fraction = "", unit = ""] =
      /^(\d{1,39})(?:\.(\d+))? (\w+)$/.exec(input) ?? [];
    // A name that every object has, e.g. "constructor", is no number and compares as false.
    const decimals = units[unit] ?? -1;
    if (fraction.length <= decimals) amount = BigInt(whole + fraction.padEnd(decimals, "0"));
  }
  if (amount >= 0n && amount >> BigInt(bits) === 0n) return amount;
  // Not `showValue`, which alone would fill half of what an amount helper may weigh; and nothing of a
  // long text, which may be a secret in the wrong place.
  const text = typeof input === "object" ? "" : String(input);
  const shown = text === "" || text.length > 32 ? "" : ` ${JSON.stringify(text)}`;
  throw new ParseError(
    "invalid_amount",
    `expected ${form} or a bigint, below 2^${bits}, got ${typeof input}${shown}`,
  );
}

/**
 * Writes base units as a decimal of a larger unit, every digit that is not a trailing zero.
 * @param amount - in base units; negative for a difference
 * @param decimals - of the unit
 * @throws {TypeError} when the amount is not a bigint
 * @example
 * ```ts
 * import { formatDecimal } from "@yoctonear/primitives";
 * formatDecimal(1500000n, 6); // "1.5"
 * ```
 */
export function formatDecimal(amount: bigint, decimals: number): string {
  if (typeof amount !== "bigint") throw new TypeError(`expected a bigint, got ${typeof amount}`);
  if (amount < 0n) return `-${formatDecimal(-amount, decimals)}`;
  const digits = String(amount).padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  const fraction = digits.slice(point).replace(/0+$/, "");
  return `${digits.slice(0, point)}${fraction && "."}${fraction}`;
}
