/**
 * What signs: the {@link Signer} socket, which holds no secret, so that a KMS, an HSM or a Ledger fits
 * as well as a key pair in memory does.
 * @module
 */
import { redacted } from "./redact.ts";

/** What a signature is for, so that a device can show it and a policy can refuse it. */
export type SigningKind = "transaction" | "delegate_action" | "message";

/** What a signer is asked to sign. */
export interface SigningRequest {
  /** What the bytes are. */
  readonly kind: SigningKind;
  /** The bytes whose SHA-256 is signed; a Ledger parses and shows them. */
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`, 32 bytes: the very message that is signed. */
  readonly hash: Uint8Array;
}

/**
 * Signs for one public key. Always asynchronous, since WebCrypto, devices and services are.
 * @example
 * ```ts
 * import { formatSignature, type Signer } from "@yoctonear/keys";
 * const askKms = async (digest: Uint8Array) => new Uint8Array(64); // stands for a call to a service
 * const signer: Signer = {
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   sign: async ({ hash }) => formatSignature({ type: "ed25519", bytes: new Uint8Array(await askKms(hash)) }),
 * };
 * signer.publicKey.slice(0, 8); // "ed25519:"
 * ```
 */
export interface Signer {
  /** The public key in text form. */
  readonly publicKey: string;
  /** Signs `request.hash` and returns the signature in text form. */
  sign(request: SigningRequest): Promise<string>;
}

/** A signer whose secret is in this process. Whatever prints it shows the public key only. */
export interface KeyPair extends Signer {
  /** Hands out the secret key in text form; the only way to it. */
  readonly revealSecretKey: () => string;
}

/** What a scheme gives to {@link createKeyPair}. */
export interface KeyPairParts {
  /** The public key in text form. */
  readonly publicKey: string;
  /** Signs 32 bytes, gives a signature in text form. */
  readonly signHash: (hash: Uint8Array) => string;
  /** The secret key in text form. */
  readonly secretKey: string;
}

/**
 * Makes a key pair that keeps its secret in closures: text, JSON, the inspectors of Node, Deno and
 * Bun see the public key only, and a structured clone fails. For those who write a {@link Scheme};
 * users take `ed25519KeyPair` or `secp256k1KeyPair`.
 * @param parts - the two keys and the function that signs
 * @example
 * ```ts
 * import { createKeyPair } from "@yoctonear/keys";
 * const keyPair = createKeyPair({ publicKey: "ed25519:…", signHash: () => "ed25519:…", secretKey: "ed25519:S…" });
 * `${keyPair}`; // "ed25519:…"
 * JSON.stringify(keyPair); // '{"publicKey":"ed25519:…"}'
 * ```
 */
export function createKeyPair(parts: KeyPairParts): KeyPair {
  const { publicKey, signHash, secretKey } = parts;
  return Object.freeze({
    publicKey,
    sign: async ({ hash }: SigningRequest): Promise<string> => signHash(checkHash(hash)),
    revealSecretKey: (): string => secretKey,
    ...redacted(publicKey, { publicKey }),
  });
}

/** Refuses what is not a SHA-256: a signature of anything else is never valid on chain. */
export function checkHash(hash: Uint8Array): Uint8Array {
  if (hash instanceof Uint8Array && hash.length === 32) return hash;
  throw new TypeError("expected request.hash to be a Uint8Array of 32 bytes");
}
