/**
 * Base58 with the Bitcoin alphabet and without a checksum, as NEAR writes keys and hashes. Works on
 * limbs of several digits, which makes it some times faster than digit by digit.
 * @module
 */
import { ParseError } from "./errors.ts";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Limbs and steps are chosen so that a limb times a step stays below 2^53, and a limb below 2^31. */
const ENCODED_LIMB = 58 ** 4;
const DECODED_LIMB = 256 ** 3;
/** Value of a digit by its character code. */
const VALUES: readonly number[] = /* @__PURE__ */ Array.from({ length: 123 }, (_, code) =>
  ALPHABET.indexOf(String.fromCharCode(code)),
);

/**
 * Encodes bytes as base58.
 * @example
 * ```ts
 * import { encodeBase58 } from "@yoctonear/base";
 * encodeBase58(Uint8Array.of(0, 1)); // "12"
 * ```
 */
export function encodeBase58(bytes: Uint8Array): string {
  const { length } = bytes;
  const limbs: number[] = [];
  // Three bytes a step; where they do not come out even, zeros before the first.
  for (let i = -((3 - (length % 3)) % 3); i < length; i += 3) {
    const step = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    shiftIn(limbs, ENCODED_LIMB, DECODED_LIMB, step);
  }
  let text = "";
  for (let i = limbs.length - 1; i >= 0; i--) text += digitsOf(limbs[i] ?? 0);
  const zeros = bytes.findIndex((byte) => byte > 0);
  return "1".repeat(zeros < 0 ? length : zeros) + text.slice(leadingOnes(text));
}

/**
 * Decodes base58. The time grows with the square of the length, so bound it where it is foreign.
 * @throws {ParseError} `invalid_encoding`
 * @example
 * ```ts
 * import { decodeBase58 } from "@yoctonear/base";
 * decodeBase58("12"); // Uint8Array [0, 1]
 * ```
 */
export function decodeBase58(text: string): Uint8Array<ArrayBuffer> {
  // The text may be a secret key with a typing error, so the message holds nothing of it.
  if (typeof text !== "string" || !/^[1-9A-HJ-NP-Za-km-z]*$/.test(text)) {
    throw new ParseError("invalid_encoding", "expected base58, got text that is not base58");
  }
  const { length } = text;
  const limbs: number[] = [];
  // Four digits a step, the first one shorter where they do not come out even.
  for (let i = -((4 - (length % 4)) % 4); i < length; i += 4) {
    let step = 0;
    for (let k = Math.max(i, 0); k < i + 4; k++) {
      step = step * 58 + (VALUES[text.charCodeAt(k)] ?? 0);
    }
    shiftIn(limbs, DECODED_LIMB, ENCODED_LIMB, step);
  }
  const zeros = leadingOnes(text);
  const last = limbs.at(-1) ?? 0;
  const unused = last < 256 ? (limbs.length > 0 ? 2 : 0) : last < 65536 ? 1 : 0;
  const bytes = new Uint8Array(zeros + 3 * limbs.length - unused);
  let end = bytes.length;
  for (const limb of limbs) {
    // Beyond the start of the array for the last limb's zeros, where nothing is written.
    bytes[--end] = limb;
    bytes[--end] = limb >> 8;
    bytes[--end] = limb >> 16;
  }
  return bytes;
}

/** The four digits of a limb. */
function digitsOf(limb: number): string {
  const high = (limb / 58 ** 2) | 0;
  const low = limb - high * 58 ** 2;
  const first = (high / 58) | 0;
  const third = (low / 58) | 0;
  return String.fromCharCode(
    ALPHABET.charCodeAt(first),
    ALPHABET.charCodeAt(high - first * 58),
    ALPHABET.charCodeAt(third),
    ALPHABET.charCodeAt(low - third * 58),
  );
}

function leadingOnes(text: string): number {
  let count = 0;
  while (text.startsWith("1", count)) count++;
  return count;
}

/** Multiplies a little-endian number of limbs by a factor and adds to it, in place. */
function shiftIn(limbs: number[], base: number, factor: number, added: number): void {
  let carry = added;
  for (let i = 0; i < limbs.length; i++) {
    carry += (limbs[i] ?? 0) * factor;
    // Division is dear, so the remainder comes from the quotient.
    const quotient = Math.floor(carry / base);
    limbs[i] = carry - quotient * base;
    carry = quotient;
  }
  for (; carry > 0; carry = Math.floor(carry / base)) limbs.push(carry % base);
}
