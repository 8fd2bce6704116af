/**
 * Signature schemes as values: who verifies or parses keys of any type lists those it takes, so that
 * no curve comes along unasked.
 * @module
 */
import { ParseError } from "@yoctonear/base";
import { type KeyType, parsePublicKey, secretKeyType, parseSignature } from "./key-text.ts";
import { checkHash, type KeyPair } from "./signer.ts";

/** One signature scheme, e.g. `ed25519` of `@yoctonear/keys/ed25519`. */
export interface Scheme {
  /** The key type that it serves. */
  readonly type: KeyType;
  /** Gives nearcore's verdict on raw bytes of the right lengths; never throws for what is forged. */
  readonly verify: (
    hash: Uint8Array,
    signature: Uint8Array,
    publicKey: Uint8Array,
  ) => boolean | Promise<boolean>;
  /** Makes the key pair of a secret key in text form. */
  readonly keyPair: (secretKey: string) => KeyPair;
}

/** A signature and what it should be of. */
export interface VerifySignatureRequest {
  /** SHA-256 of the signed bytes, 32 bytes. */
  readonly hash: Uint8Array;
  /** In text form. */
  readonly signature: string;
  /** In text form. */
  readonly publicKey: string;
}

/**
 * Tells whether a signature is valid, with nearcore's verdict. It says nothing about whose key it is.
 * @param request - the hash, the signature and the public key
 * @param schemes - those that may come
 * @throws {ParseError} `invalid_key` for malformed text and for a type not listed, `invalid_signature`
 * @example
 * ```ts
 * import { verifySignature } from "@yoctonear/keys";
 * import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * const keyPair = randomEd25519KeyPair();
 * const hash = new Uint8Array(32); // stands for a SHA-256
 * const signature = await keyPair.sign({ kind: "message", bytes: new Uint8Array(), hash });
 * await verifySignature({ hash, signature, publicKey: keyPair.publicKey }, [ed25519]); // true
 * ```
 */
export async function verifySignature(
  request: VerifySignatureRequest,
  schemes: readonly Scheme[],
): Promise<boolean> {
  const publicKey = parsePublicKey(request.publicKey);
  const signature = parseSignature(request.signature);
  const scheme = schemeOf(publicKey.type, schemes);
  if (signature.type !== publicKey.type) return false;
  return scheme.verify(checkHash(request.hash), signature.bytes, publicKey.bytes);
}

/**
 * Makes the key pair of a secret key whose type is not known beforehand.
 * @param secretKey - in text form; without a key type it is ed25519
 * @param schemes - those that may come
 * @throws {ParseError} `invalid_key`, also for a type not listed; the secret is never echoed
 * @example
 * ```ts
 * import { parseKeyPair } from "@yoctonear/keys";
 * import { ed25519 } from "@yoctonear/keys/ed25519";
 * import { secp256k1 } from "@yoctonear/keys/secp256k1";
 * const secret = "ed25519:3KyUuch8pYP47krBq4DosFEVBMR5wDTMQ8AThzM8kAEcBQEpsPdYTZ2FPX5ZnSoLrerjwg66hwwJaW1wHzprd5k3";
 * parseKeyPair(secret, [ed25519, secp256k1]).publicKey; // "ed25519:DcA2MzgpJbrUATQLLceocVckhhAqrkingax4oJ9kZ847"
 * ```
 */
export function parseKeyPair(secretKey: string, schemes: readonly Scheme[]): KeyPair {
  return schemeOf(secretKeyType(secretKey), schemes).keyPair(secretKey);
}

function schemeOf(type: KeyType, schemes: readonly Scheme[]): Scheme {
  const scheme = schemes.find((candidate) => candidate.type === type);
  if (scheme !== undefined) return scheme;
  const types = schemes.map((candidate) => candidate.type).join(", ") || "no type at all";
  throw new ParseError("invalid_key", `expected a key of type ${types}, got one of type ${type}`);
}
