/**
 * Sorts ed25519 signatures by where implementations may differ from ed25519-dalek 2.2, whose verdict
 * is nearcore's. Bytes only, no curve: it serves the WebCrypto entry too.
 * @module
 */

/**
 * - `invalid`: dalek refuses it whatever the message, since s is not below the group order, or since
 *   R is an encoding that compression never gives, while dalek compares R as bytes.
 * - `ordinary`: every implementation of the cofactorless equation agrees.
 * - `unusual`: R or the public key is of small order, which WebCrypto refuses and dalek accepts, or
 *   the public key is not canonically encoded, which some refuse and dalek accepts.
 */
export type Ed25519Case = "invalid" | "ordinary" | "unusual";

const FIELD_PRIME = 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedn;
const GROUP_ORDER = 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn;
const Y_BITS = 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffn;
/** y of the points of order 8; its negative is the other one. */
const Y_OF_ORDER_8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
/** Highest bytes of the group order, and of 0, 1, the points of order 8, and what is at or above p − 1. */
const ORDER_TOP = 0x10;
const NEAR_TOPS: readonly number[] = [0x00, 0x05, 0x7a, 0x7f];

/**
 * Sorts a signature of 64 bytes and a public key of 32.
 *
 * `ordinary` does not say that a point has no component of small order; it need not: OpenSSL,
 * BoringSSL, ring, NSS and dalek all check the equation without the cofactor, so they agree there.
 * @example
 * ```ts
 * import { ed25519Case } from "@yoctonear/keys/ed25519";
 * ed25519Case(new Uint8Array(64).fill(255), new Uint8Array(32)); // "invalid"
 * ed25519Case(new Uint8Array(64), new Uint8Array(32)); // "unusual"
 * ```
 */
export function ed25519Case(signature: Uint8Array, publicKey: Uint8Array): Ed25519Case {
  // The highest bytes tell nearly all, for a tenth of what making numbers of 256 bits takes.
  const isBelowOrder = (signature[63] ?? 0) < ORDER_TOP;
  if (isBelowOrder && isFarOff(signature) && isFarOff(publicKey)) return "ordinary";
  const r = littleEndian(signature.subarray(0, 32));
  const y = r & Y_BITS;
  const isMinusZero = r !== y && (y === 1n || y === FIELD_PRIME - 1n);
  if (littleEndian(signature.subarray(32)) >= GROUP_ORDER) return "invalid";
  if (y >= FIELD_PRIME || isMinusZero) return "invalid";
  const keyY = littleEndian(publicKey) & Y_BITS;
  return isSmallOrder(y) || keyY >= FIELD_PRIME || isSmallOrder(keyY) ? "unusual" : "ordinary";
}

/** Tells by its highest byte that a point is none of those that need a closer look. */
function isFarOff(point: Uint8Array): boolean {
  return !NEAR_TOPS.includes((point[31] ?? 0) & 0x7f);
}

/** Reads a number, least significant byte first. */
export function littleEndian(bytes: Uint8Array): bigint {
  let digits = "0x0";
  for (let i = bytes.length - 1; i >= 0; i--) {
    digits += (bytes[i] ?? 0).toString(16).padStart(2, "0");
  }
  return BigInt(digits);
}

function isSmallOrder(y: bigint): boolean {
  return (
    y === 0n ||
    y === 1n ||
    y === FIELD_PRIME - 1n ||
    y === Y_OF_ORDER_8 ||
    y === FIELD_PRIME - Y_OF_ORDER_8
  );
}
