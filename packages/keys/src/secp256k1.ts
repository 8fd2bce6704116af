/**
 * secp256k1 keys: make, sign, verify. The curve is that of `@noble/curves`. A public key is x ‖ y
 * without a prefix, a signature r ‖ s ‖ v with low s; the hash is signed as it is, never hashed again.
 * @module
 */
import { secp256k1 as curve } from "@noble/curves/secp256k1.js";
import { concatBytes, equalBytes, ParseError } from "@yoctonear/base";
import { formatPublicKey, formatSecretKey, formatSignature, parseSecretKey } from "./key-text.ts";
import type { Scheme } from "./scheme.ts";
import { createKeyPair, type KeyPair } from "./signer.ts";

const UNCOMPRESSED = 0x04;
const MAX_RECOVERY_ID = 3;

/**
 * secp256k1 for lists of schemes.
 * @example
 * ```ts
 * import { parseKeyPair } from "@yoctonear/keys";
 * import { randomSecp256k1KeyPair, secp256k1 } from "@yoctonear/keys/secp256k1";
 * const { publicKey, revealSecretKey } = randomSecp256k1KeyPair();
 * parseKeyPair(revealSecretKey(), [secp256k1]).publicKey === publicKey; // true
 * ```
 */
export const secp256k1: Scheme = {
  type: "secp256k1",
  verify: verifySecp256k1,
  keyPair: secp256k1KeyPair,
};

/**
 * Makes the key pair of a secret key: the scalar of 32 bytes, or 96 bytes, scalar ‖ public key, which
 * must belong together.
 * @param secretKey - in text form
 * @throws {ParseError} `invalid_key`; the secret is never echoed
 * @example
 * ```ts
 * import { secp256k1KeyPair } from "@yoctonear/keys/secp256k1";
 * const secret = "secp256k1:X4ETFKtQkSGVoZEnkn7bZ3LyajJaK2b3eweXaKmynGx";
 * secp256k1KeyPair(secret).publicKey.slice(0, 20); // "secp256k1:5ftgm7wYK5"
 * ```
 */
export function secp256k1KeyPair(secretKey: string): KeyPair {
  const bytes = parseSecretKey(secretKey, "secp256k1");
  const scalar = bytes.slice(0, 32);
  if (!curve.utils.isValidSecretKey(scalar)) {
    throw new ParseError(
      "invalid_key",
      "expected a secret key between 0 and the order of secp256k1, got one outside",
    );
  }
  const publicKey = publicKeyOf(scalar);
  if (bytes.length > 32 && !equalBytes(publicKey, bytes.subarray(32))) {
    throw new ParseError(
      "invalid_key",
      "expected a secret key whose public half belongs to it, got another half",
    );
  }
  return keyPairOf(scalar, publicKey);
}

/**
 * Makes a new key pair from the runtime's secure random numbers.
 * @example
 * ```ts
 * import { randomSecp256k1KeyPair } from "@yoctonear/keys/secp256k1";
 * randomSecp256k1KeyPair().publicKey.startsWith("secp256k1:"); // true
 * ```
 */
export function randomSecp256k1KeyPair(): KeyPair {
  const scalar = new Uint8Array(curve.utils.randomSecretKey());
  return keyPairOf(scalar, publicKeyOf(scalar));
}

/**
 * Tells whether a signature is valid, with nearcore's verdict, which is libsecp256k1's: high s never
 * verifies; v must be 0 to 3 but is not compared with the point.
 * @param hash - 32 bytes, signed as they are
 * @param signature - 65 bytes, r ‖ s ‖ v
 * @param publicKey - 64 bytes, x ‖ y
 * @returns `false` also for wrong lengths and for a public key that is no point
 * @example
 * ```ts
 * import { verifySecp256k1 } from "@yoctonear/keys/secp256k1";
 * verifySecp256k1(new Uint8Array(32), new Uint8Array(65), new Uint8Array(64)); // false
 * ```
 */
export function verifySecp256k1(
  hash: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  if (hash.length !== 32 || signature.length !== 65 || publicKey.length !== 64) return false;
  if ((signature[64] ?? 0) > MAX_RECOVERY_ID) return false;
  return curve.verify(
    signature.subarray(0, 64),
    hash,
    concatBytes(Uint8Array.of(UNCOMPRESSED), publicKey),
    { prehash: false, lowS: true, format: "compact" },
  );
}

function publicKeyOf(scalar: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(curve.getPublicKey(scalar, false).subarray(1));
}

function keyPairOf(scalar: Uint8Array<ArrayBuffer>, publicKey: Uint8Array<ArrayBuffer>): KeyPair {
  return createKeyPair({
    publicKey: formatPublicKey({ type: "secp256k1", bytes: publicKey }),
    signHash: (hash) => {
      const signature = curve.sign(hash, scalar, {
        prehash: false,
        lowS: true,
        format: "recovered",
      });
      // noble puts v in front, nearcore last.
      const bytes = concatBytes(signature.subarray(1), signature.subarray(0, 1));
      return formatSignature({ type: "secp256k1", bytes });
    },
    secretKey: formatSecretKey({ type: "secp256k1", bytes: scalar }),
  });
}
