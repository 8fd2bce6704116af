/**
 * Bytes as text and back: hex, base58 (Bitcoin alphabet, no checksum), base64 (RFC 4648, padded)
 * and UTF-8. Strict: what does not decode is a {@link ParseError}, nothing is skipped or repaired.
 * @module
 */
import { base58, base64, hex } from "@scure/base";
import { ParseError } from "./errors.ts";

const SHORT_TEXT = 64;

/** Encodes bytes as lowercase hex. */
export function encodeHex(bytes: Uint8Array): string {
  return hex.encode(bytes);
}

/**
 * Decodes hex of either case.
 * @throws {ParseError} `invalid_encoding`
 */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  return decodeText("hex", hex.decode, text);
}

/**
 * Encodes bytes as base58, the form of NEAR keys and hashes.
 * @example
 * ```ts
 * import { encodeBase58 } from "@yoctonear/base";
 * encodeBase58(new Uint8Array(32)); // "11111111111111111111111111111111"
 * ```
 */
export function encodeBase58(bytes: Uint8Array): string {
  return base58.encode(bytes);
}

/**
 * Decodes base58. The time grows with the square of the length, so bound it where it is foreign.
 * @throws {ParseError} `invalid_encoding`
 */
export function decodeBase58(text: string): Uint8Array<ArrayBuffer> {
  return decodeText("base58", base58.decode, text);
}

/** Encodes bytes as padded base64 of the standard alphabet. */
export function encodeBase64(bytes: Uint8Array): string {
  return base64.encode(bytes);
}

/**
 * Decodes padded base64 of the standard alphabet; non-zero trailing bits are refused.
 * @throws {ParseError} `invalid_encoding`
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return decodeText("base64", base64.decode, text);
}

/**
 * Encodes text as UTF-8.
 * @throws {ParseError} `invalid_encoding` for a lone surrogate, which has no UTF-8
 */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  // Most text is an account id or a method name: TextEncoder takes ten times as long for it.
  const ascii = text.length <= SHORT_TEXT ? encodeAscii(text) : undefined;
  if (ascii !== undefined) return ascii;
  if (hasLoneSurrogate(text)) {
    throw new ParseError("invalid_encoding", "expected well-formed text, got a lone surrogate");
  }
  return new TextEncoder().encode(text);
}

/**
 * Decodes UTF-8; a byte order mark stays in the text.
 * @throws {ParseError} `invalid_encoding`
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ParseError("invalid_encoding", `expected UTF-8, got ${bytes.length} other bytes`);
  }
}

function decodeText(
  form: string,
  decode: (text: string) => Uint8Array,
  text: string,
): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(decode(text));
  } catch {
    // The text may be a secret key with a typing error, so the message holds nothing of it.
    throw new ParseError("invalid_encoding", `expected ${form}, got text that is not ${form}`);
  }
}

function encodeAscii(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return undefined;
    bytes[i] = unit;
  }
  return bytes;
}

// `String.prototype.isWellFormed` is missing from ES2022 and from Firefox before 119.
function hasLoneSurrogate(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = text.charCodeAt(i + 1);
    if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return true;
    i++;
  }
  return false;
}
