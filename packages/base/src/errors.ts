/**
 * The one error tree of yoctonear. Every error a user can branch on is a {@link NearError} with a
 * stable `code`; a package's own class stands beside its thrower.
 * @module
 */

/**
 * Base of every error thrown by yoctonear on purpose. Branch on {@link NearError.code}.
 * @example
 * ```ts
 * import { NearError } from "@yoctonear/base";
 * new NearError("timeout", "expected an answer in 5 s, got none").code; // "timeout"
 * ```
 */
export class NearError<Code extends string = string> extends Error {
  override readonly name: string = "NearError";
  /** Stable name of what went wrong; codes are only ever added. */
  readonly code: Code;
  constructor(code: Code, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  /** Marks the class across duplicate copies and realms, where `instanceof` lies. */
  get isNearError(): true {
    return true;
  }
}

/** What a {@link ParseError} says about the text or bytes it refused. */
export type ParseErrorCode =
  | "invalid_account_id"
  | "invalid_amount"
  | "invalid_encoding"
  | "invalid_hash"
  | "invalid_key"
  | "invalid_seed_phrase"
  | "invalid_signature";

/**
 * Text or bytes that are not what they should be. Its message never holds a secret.
 * @example
 * ```ts
 * import { decodeHex, ParseError } from "@yoctonear/base";
 * try {
 *   decodeHex("xyz");
 * } catch (error) {
 *   error instanceof ParseError && error.code; // "invalid_encoding"
 * }
 * ```
 */
export class ParseError extends NearError<ParseErrorCode> {
  override readonly name = "ParseError";
}

/**
 * Tells whether a value is an error of yoctonear, and optionally one of the given code.
 * Works across duplicate copies of a package, unlike `instanceof`.
 * @param error - whatever was caught
 * @param code - the code that it must have
 * @example
 * ```ts
 * import { isNearError, NearError } from "@yoctonear/base";
 * isNearError(new NearError("timeout", "no answer in 5 s"), "timeout"); // true
 * isNearError(new Error("other")); // false
 * ```
 */
export function isNearError(error: unknown, code?: string): error is NearError {
  if (typeof error !== "object" || error === null) return false;
  if (!("isNearError" in error) || error.isNearError !== true || !("code" in error)) return false;
  return code === undefined || error.code === code;
}

const SHOWN_LENGTH = 80;
/** Base58 as long as a key's, of both cases, or words in a row, as in a seed phrase. */
const SECRET = /(?=[a-z\d]*[A-Z])[1-9A-HJ-NP-Za-km-z]{40}|(\w+\s+){5}/;

/**
 * Renders a refused value for an error message: short, on one line, never the content of an object.
 * Text that may be a key or a seed phrase in the wrong place is counted, not shown.
 * @param value - what came
 * @example
 * ```ts
 * import { showValue } from "@yoctonear/base";
 * showValue("BAD ID!!"); // '"BAD ID!!"'
 * showValue(7n); // "7n"
 * showValue(new Uint8Array(3)); // "Uint8Array(3)"
 * ```
 */
export function showValue(value: unknown): string {
  if (typeof value === "string") {
    const shown = value.slice(0, SHOWN_LENGTH);
    if (SECRET.test(shown)) return `text of ${value.length} characters`;
    const quoted = JSON.stringify(shown);
    return shown === value ? quoted : `${quoted}… (${value.length} characters)`;
  }
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return `Uint8Array(${value.length})`;
  if (Array.isArray(value)) return `array of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "function") return "a function";
  return String(value);
}
