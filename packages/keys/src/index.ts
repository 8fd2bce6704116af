/**
 * Keys and signers of NEAR, without any curve in it: text forms, borsh codecs, the {@link Signer}
 * socket, and schemes as values. The curves are `@yoctonear/keys/ed25519` and `…/secp256k1`, beside
 * `…/webcrypto`, `…/seed-phrase` and `…/credentials`.
 *
 * No secret is ever in an error, in text, in JSON or in an inspector. What JavaScript cannot promise:
 * memory that is wiped, and running times that never depend on a secret.
 * @module
 */
export { publicKeyCodec, publicKeyHandleCodec, signatureCodec } from "./codec.ts";
export {
  formatPublicKey,
  formatSecretKey,
  formatSignature,
  type KeyData,
  type KeyType,
  parsePublicKey,
  parseSecretKey,
  parseSignature,
} from "./key-text.ts";
export {
  parseKeyPair,
  type Scheme,
  verifySignature,
  type VerifySignatureRequest,
} from "./scheme.ts";
export {
  createKeyPair,
  type KeyPair,
  type KeyPairParts,
  type Signer,
  type SigningKind,
  type SigningRequest,
} from "./signer.ts";
