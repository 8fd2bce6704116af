/**
 * Verifies signatures on P-256, with the verdict of the `p256` crate's `verify_prehash`. The curve is that of
 * `@noble/curves`.
 * @module
 */
import { p256 } from "@noble/curves/nist.js";
import { bytesToNumberBE } from "@noble/curves/utils.js";
import { concatBytes } from "@yoctonear/base";

/** The crate takes only as many bytes of the prehash as a field element has, and no fewer than half. */
const PREHASH_SIZE = 32;
const MIN_PREHASH_SIZE = 16;

/** First byte of a public key. */
const EVEN_Y = 0x02;
const ODD_Y = 0x03;
const SMALLER_Y = 0x05;

/** Tells whether 64 bytes are r ‖ s, both between 0 and the order. */
export function isP256Signature(signature: Uint8Array): boolean {
  const { Fn } = p256.Point;
  return [signature.subarray(0, 32), signature.subarray(32)].every((bytes) =>
    Fn.isValidNot0(bytesToNumberBE(bytes)),
  );
}

/**
 * Tells whether a signature is valid; s may be high.
 * @param prehash - its first 32 bytes count; a shorter one is a number of that length
 * @param signature - one for which {@link isP256Signature} holds
 * @param publicKey - 33 bytes, compressed or compact
 */
export function verifyP256(
  prehash: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  if (prehash.length < MIN_PREHASH_SIZE) return false;
  const key = compressedKey(publicKey);
  return (
    key !== null &&
    p256.verify(signature, prehash.subarray(0, PREHASH_SIZE), key, { prehash: false, lowS: false })
  );
}

/** The crate also takes the compact form, which names x alone and means the smaller y; noble does not know it. */
function compressedKey(publicKey: Uint8Array): Uint8Array | null {
  if (publicKey[0] !== SMALLER_Y) return isPoint(publicKey) ? publicKey : null;
  const even = concatBytes(Uint8Array.of(EVEN_Y), publicKey.subarray(1));
  if (!isPoint(even)) return null;
  const { y } = p256.Point.fromBytes(even);
  if (2n * y < p256.Point.Fp.ORDER) return even;
  return concatBytes(Uint8Array.of(ODD_Y), publicKey.subarray(1));
}

function isPoint(publicKey: Uint8Array): boolean {
  return p256.utils.isValidPublicKey(publicKey, true);
}
