/**
 * Recovers who signed on secp256k1, with libsecp256k1's verdict. The curve is that of `@noble/curves`.
 * @module
 */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { bytesToNumberBE } from "@noble/curves/utils.js";

/**
 * Returns the public key, x ‖ y, by which a signature is valid, or `null` where there is none.
 * @param hash - 32 bytes
 * @param signature - 64 bytes, r ‖ s
 * @param v - 0 to 3: the lowest bit is the parity of R's y; the other says that R's x is r + n
 * @param highS - whether s may be above half of the order, to the smallest of which nearcore adds one
 */
export function recoverPublicKey(
  hash: Uint8Array,
  signature: Uint8Array,
  v: number,
  highS: "accept" | "reject",
): Uint8Array | null {
  const { ORDER } = secp256k1.Point.Fn;
  const r = bytesToNumberBE(signature.subarray(0, 32));
  const s = bytesToNumberBE(signature.subarray(32));
  const limit = highS === "reject" ? ORDER / 2n + 1n : ORDER;
  if (r === 0n || r >= ORDER || s === 0n || s >= limit) return null;
  try {
    const point = new secp256k1.Signature(r, s, v).recoverPublicKey(hash);
    return point.toBytes(false).subarray(1);
  } catch {
    // R is not on the curve, or the key is infinity.
    return null;
  }
}
