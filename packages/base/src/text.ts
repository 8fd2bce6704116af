/**
 * Bytes as text and back: hex, base64 (RFC 4648, padded) and UTF-8. Strict: what does not decode is a {@link ParseError}, nothing is skipped or repaired.
 * @module
 */
import { ParseError } from "./errors.ts";

const HEX = "0123456789abcdef";

/**
 * Encodes bytes as lowercase hex.
 * @example
 * ```ts
 * import { encodeHex } from "@yoctonear/base";
 * encodeHex(Uint8Array.of(0, 255)); // "00ff"
 * ```
 */
export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX.charAt(byte >> 4) + HEX.charAt(byte & 15);
  return text;
}

/**
 * Decodes hex of either case.
 * @throws {ParseError} `invalid_encoding`
 * @example
 * ```ts
 * import { decodeHex } from "@yoctonear/base";
 * decodeHex("00FF"); // Uint8Array [0, 255]
 * ```
 */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  // Without a repeated group, which would exhaust the stack on text of some megabytes.
  if (typeof text !== "string" || text.length % 2 === 1 || /[^\da-f]/i.test(text)) {
    throw refusal("hex");
  }
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}

/**
 * Encodes bytes as padded base64 of the standard alphabet.
 * @example
 * ```ts
 * import { encodeBase64 } from "@yoctonear/base";
 * encodeBase64(Uint8Array.of(0, 255)); // "AP8="
 * ```
 */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  // In pieces, since a call takes only so many arguments.
  for (let i = 0; i < bytes.length; i += 8192) {
    binary += Reflect.apply(String.fromCharCode, null, bytes.subarray(i, i + 8192));
  }
  return btoa(binary);
}

/**
 * Decodes padded base64 of the standard alphabet; non-zero trailing bits are refused.
 * @throws {ParseError} `invalid_encoding`
 * @example
 * ```ts
 * import { decodeBase64 } from "@yoctonear/base";
 * decodeBase64("AP8="); // Uint8Array [0, 255]
 * ```
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw refusal("base64");
  }
  // `atob` also takes white space, missing padding and bits that no byte holds.
  if (btoa(binary) !== text) throw refusal("base64");
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/**
 * Encodes text as UTF-8.
 * @throws {ParseError} `invalid_encoding` for a lone surrogate, which has no UTF-8
 * @example
 * ```ts
 * import { encodeUtf8 } from "@yoctonear/base";
 * encodeUtf8("é"); // Uint8Array [195, 169]
 * ```
 */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  // In a pattern of code points only a lone surrogate is one. `isWellFormed` is newer than ES2022.
  if (/\p{Surrogate}/u.test(text)) {
    throw new ParseError("invalid_encoding", "expected well-formed text, got a lone surrogate");
  }
  return new TextEncoder().encode(text);
}

/**
 * Decodes UTF-8; a byte order mark stays in the text.
 * @throws {ParseError} `invalid_encoding`
 * @example
 * ```ts
 * import { decodeUtf8 } from "@yoctonear/base";
 * decodeUtf8(Uint8Array.of(195, 169)); // "é"
 * ```
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ParseError("invalid_encoding", `expected UTF-8, got ${bytes.length} other bytes`);
  }
}

/** The message holds nothing of the text, which may be a secret key with a typing error. */
function refusal(form: string): ParseError {
  return new ParseError("invalid_encoding", `expected ${form}, got text that is not ${form}`);
}
