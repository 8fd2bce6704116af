/**
 * ed25519 keys: make, sign, verify. The curve is that of `@noble/curves`.
 * @module
 */
import { ed25519 as curve } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concatBytes, equalBytes, ParseError } from "@yoctonear/base";
import { ed25519Case, littleEndian } from "./ed25519-case.ts";
import { formatPublicKey, formatSecretKey, formatSignature, parseSecretKey } from "./key-text.ts";
import type { Scheme } from "./scheme.ts";
import { createKeyPair, type KeyPair } from "./signer.ts";

export { ed25519Case, type Ed25519Case } from "./ed25519-case.ts";

/**
 * ed25519 for lists of schemes.
 * @example
 * ```ts
 * import { parseKeyPair } from "@yoctonear/keys";
 * import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * const { publicKey, revealSecretKey } = randomEd25519KeyPair();
 * parseKeyPair(revealSecretKey(), [ed25519]).publicKey === publicKey; // true
 * ```
 */
export const ed25519: Scheme = {
  type: "ed25519",
  verify: verifyEd25519,
  keyPair: ed25519KeyPair,
};

/**
 * Makes the key pair of a secret key: 64 bytes, seed ‖ public key, which must belong together, or the
 * seed of 32 bytes alone. A public key has the form of a seed: it cannot be told and is taken for one.
 * @param secretKey - in text form; the key type may be missing
 * @throws {ParseError} `invalid_key`; the secret is never echoed
 * @example
 * ```ts
 * import { ed25519KeyPair } from "@yoctonear/keys/ed25519";
 * const secret = "ed25519:3KyUuch8pYP47krBq4DosFEVBMR5wDTMQ8AThzM8kAEcBQEpsPdYTZ2FPX5ZnSoLrerjwg66hwwJaW1wHzprd5k3";
 * ed25519KeyPair(secret).publicKey; // "ed25519:DcA2MzgpJbrUATQLLceocVckhhAqrkingax4oJ9kZ847"
 * ```
 */
export function ed25519KeyPair(secretKey: string): KeyPair {
  const bytes = parseSecretKey(secretKey, "ed25519");
  const seed = bytes.slice(0, 32);
  const publicKey = curve.getPublicKey(seed);
  if (bytes.length > 32 && !equalBytes(publicKey, bytes.subarray(32))) {
    throw new ParseError(
      "invalid_key",
      "expected a secret key whose public half belongs to it, got another half",
    );
  }
  return keyPairOf(seed, publicKey);
}

/**
 * Makes the key pair of a raw seed, e.g. one derived from a seed phrase.
 * @param seed - 32 bytes; copied
 * @throws {RangeError} when it has another length
 * @example
 * ```ts
 * import { ed25519KeyPairFromSeed } from "@yoctonear/keys/ed25519";
 * ed25519KeyPairFromSeed(new Uint8Array(32)).publicKey; // "ed25519:4zvwRjXUKGfvwnParsHAS3HuSVzV5cA4McphgmoCtajS"
 * ```
 */
export function ed25519KeyPairFromSeed(seed: Uint8Array): KeyPair {
  if (seed.length !== 32) {
    throw new RangeError(`expected a seed of 32 bytes, got ${seed.length}`);
  }
  const copy = new Uint8Array(seed);
  return keyPairOf(copy, curve.getPublicKey(copy));
}

/**
 * Makes a new key pair from the runtime's secure random numbers.
 * @example
 * ```ts
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * randomEd25519KeyPair().publicKey.startsWith("ed25519:"); // true
 * ```
 */
export function randomEd25519KeyPair(): KeyPair {
  return ed25519KeyPairFromSeed(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * Tells whether a signature is valid, with the verdict of ed25519-dalek 2.2 `verify`, which is
 * nearcore's: s must be below the group order; the public key may be of small order or encoded
 * non-canonically; sB − kA, compressed, must be R byte for byte, without the cofactor. Neither mode of
 * noble's own `verify` is this.
 * @param message - on chain always a hash of 32 bytes
 * @param signature - 64 bytes
 * @param publicKey - 32 bytes
 * @returns `false` also for wrong lengths and for a public key that is no point
 * @example
 * ```ts
 * import { verifyEd25519 } from "@yoctonear/keys/ed25519";
 * verifyEd25519(new Uint8Array(32), new Uint8Array(64), new Uint8Array(32)); // false
 * ```
 */
export function verifyEd25519(
  message: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  if (ed25519Case(signature, publicKey) === "invalid") return false;
  const { Point } = curve;
  const decoded = decodePoint(publicKey);
  if (decoded === null) return false;
  const r = signature.subarray(0, 32);
  const k = Point.Fn.create(littleEndian(sha512(concatBytes(r, publicKey, message))));
  const s = littleEndian(signature.subarray(32));
  const expected = Point.BASE.multiplyUnsafe(s).subtract(decoded.multiplyUnsafe(k));
  return equalBytes(expected.toBytes(), r);
}

// The decoder of ZIP-215 takes what curve25519-dalek decompresses: any y, and x = 0 of either sign.
function decodePoint(bytes: Uint8Array): InstanceType<typeof curve.Point> | null {
  try {
    return curve.Point.fromBytes(bytes, true);
  } catch {
    return null;
  }
}

function keyPairOf(seed: Uint8Array, publicKey: Uint8Array): KeyPair {
  return createKeyPair({
    publicKey: formatPublicKey({ type: "ed25519", bytes: new Uint8Array(publicKey) }),
    signHash: (hash) =>
      formatSignature({ type: "ed25519", bytes: new Uint8Array(curve.sign(hash, seed)) }),
    secretKey: formatSecretKey({ type: "ed25519", bytes: concatBytes(seed, publicKey) }),
  });
}
