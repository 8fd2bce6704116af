/**
 * Reads JSON where it lies: a value is the address of its first byte, its end is looked for when asked. Nothing is
 * ever freed (a contract lives for one call), so addresses stay good.
 */
import { pointerTo, registerBytes, utf8 } from "./bytes";
import { input } from "./env";
import { panic } from "./log";
import { U128 } from "./u128";

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const MINUS: u8 = 0x2d;
const COLON: u8 = 0x3a;
const OPEN_LIST: u8 = 0x5b;
const BACKSLASH: u8 = 0x5c;
const CLOSE_LIST: u8 = 0x5d;
const LETTER_U: u8 = 0x75;
const OPEN_OBJECT: u8 = 0x7b;
const CLOSE_OBJECT: u8 = 0x7d;
const TRUE: u32 = 0x65757274;
const FALSE: u32 = 0x736c6166;
const NULL: u32 = 0x6c6c756e;

/** The arguments of the call: an object, or nothing where nothing is needed. */
export function readArguments(): JsonValue {
  input(0);
  const bytes = registerBytes(0);
  return parseBytes(bytes.byteLength == 0 ? utf8("{}") : bytes);
}

/** Checks that the text is one value, nested as it should be. */
export function parseJson(text: string): JsonValue {
  return parseBytes(utf8(text));
}

function parseBytes(bytes: ArrayBuffer): JsonValue {
  const start = pointerTo(bytes) as usize;
  const limit = start + bytes.byteLength;
  const value = new JsonValue(skipSpace(start, limit), limit);
  if (skipSpace(value.end, limit) != limit) fail("trailing characters");
  return value;
}

/** The amount that another contract returned; null where it is none, whatever it is. */
export function returnedAmount(result: string | null): U128 | null {
  if (result === null) return null;
  const text = result.trim();
  const isText = text.length > 2 && text.startsWith('"') && text.endsWith('"');
  return isText ? U128.tryParse(text.substring(1, text.length - 1)) : null;
}

export class JsonValue {
  constructor(
    private readonly start: usize,
    /** The end of all bytes. */
    private readonly limit: usize,
  ) {}

  get end(): usize {
    return skipValue(this.start, this.limit);
  }

  /** The JSON as it stands. */
  get raw(): string {
    return decode(this.start, this.end);
  }

  get isNull(): bool {
    return this.isWord(NULL, 4);
  }

  /** The member of an object; a missing one ends the call. */
  field(name: string): JsonValue {
    const found = this.find(name);
    if (found === null) fail(`missing field \`${name}\``);
    return found!;
  }

  /** The member of an object; null where it is missing or null. */
  optional(name: string): JsonValue | null {
    const found = this.find(name);
    return found === null || found.isNull ? null : found;
  }

  get items(): JsonValue[] {
    const items: JsonValue[] = [];
    let at = this.enter(OPEN_LIST);
    while (this.byte(at) != CLOSE_LIST) {
      items.push(new JsonValue(at, this.limit));
      at = this.skipComma(skipValue(at, this.limit), CLOSE_LIST);
    }
    return items;
  }

  get text(): string {
    if (this.byte(this.start) != QUOTE) fail(`expected a string, got ${this.raw}`);
    return unescape(this.start + 1, this.end - 1);
  }

  get flag(): bool {
    if (this.isWord(TRUE, 4)) return true;
    if (!this.isWord(FALSE, 5)) fail(`expected a boolean, got ${this.raw}`);
    return false;
  }

  /** A whole number, bare or as text. */
  get integer(): i64 {
    const isText = this.byte(this.start) == QUOTE;
    const text = isText ? this.text : this.raw;
    const isNegative = text.startsWith("-");
    const size = U128.parse(isNegative ? text.substring(1) : text);
    if (size.high != 0 || size.low > (i64.MAX_VALUE as u64)) fail(`expected 64 bits, got ${text}`);
    return isNegative ? -(size.low as i64) : (size.low as i64);
  }

  /** Decimal digits as text: so contracts write amounts. */
  get amount(): U128 {
    return U128.parse(this.text);
  }

  private find(name: string): JsonValue | null {
    let at = this.enter(OPEN_OBJECT);
    while (this.byte(at) != CLOSE_OBJECT) {
      const key = new JsonValue(at, this.limit).text;
      const colon = skipSpace(skipValue(at, this.limit), this.limit);
      if (this.byte(colon) != COLON) fail('expected ":"');
      at = skipSpace(colon + 1, this.limit);
      if (key == name) return new JsonValue(at, this.limit);
      at = this.skipComma(skipValue(at, this.limit), CLOSE_OBJECT);
    }
    return null;
  }

  private enter(bracket: u8): usize {
    if (this.byte(this.start) != bracket) {
      fail(`expected ${bracket == OPEN_LIST ? "a list" : "an object"}, got ${this.raw}`);
    }
    return skipSpace(this.start + 1, this.limit);
  }

  private skipComma(start: usize, close: u8): usize {
    const at = skipSpace(start, this.limit);
    if (this.byte(at) == close) return at;
    if (this.byte(at) != COMMA) fail('expected ","');
    const next = skipSpace(at + 1, this.limit);
    if (this.byte(next) == close) fail("trailing comma");
    return next;
  }

  private isWord(first: u32, length: i32): bool {
    return this.end == this.start + length && load<u32>(this.start) == first;
  }

  private byte(at: usize): u8 {
    return at < this.limit ? load<u8>(at) : 0;
  }
}

function fail(problem: string): void {
  panic(`Failed to deserialize input from JSON.: ${problem}`);
}

function decode(start: usize, end: usize): string {
  return String.UTF8.decodeUnsafe(start, end - start);
}

function isSpace(byte: u8): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

function skipSpace(start: usize, limit: usize): usize {
  let at = start;
  while (at < limit && isSpace(load<u8>(at))) at++;
  return at;
}

function skipValue(start: usize, limit: usize): usize {
  const first = start < limit ? load<u8>(start) : 0;
  if (first == QUOTE) return skipString(start, limit);
  if (first == OPEN_OBJECT || first == OPEN_LIST) return skipNested(start, limit);
  let at = start;
  while (at < limit && isOfWord(load<u8>(at))) at++;
  if (at == start) fail("expected value");
  return at;
}

/** A byte of a number, `true`, `false` or `null`. */
function isOfWord(byte: u8): bool {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    byte == MINUS ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte == 0x2e
  );
}

function skipString(start: usize, limit: usize): usize {
  let at = start + 1;
  while (at < limit && load<u8>(at) != QUOTE) at += load<u8>(at) == BACKSLASH ? 2 : 1;
  if (at >= limit) fail("EOF while parsing a string");
  return at + 1;
}

function skipNested(start: usize, limit: usize): usize {
  let depth = 0;
  let at = start;
  while (at < limit) {
    const byte = load<u8>(at);
    if (byte == QUOTE) {
      at = skipString(at, limit);
      continue;
    }
    at++;
    if (byte == OPEN_OBJECT || byte == OPEN_LIST) depth++;
    if ((byte == CLOSE_OBJECT || byte == CLOSE_LIST) && --depth == 0) return at;
  }
  fail("EOF while parsing a value");
  return at;
}

function unescape(start: usize, end: usize): string {
  let text = "";
  let from = start;
  for (let at = start; at < end; at++) {
    if (load<u8>(at) != BACKSLASH) continue;
    text += decode(from, at);
    at++;
    if (load<u8>(at) == LETTER_U) {
      text += String.fromCharCode(readUnit(at + 1, end));
      at += 4;
    } else {
      text += String.fromCharCode(plainOf(load<u8>(at)));
    }
    from = at + 1;
  }
  return text + decode(from, end);
}

/** The four hexadecimal digits of `\u0041`. */
function readUnit(start: usize, end: usize): i32 {
  if (end - start < 4) fail("invalid escape");
  let unit = 0;
  for (let at = start; at < start + 4; at++) {
    const byte = (load<u8>(at) | 0x20) as i32; // digits have this bit, letters become small
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (!isDigit && (byte < 0x61 || byte > 0x66)) fail("invalid escape");
    unit = unit * 16 + (isDigit ? byte - 0x30 : byte - 0x57);
  }
  return unit;
}

function plainOf(letter: u8): i32 {
  switch (letter) {
    case 0x22: // "
    case 0x2f: // /
    case 0x5c: // \
      return letter;
    case 0x62: // b
      return 0x08;
    case 0x66: // f
      return 0x0c;
    case 0x6e: // n
      return 0x0a;
    case 0x72: // r
      return 0x0d;
    case 0x74: // t
      return 0x09;
    default:
      fail("invalid escape");
      return 0;
  }
}
