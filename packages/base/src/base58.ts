/**
 * Base58 with the Bitcoin alphabet and without a checksum, as NEAR writes keys and hashes. Works on
 * limbs of several digits, which makes it some times faster than digit by digit.
 * @module
 */
import { ParseError } from "./errors.ts";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Limbs and steps are chosen so that a limb times a step stays below 2^53. */
const ENCODED_LIMB = 58 ** 5;
const DECODED_LIMB = 256 ** 3;

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
  // Two bytes a step, after the odd one.
  if (length % 2 === 1) shiftIn(limbs, ENCODED_LIMB, 256, bytes[0] ?? 0);
  for (let i = length % 2; i < length; i += 2) {
    shiftIn(limbs, ENCODED_LIMB, 65536, (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0));
  }
  let text = "";
  for (let limb of limbs) {
    for (let i = 0; i < 5; i++) {
      text = ALPHABET.charAt(limb % 58) + text;
      limb = (limb / 58) | 0;
    }
  }
  let zeros = 0;
  while (zeros < length && bytes[zeros] === 0) zeros++;
  return "1".repeat(zeros) + text.replace(/^1+/, "");
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
  if (typeof text !== "string") throw refusal();
  const { length } = text;
  const limbs: number[] = [];
  // Four digits a step, after the odd ones.
  for (let i = 0, step = length % 4 || 4; i < length; i += step, step = 4) {
    let added = 0;
    for (let k = i; k < i + step; k++) {
      const digit = ALPHABET.indexOf(text.charAt(k));
      // The text may be a secret key with a typing error, so the message holds nothing of it.
      if (digit < 0) throw refusal();
      added = added * 58 + digit;
    }
    shiftIn(limbs, DECODED_LIMB, 58 ** step, added);
  }
  let zeros = 0;
  while (zeros < length && text.charCodeAt(zeros) === 49) zeros++;
  const top = limbs.at(-1) ?? 0;
  const topBytes = top > 0xffff ? 3 : top > 0xff ? 2 : top > 0 ? 1 : 0;
  const size = zeros + Math.max(0, limbs.length - 1) * 3 + topBytes;
  const bytes = new Uint8Array(size);
  for (let i = size - 1, k = 0; i >= zeros; i--, k++) {
    bytes[i] = (limbs[(k / 3) | 0] ?? 0) >> (8 * (k % 3));
  }
  return bytes;
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

function refusal(): ParseError {
  return new ParseError("invalid_encoding", "expected base58, got text that is not base58");
}
