/**
 * Base58 with the Bitcoin alphabet and without a checksum, as NEAR writes keys and hashes. Works on
 * limbs of several digits, which makes it some times faster than digit by digit.
 * @module
 */
import { ParseError } from "./errors.ts";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Limbs and steps are chosen so that a limb times a step stays below 2^53. */
const ENCODED_LIMB = 58 ** 5;
const DECODED_LIMB = 256 ** 5;

/**
 * Encodes bytes as base58.
 * @example
 * ```ts
 * import { encodeBase58 } from "@yoctonear/base";
 * encodeBase58(Uint8Array.of(0, 1)); // "12"
 * ```
 */
export function encodeBase58(bytes: Uint8Array): string {
  const limbs: number[] = [];
  // Two bytes a step; where their number is odd, a zero before the first.
  for (let i = -(bytes.length % 2); i < bytes.length; i += 2) {
    shiftIn(limbs, ENCODED_LIMB, 65536, (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0));
  }
  let text = "";
  for (let limb of limbs) {
    for (let i = 0; i < 5; i++) {
      text = ALPHABET.charAt(limb % 58) + text;
      limb = (limb / 58) | 0;
    }
  }
  const zeros = bytes.findIndex((byte) => byte > 0);
  return "1".repeat(zeros < 0 ? bytes.length : zeros) + text.replace(/^1+/, "");
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
  const limbs: number[] = [];
  for (const digit of text) shiftIn(limbs, DECODED_LIMB, 58, ALPHABET.indexOf(digit));
  const bytes: number[] = [];
  for (let limb of limbs) {
    for (let i = 0; i < 5; i++) {
      bytes.push(limb % 256);
      limb = Math.floor(limb / 256);
    }
  }
  while (bytes.at(-1) === 0) bytes.pop();
  for (let i = 0; text[i] === "1"; i++) bytes.push(0);
  return Uint8Array.from(bytes.reverse());
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
  if (carry > 0) limbs.push(carry);
}
