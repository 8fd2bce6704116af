/**
 * JSON without loss: integers beyond 2^53 are bigint, everything else is as `JSON` has it. (The
 * engine's own means for this, source text and raw JSON, are missing from Node 20.)
 *
 * A bigint passes through `JSON` as a text of a private-use character and its digits. A text that
 * looks so by itself gets an `x` behind the character, one more than it had, and loses it after.
 * @module
 */

const MARK = "\uE000";
const MARKED = /^\uE000(x*)(-?\d+)$/;
/** A text, with the colon behind it if it is a key, or a number. */
const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"(\s*:)?|-?\d[\d.eE+-]*/g;

/**
 * Parses JSON, strictly. Without a number of 16 digits it is `JSON.parse` and nothing else.
 * @throws {SyntaxError} when it is no JSON
 * @throws {RangeError} when big integers stand nested too deep for the engine (thousands of levels)
 * @example
 * ```ts
 * import { parseJson } from "@yoctonear/rpc";
 * parseJson('{"nonce":18446744073709551615,"gas":30}'); // { nonce: 18446744073709551615n, gas: 30 }
 * ```
 */
export function parseJson(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  if (!/(^|[\s:,[-])\d{16}/.test(text)) return parsed;
  const marked = text.replace(TOKEN, (token, colon?: string) => {
    if (colon !== undefined) return token;
    const value: unknown = JSON.parse(token);
    if (typeof value === "string") return MARKED.test(value) ? `"${escapeMark(value)}"` : token;
    return Number.isSafeInteger(value) || /[.eE]/.test(token) ? token : `"${MARK}${token}"`;
  });
  return JSON.parse(marked, (_, value: unknown) => {
    const [, escape, digits = ""] = (typeof value === "string" && MARKED.exec(value)) || [];
    if (escape === undefined) return value;
    return escape === "" ? BigInt(digits) : `${MARK}${escape.slice(1)}${digits}`;
  });
}

/**
 * Writes JSON as `JSON.stringify` does, and each bigint as an integer.
 * @throws {TypeError} for what has no JSON: undefined, a function, a cycle
 * @example
 * ```ts
 * import { stringifyJson } from "@yoctonear/rpc";
 * stringifyJson({ nonce: 18446744073709551615n }); // '{"nonce":18446744073709551615}'
 * ```
 */
export function stringifyJson(value: unknown): string {
  const text: string | undefined = JSON.stringify(value, mark);
  if (text === undefined) throw new TypeError(`expected JSON, got ${typeof value}`);
  // Keys were not marked, and a quote after a backslash opens no text.
  return text.replace(/(?<!\\)"\uE000(x*)(-?\d+)"(?!:)/g, (_, escape: string, digits: string) =>
    escape === "" ? digits : `"${MARK}${escape.slice(1)}${digits}"`,
  );
}

// `this[key]` is the value before `toJSON`, which many pages give to BigInt.
function mark(this: { readonly [key: string]: unknown }, key: string, value: unknown): unknown {
  const original = this[key];
  if (typeof original === "bigint") return `${MARK}${original}`;
  return typeof value === "string" && MARKED.test(value) ? escapeMark(value) : value;
}

function escapeMark(text: string): string {
  return `${MARK}x${text.slice(1)}`;
}
