/**
 * Lossless JSON: integers beyond 2^53 become `bigint`, every other number stays a `number`. A parser of its own, so
 * that the code under test never reads its own expectations.
 * @module
 */

/** Parsed JSON. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;

/**
 * Parses JSON without loss.
 *
 * @param source - JSON text
 * @throws {SyntaxError} when the text is not JSON, with the position
 *
 * @example
 * ```ts
 * import { parse } from "@yoctonear/vectors";
 *
 * parse("[1, 18446744073709551615]"); // [1, 18446744073709551615n]
 * ```
 */
export function parse(source: string): Json {
  const cursor = { source, position: 0 };
  const value = parseValue(cursor);
  skipSpace(cursor);
  if (cursor.position !== source.length) fail(cursor, "the end");
  return value;
}

interface Cursor {
  readonly source: string;
  position: number;
}

function parseValue(cursor: Cursor): Json {
  skipSpace(cursor);
  switch (cursor.source[cursor.position]) {
    case "{":
      return parseObject(cursor);
    case "[":
      return parseArray(cursor);
    case '"':
      return parseString(cursor);
    case "t":
      return parseWord(cursor, "true", true);
    case "f":
      return parseWord(cursor, "false", false);
    case "n":
      return parseWord(cursor, "null", null);
    default:
      return parseNumber(cursor);
  }
}

function parseObject(cursor: Cursor): Json {
  // Collected first: `object["__proto__"] = value` would set the prototype.
  const entries: [string, Json][] = [];
  cursor.position += 1;
  if (accept(cursor, "}")) return {};
  do {
    skipSpace(cursor);
    const key = parseString(cursor);
    if (!accept(cursor, ":")) fail(cursor, '":"');
    entries.push([key, parseValue(cursor)]);
  } while (accept(cursor, ","));
  if (!accept(cursor, "}")) fail(cursor, '"," or "}"');
  return Object.fromEntries(entries);
}

function parseArray(cursor: Cursor): Json {
  const array: Json[] = [];
  cursor.position += 1;
  if (accept(cursor, "]")) return array;
  do {
    array.push(parseValue(cursor));
  } while (accept(cursor, ","));
  if (!accept(cursor, "]")) fail(cursor, '"," or "]"');
  return array;
}

function parseString(cursor: Cursor): string {
  const { source, position } = cursor;
  if (source[position] !== '"') fail(cursor, "a string");
  let end = source.indexOf('"', position + 1);
  while (end !== -1 && isEscaped(source, end)) end = source.indexOf('"', end + 1);
  if (end === -1) fail(cursor, "a closed string");
  cursor.position = end + 1;
  const value: unknown = JSON.parse(source.slice(position, end + 1));
  return String(value);
}

function isEscaped(source: string, quote: number): boolean {
  let start = quote;
  while (source[start - 1] === "\\") start -= 1;
  return (quote - start) % 2 === 1;
}

function parseNumber(cursor: Cursor): number | bigint {
  NUMBER.lastIndex = cursor.position;
  const match = NUMBER.exec(cursor.source);
  if (match === null) return fail(cursor, "a value");
  const [text, fraction, exponent] = match;
  cursor.position += text.length;
  const value = Number(text);
  const isExact = fraction !== undefined || exponent !== undefined || Number.isSafeInteger(value);
  return isExact ? value : BigInt(text);
}

function parseWord<T>(cursor: Cursor, word: string, value: T): T {
  if (!cursor.source.startsWith(word, cursor.position)) fail(cursor, word);
  cursor.position += word.length;
  return value;
}

function accept(cursor: Cursor, character: string): boolean {
  skipSpace(cursor);
  if (cursor.source[cursor.position] !== character) return false;
  cursor.position += 1;
  return true;
}

function skipSpace(cursor: Cursor): void {
  SPACE.lastIndex = cursor.position;
  SPACE.test(cursor.source);
  cursor.position = SPACE.lastIndex;
}

function fail(cursor: Cursor, expected: string): never {
  throw new SyntaxError(`expected ${expected} at position ${cursor.position}`);
}
