/**
 * JSON without loss, as text is read: integers beyond 2^53 become bigint, the rest stays as
 * `JSON.parse` gives it. (`JSON.parse` with source text is missing from Node 20.)
 * @module
 */

/** Deepest nesting; nearcore's own parser allows 128. */
const MAX_DEPTH = 512;
/** Digits of the longest integer: reading one takes more than linear time. 2^256 has 78. */
const MAX_DIGITS = 1024;

/**
 * Parses JSON. A text without a run of 16 digits goes straight through `JSON.parse`.
 * @param text - strict JSON (RFC 8259)
 * @throws {SyntaxError} when it is not, or where big integers stand nested deeper than 512 levels or
 * have more than 1024 digits
 * @example
 * ```ts
 * import { parseJson } from "@yoctonear/rpc";
 * parseJson('{"nonce":18446744073709551615,"gas":30}'); // { nonce: 18446744073709551615n, gas: 30 }
 * ```
 */
export function parseJson(text: string): unknown {
  return /\d{16}/.test(text) ? parseExactly(text) : JSON.parse(text);
}

function parseExactly(text: string): unknown {
  const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
  let at = 0;

  const fail = (): never => {
    throw new SyntaxError(`unexpected ${at < text.length ? "character" : "end"} in JSON at ${at}`);
  };
  /** Skips white space and steps over the character, if it comes next. */
  const next = (character: string): boolean => {
    while (" \n\r\t".includes(text[at] ?? "x")) at++;
    const found = text[at] === character;
    if (found) at++;
    return found;
  };
  const expect = (character: string): void => {
    if (!next(character)) fail();
  };

  const parseString = (): string => {
    const start = at - 1;
    let end = at;
    do {
      end = text.indexOf('"', end) + 1;
      if (end === 0) {
        at = text.length;
        fail();
      }
    } while (isEscaped(text, end - 1));
    at = end;
    return JSON.parse(text.slice(start, end));
  };
  const parseNumber = (): unknown => {
    number.lastIndex = at;
    const [digits, fraction, exponent] = number.exec(text) ?? fail();
    at = number.lastIndex;
    const value = Number(digits);
    if (fraction || exponent || Number.isSafeInteger(value)) return value;
    return digits.length > MAX_DIGITS ? fail() : BigInt(digits);
  };
  const parseValue = (depth: number): unknown => {
    if (depth > MAX_DEPTH) fail();
    if (next('"')) return parseString();
    if (next("[")) {
      const list: unknown[] = [];
      if (next("]")) return list;
      do list.push(parseValue(depth + 1));
      while (next(","));
      expect("]");
      return list;
    }
    if (next("{")) {
      const record: { [key: string]: unknown } = {};
      if (next("}")) return record;
      do {
        expect('"');
        const key = parseString();
        expect(":");
        const value = parseValue(depth + 1);
        // Assigning to this one key would set the prototype instead.
        if (key !== "__proto__") record[key] = value;
        else define(record, key, value);
      } while (next(","));
      expect("}");
      return record;
    }
    for (const [word, value] of WORDS) {
      if (!text.startsWith(word, at)) continue;
      at += word.length;
      return value;
    }
    return parseNumber();
  };

  const value = parseValue(0);
  next("");
  return at < text.length ? fail() : value;
}

const WORDS: readonly (readonly [string, unknown])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
];

function define(record: object, key: string, value: unknown): void {
  Object.defineProperty(record, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** A quote is escaped by an odd number of backslashes. */
function isEscaped(text: string, quote: number): boolean {
  let start = quote;
  while (text[start - 1] === "\\") start--;
  return (quote - start) % 2 === 1;
}
