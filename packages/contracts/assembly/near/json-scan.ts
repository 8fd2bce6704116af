/** Finds where the values of a JSON text end, and ends the call where it is none. Places are addresses. */
import { panic } from "./log";

export const QUOTE: u8 = 0x22;
export const OPEN_LIST: u8 = 0x5b;
export const CLOSE_LIST: u8 = 0x5d;
export const OPEN_OBJECT: u8 = 0x7b;
export const CLOSE_OBJECT: u8 = 0x7d;
const PLUS: u8 = 0x2b;
const COMMA: u8 = 0x2c;
const MINUS: u8 = 0x2d;
const POINT: u8 = 0x2e;
const COLON: u8 = 0x3a;
const CAPITAL_E: u8 = 0x45;
const BACKSLASH: u8 = 0x5c;
const LETTER_A: u8 = 0x61;
const LETTER_E: u8 = 0x65;
const LETTER_Z: u8 = 0x7a;
/** The first four bytes of a word. */
export const TRUE: u32 = 0x65757274;
export const FALSE: u32 = 0x736c6166;
export const NULL: u32 = 0x6c6c756e;

export function fail(problem: string): void {
  panic(`Failed to deserialize input from JSON.: ${problem}`);
}

function isSpace(byte: u8): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

export function skipSpace(start: usize, limit: usize): usize {
  let at = start;
  while (at < limit && isSpace(load<u8>(at))) at++;
  return at;
}

/** 0 behind the end. */
function byteAt(at: usize, limit: usize): u8 {
  return at < limit ? load<u8>(at) : 0;
}

export function skipValue(start: usize, limit: usize): usize {
  switch (byteAt(start, limit)) {
    case QUOTE:
      return skipString(start, limit);
    case OPEN_OBJECT:
      return skipObject(start, limit);
    case OPEN_LIST:
      return skipList(start, limit);
    default:
      return skipWord(start, limit);
  }
}

function skipObject(start: usize, limit: usize): usize {
  let at = skipSpace(start + 1, limit);
  while (byteAt(at, limit) != CLOSE_OBJECT) {
    if (byteAt(at, limit) != QUOTE) fail("expected a key");
    at = skipComma(skipValue(skipKey(at, limit), limit), limit, CLOSE_OBJECT);
  }
  return at + 1;
}

function skipList(start: usize, limit: usize): usize {
  let at = skipSpace(start + 1, limit);
  while (byteAt(at, limit) != CLOSE_LIST) {
    at = skipComma(skipValue(at, limit), limit, CLOSE_LIST);
  }
  return at + 1;
}

/** Over a key and its colon, to the value. */
export function skipKey(start: usize, limit: usize): usize {
  const colon = skipSpace(skipString(start, limit), limit);
  if (byteAt(colon, limit) != COLON) fail('expected ":"');
  return skipSpace(colon + 1, limit);
}

/** To the next member or item, or to the bracket behind the last. */
export function skipComma(start: usize, limit: usize, close: u8): usize {
  const at = skipSpace(start, limit);
  if (byteAt(at, limit) == close) return at;
  if (byteAt(at, limit) != COMMA) fail(at == limit ? "EOF while parsing a value" : 'expected ","');
  const next = skipSpace(at + 1, limit);
  if (byteAt(next, limit) == close) fail("trailing comma");
  return next;
}

function skipString(start: usize, limit: usize): usize {
  let at = start + 1;
  while (at < limit && load<u8>(at) != QUOTE) at += load<u8>(at) == BACKSLASH ? 2 : 1;
  if (at >= limit) fail("EOF while parsing a string");
  return at + 1;
}

/** A number, `true`, `false` or `null`. */
function skipWord(start: usize, limit: usize): usize {
  let at = start;
  while (at < limit && isOfWord(load<u8>(at))) at++;
  const first = at - start < 4 ? 0 : load<u32>(start);
  const isName =
    at - start == 4
      ? first == TRUE || first == NULL
      : at - start == 5 && first == FALSE && load<u8>(start, 4) == LETTER_E;
  const begin = byteAt(start, limit);
  const isNumber = at > start && (begin == MINUS || isDigit(begin)) && isDigit(load<u8>(at - 1));
  if (!isName && !isNumber) fail("expected value");
  return at;
}

function isOfWord(byte: u8): bool {
  if (byte >= LETTER_A) return byte <= LETTER_Z;
  return isDigit(byte) || byte == CAPITAL_E || byte == MINUS || byte == PLUS || byte == POINT;
}

function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39;
}
