/**
 * JSON without loss: integers beyond 2^53 are bigint, everything else is as `JSON` has it. (The
 * engine's own means for this, source text and raw JSON, are missing from Node 20.)
 *
 * Either way a big integer passes through `JSON` as a text: a private-use character and its digits. A
 * text that begins with that character by itself gets a second one on the way.
 * @module
 */

const MARK = "\uE000";
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
  const marked = text.replace(TOKEN, (token, key?: string) => {
    if (token[0] === '"') {
      return key ? token : token.replace(/^"(?=\uE000|\\ue000)/i, `"${MARK}`);
    }
    return /[.eE]/.test(token) || Number.isSafeInteger(+token) ? token : `"${MARK}${token}"`;
  });
  return JSON.parse(marked, (_, value: unknown) => {
    if (typeof value !== "string" || value[0] !== MARK) return value;
    const rest = value.slice(1);
    return rest[0] === MARK ? rest : BigInt(rest);
  });
}

/**
 * Writes JSON as `JSON.stringify` does, and each bigint as an integer.
 * @throws {TypeError} for what has no JSON: undefined, a function
 * @example
 * ```ts
 * import { stringifyJson } from "@yoctonear/rpc";
 * stringifyJson({ nonce: 18446744073709551615n }); // '{"nonce":18446744073709551615}'
 * ```
 */
export function stringifyJson(value: unknown): string {
  const text = JSON.stringify(value, mark);
  if (text === undefined) throw new TypeError("expected a value of a type that JSON has");
  // Scanning costs more than all the rest.
  if (!text.includes(MARK)) return text;
  return text.replace(TOKEN, (token, key?: string) => {
    if (key || token[1] !== MARK) return token;
    return token[2] === MARK ? `"${token.slice(2)}` : token.slice(2, -1);
  });
}

/** Sees the value itself, since some set a `toJSON` for all bigints. */
function mark(this: Readonly<Record<string, unknown>>, key: string, json: unknown): unknown {
  const value = this[key];
  if (typeof value === "bigint") return `${MARK}${value}`;
  return typeof json === "string" && json[0] === MARK ? `${MARK}${json}` : json;
}
