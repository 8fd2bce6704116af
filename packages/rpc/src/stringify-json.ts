/**
 * JSON without loss, as it is written: a bigint becomes its digits. (`JSON.rawJSON` is missing from Node 20.)
 * @module
 */

/** Marks a bigint on its way through `JSON.stringify`: a private-use character. */
const MARK = "\uE000";

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
  // A text that looks like a marked bigint was given an x more than it had. Keys were not marked, and
  // a quote after a backslash opens no text.
  return text.replace(/(?<!\\)"\uE000(x*)(-?\d+)"(?!:)/g, (_, escape: string, digits: string) =>
    escape === "" ? digits : `"${MARK}${escape.slice(1)}${digits}"`,
  );
}

// `this[key]` is the value before `toJSON`, which many pages give to BigInt.
function mark(this: { readonly [key: string]: unknown }, key: string, value: unknown): unknown {
  const original = this[key];
  if (typeof original === "bigint") return `${MARK}${original}`;
  const alike = typeof value === "string" && /^\uE000x*-?\d+$/.test(value);
  return alike ? `${MARK}x${value.slice(1)}` : value;
}
