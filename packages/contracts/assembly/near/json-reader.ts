/**
 * Reads JSON where it lies: a value is the address of its first byte, its end is looked for when asked. Nothing is
 * ever freed (a contract lives for one call), so addresses stay good.
 */
import { pointerTo, registerBytes, utf8 } from "./bytes";
import { input } from "./env";
import { decodeText, unescape } from "./json-escape";
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  fail,
  FALSE,
  NULL,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  skipComma,
  skipKey,
  skipSpace,
  skipValue,
  TRUE,
} from "./json-scan";
import { U128 } from "./u128";

/** The arguments of the call, whole and nested as they should be: an object, or nothing where nothing is needed. */
export function readArguments(): JsonValue {
  input(0);
  const given = registerBytes(0);
  const bytes = given.byteLength == 0 ? utf8("{}") : given;
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
    return decodeText(this.start, this.end);
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
    while (load<u8>(at) != CLOSE_LIST) {
      items.push(new JsonValue(at, this.limit));
      at = skipComma(skipValue(at, this.limit), this.limit, CLOSE_LIST);
    }
    return items;
  }

  get text(): string {
    if (load<u8>(this.start) != QUOTE) fail(`expected a string, got ${this.raw}`);
    return unescape(this.start + 1, this.end - 1);
  }

  get flag(): bool {
    if (this.isWord(TRUE, 4)) return true;
    if (!this.isWord(FALSE, 5)) fail(`expected a boolean, got ${this.raw}`);
    return false;
  }

  /** A whole number, bare or as text. */
  get integer(): i64 {
    const isText = load<u8>(this.start) == QUOTE;
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
    while (load<u8>(at) != CLOSE_OBJECT) {
      const key = new JsonValue(at, this.limit).text;
      at = skipKey(at, this.limit);
      if (key == name) return new JsonValue(at, this.limit);
      at = skipComma(skipValue(at, this.limit), this.limit, CLOSE_OBJECT);
    }
    return null;
  }

  private enter(bracket: u8): usize {
    if (load<u8>(this.start) != bracket) {
      fail(`expected ${bracket == OPEN_LIST ? "a list" : "an object"}, got ${this.raw}`);
    }
    return skipSpace(this.start + 1, this.limit);
  }

  private isWord(first: u32, length: i32): bool {
    return this.end == this.start + length && load<u32>(this.start) == first;
  }
}
