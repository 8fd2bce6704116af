/**
 * ML-DSA-65 key pairs: from either of their secret forms, from a seed, from random numbers.
 * @module
 */
import { shake256 } from "@noble/hashes/sha3.js";
import { ml_dsa65 } from "@noble/post-quantum/ml-dsa.js";
import { equalBytes, ParseError } from "@yoctonear/base";
import {
  createKeyPair,
  formatPublicKey,
  formatSecretKey,
  formatSignature,
  type KeyPair,
  parseSecretKey,
} from "@yoctonear/keys";

const TYPE = "ml-dsa-65";
const SEED_LENGTH = 32;
/** Where the hash of the public key stands in an expanded secret key: behind ρ and K (FIPS 204, 7.2). */
const KEY_HASH = { start: 64, end: 128 } as const;

/** How a key pair signs. */
export interface MlDsa65Options {
  /**
   * True makes the same signature of the same hash always. By default random numbers enter each signature, as
   * FIPS 204 recommends against faults and side channels; both are valid, and a transaction's hash does not
   * depend on its signature.
   */
  readonly deterministic?: boolean | undefined;
}

/** A key pair whose secret has two forms. `revealSecretKey` gives the one that nearcore reads, of 4032 bytes. */
export interface MlDsa65KeyPair extends KeyPair {
  /**
   * Hands out the seed of 32 bytes under the same prefix, the form that near-kit writes and a seed phrase leads
   * to; nearcore does not read it. Null where the key pair was made of the long form, which does not hold it.
   */
  readonly revealSeed: () => string | null;
}

/**
 * Makes the key pair of a secret key: the expanded key of 4032 bytes as nearcore writes it, whose public half must
 * belong to it, or the seed of 32 bytes as near-kit does.
 * @param secretKey - in text form, `ml-dsa-65:…`
 * @param options - how it signs
 * @throws {ParseError} `invalid_key`; the secret is never echoed
 * @example
 * ```ts
 * import { mlDsa65Handle, mlDsa65KeyPair } from "@yoctonear/ml-dsa";
 * const { publicKey, revealSecretKey } = mlDsa65KeyPair("ml-dsa-65:7t9yn5gKtyA9EwqwGCHe6WeDdDhDQkRDVhASM7ZvRoum");
 * mlDsa65Handle(publicKey).slice(0, 15); // "ml-dsa-65-hash:"
 * mlDsa65KeyPair(revealSecretKey()).publicKey === publicKey; // true
 * ```
 */
export function mlDsa65KeyPair(secretKey: string, options: MlDsa65Options = {}): MlDsa65KeyPair {
  const bytes = parseSecretKey(secretKey, TYPE);
  if (bytes.length === SEED_LENGTH) return mlDsa65KeyPairFromSeed(bytes, options);
  return keyPairOf(publicKeyOf(bytes), bytes, null, options);
}

/**
 * Makes the key pair of a raw seed (ξ of FIPS 204), e.g. one derived from a seed phrase.
 * @param seed - 32 bytes; copied
 * @param options - how it signs
 * @throws {RangeError} when it has another length
 * @example
 * ```ts
 * import { mlDsa65KeyPairFromSeed } from "@yoctonear/ml-dsa";
 * mlDsa65KeyPairFromSeed(new Uint8Array(32)).publicKey.length; // 2676
 * ```
 */
export function mlDsa65KeyPairFromSeed(
  seed: Uint8Array,
  options: MlDsa65Options = {},
): MlDsa65KeyPair {
  if (seed.length !== SEED_LENGTH) {
    throw new RangeError(`expected a seed of ${SEED_LENGTH} bytes, got ${seed.length}`);
  }
  const copy = new Uint8Array(seed);
  const { publicKey, secretKey } = ml_dsa65.keygen(copy);
  return keyPairOf(publicKey, secretKey, copy, options);
}

/**
 * Makes a new key pair from the runtime's secure random numbers.
 * @param options - how it signs
 * @example
 * ```ts
 * import { randomMlDsa65KeyPair } from "@yoctonear/ml-dsa";
 * randomMlDsa65KeyPair().publicKey.startsWith("ml-dsa-65:"); // true
 * ```
 */
export function randomMlDsa65KeyPair(options: MlDsa65Options = {}): MlDsa65KeyPair {
  return mlDsa65KeyPairFromSeed(crypto.getRandomValues(new Uint8Array(SEED_LENGTH)), options);
}

/** The public key that belongs to an expanded secret key, which holds its hash. */
function publicKeyOf(secretKey: Uint8Array): Uint8Array {
  let publicKey;
  try {
    publicKey = ml_dsa65.getPublicKey(secretKey);
  } catch {
    // Its error is dropped on purpose: it names coefficients of the secret.
    throw new ParseError("invalid_key", "expected an expanded secret key, got other bytes");
  }
  const { start, end } = KEY_HASH;
  const hash = shake256(publicKey, { dkLen: end - start });
  if (equalBytes(hash, secretKey.subarray(start, end))) return publicKey;
  throw new ParseError(
    "invalid_key",
    "expected a secret key whose public half belongs to it, got another half",
  );
}

function keyPairOf(
  publicKey: Uint8Array,
  secretKey: Uint8Array,
  seed: Uint8Array<ArrayBuffer> | null,
  options: MlDsa65Options,
): MlDsa65KeyPair {
  const signing = options.deterministic === true ? ({ extraEntropy: false } as const) : {};
  const keyPair = createKeyPair({
    publicKey: formatPublicKey({ type: TYPE, bytes: new Uint8Array(publicKey) }),
    signHash: (hash) => {
      const bytes = new Uint8Array(ml_dsa65.sign(hash, secretKey, signing));
      return formatSignature({ type: TYPE, bytes });
    },
    secretKey: "",
  });
  // Written when asked for: in base58 it takes longer than signing.
  const reveal = (bytes: Uint8Array): string =>
    formatSecretKey({ type: TYPE, bytes: new Uint8Array(bytes) });
  return Object.freeze({
    ...keyPair,
    revealSecretKey: () => reveal(secretKey),
    revealSeed: () => (seed === null ? null : reveal(seed)),
  });
}
