/**
 * ML-DSA-65 (FIPS 204, pure, empty context) for lists of schemes. The lattice is that of `@noble/post-quantum`.
 * @module
 */
import { ml_dsa65 } from "@noble/post-quantum/ml-dsa.js";
import type { Scheme } from "@yoctonear/keys";
import { mlDsa65KeyPair } from "./key-pair.ts";

/**
 * ML-DSA-65 for lists of schemes.
 * @example
 * ```ts
 * import { verifySignature } from "@yoctonear/keys";
 * import { ed25519 } from "@yoctonear/keys/ed25519";
 * import { mlDsa65, randomMlDsa65KeyPair } from "@yoctonear/ml-dsa";
 * const { publicKey, sign } = randomMlDsa65KeyPair();
 * const hash = new Uint8Array(32); // stands for a SHA-256
 * const signature = await sign({ kind: "message", bytes: new Uint8Array(), hash });
 * await verifySignature({ hash, signature, publicKey }, [ed25519, mlDsa65]); // true
 * ```
 */
export const mlDsa65: Scheme = /* @__PURE__ */ (() =>
  Object.freeze({
    type: "ml-dsa-65",
    verify: verifyMlDsa65,
    keyPair: (secretKey: string) => mlDsa65KeyPair(secretKey),
  }))();

/**
 * Tells whether a signature is valid, with nearcore's verdict: that of FIPS 204 with an empty context, the
 * digest being the message. Hedged and deterministic signatures are valid alike.
 * @param hash - on chain always 32 bytes
 * @param signature - 3309 bytes
 * @param publicKey - 1952 bytes
 * @returns `false` also for wrong lengths; every 1952 bytes are a public key
 * @example
 * ```ts
 * import { verifyMlDsa65 } from "@yoctonear/ml-dsa";
 * verifyMlDsa65(new Uint8Array(32), new Uint8Array(3309), new Uint8Array(1952)); // false
 * ```
 */
export function verifyMlDsa65(
  hash: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  const { lengths } = ml_dsa65;
  if (signature.length !== lengths.signature || publicKey.length !== lengths.publicKey) {
    return false;
  }
  return ml_dsa65.verify(signature, hash, publicKey);
}
