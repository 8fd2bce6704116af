/**
 * Where and why a text is not JSON, in the words of serde_json, as nearcore's server answers them.
 * Runs only after the real parser has refused the text.
 * @module
 */

/**
 * Explains the first fault of a text that is not JSON.
 * @param text - the body of a request
 * @returns for example `EOF while parsing a value at line 1 column 0`
 */
export function explainJsonFault(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const scanner: Scanner = { bytes, at: 0 };
  const reason = scanDocument(scanner) ?? "expected value";
  const end = Math.min(scanner.at + 1, bytes.length);
  const before = bytes.subarray(0, end);
  const lineStart = before.lastIndexOf(NEWLINE, before.length - 2) + 1;
  let line = 1;
  for (const byte of before.subarray(0, lineStart)) if (byte === NEWLINE) line += 1;
  return `${reason} at line ${line} column ${before.length - lineStart}`;
}

interface Scanner {
  readonly bytes: Uint8Array;
  /** Index of the byte looked at; on a fault, of the one that is wrong. */
  at: number;
}

/** `null` where all is well, else what is wrong at `scanner.at`. */
type Fault = string | null;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const MINUS = 0x2d;
const FIRST_PRINTABLE = 0x20;

function scanDocument(scanner: Scanner): Fault {
  const fault = scanValue(scanner);
  if (fault !== null) return fault;
  return next(scanner) === undefined ? null : "trailing characters";
}

function next(scanner: Scanner): number | undefined {
  while (isSpace(scanner.bytes[scanner.at])) scanner.at += 1;
  return scanner.bytes[scanner.at];
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function scanValue(scanner: Scanner): Fault {
  const byte = next(scanner);
  if (byte === undefined) return "EOF while parsing a value";
  if (byte === QUOTE) return scanString(scanner);
  if (byte === OPEN_LIST) return scanList(scanner);
  if (byte === OPEN_OBJECT) return scanObject(scanner);
  if (byte === MINUS || isDigit(byte)) return scanNumber(scanner);
  for (const word of ["true", "false", "null"]) {
    if (byte === word.charCodeAt(0)) return scanWord(scanner, word);
  }
  return "expected value";
}

function scanWord(scanner: Scanner, word: string): Fault {
  for (let index = 0; index < word.length; index += 1) {
    const byte = scanner.bytes[scanner.at];
    if (byte === undefined) return "EOF while parsing a value";
    if (byte !== word.charCodeAt(index)) return "expected ident";
    scanner.at += 1;
  }
  return null;
}

function scanNumber(scanner: Scanner): Fault {
  const { bytes } = scanner;
  if (bytes[scanner.at] === MINUS) scanner.at += 1;
  const isZero = bytes[scanner.at] === 0x30;
  const fault = scanDigits(scanner);
  if (fault !== null) return fault;
  if (isZero && isDigit(bytes[scanner.at - 1]) && bytes[scanner.at - 1] !== 0x30) {
    return "invalid number";
  }
  if (bytes[scanner.at] === 0x2e) {
    scanner.at += 1;
    const fraction = scanDigits(scanner);
    if (fraction !== null) return fraction;
  }
  const exponent = bytes[scanner.at];
  if (exponent !== 0x65 && exponent !== 0x45) return null;
  scanner.at += 1;
  const sign = bytes[scanner.at];
  if (sign === 0x2b || sign === MINUS) scanner.at += 1;
  return scanDigits(scanner);
}

function scanDigits(scanner: Scanner): Fault {
  const byte = scanner.bytes[scanner.at];
  if (byte === undefined) return "EOF while parsing a value";
  if (!isDigit(byte)) return "invalid number";
  while (isDigit(scanner.bytes[scanner.at])) scanner.at += 1;
  return null;
}

function scanString(scanner: Scanner): Fault {
  for (scanner.at += 1; ; scanner.at += 1) {
    const byte = scanner.bytes[scanner.at];
    if (byte === undefined) return "EOF while parsing a string";
    if (byte === QUOTE) break;
    if (byte < FIRST_PRINTABLE) {
      return "control character (\\u0000-\\u001F) found while parsing a string";
    }
    if (byte !== BACKSLASH) continue;
    scanner.at += 1;
    const escape = scanner.bytes[scanner.at];
    if (escape === undefined) return "EOF while parsing a string";
    if (!'"\\/bfnrtu'.includes(String.fromCharCode(escape))) return "invalid escape";
  }
  scanner.at += 1;
  return null;
}

function scanList(scanner: Scanner): Fault {
  scanner.at += 1;
  for (let isFirst = true; ; isFirst = false) {
    let byte = next(scanner);
    if (byte === undefined) return "EOF while parsing a list";
    if (byte === CLOSE_LIST) break;
    if (!isFirst) {
      if (byte !== COMMA) return "expected `,` or `]`";
      scanner.at += 1;
      byte = next(scanner);
      if (byte === CLOSE_LIST) return "trailing comma";
    }
    const fault = scanValue(scanner);
    if (fault !== null) return fault;
  }
  scanner.at += 1;
  return null;
}

function scanObject(scanner: Scanner): Fault {
  scanner.at += 1;
  for (let isFirst = true; ; isFirst = false) {
    let byte = next(scanner);
    if (byte === undefined) return "EOF while parsing an object";
    if (byte === CLOSE_OBJECT) break;
    if (!isFirst) {
      if (byte !== COMMA) return "expected `,` or `}`";
      scanner.at += 1;
      byte = next(scanner);
      if (byte === undefined) return "EOF while parsing a value";
      if (byte === CLOSE_OBJECT) return "trailing comma";
    }
    if (byte !== QUOTE) return "key must be a string";
    const fault = scanMember(scanner);
    if (fault !== null) return fault;
  }
  scanner.at += 1;
  return null;
}

function scanMember(scanner: Scanner): Fault {
  const fault = scanString(scanner);
  if (fault !== null) return fault;
  const byte = next(scanner);
  if (byte === undefined) return "EOF while parsing an object";
  if (byte !== COLON) return "expected `:`";
  scanner.at += 1;
  return scanValue(scanner);
}
