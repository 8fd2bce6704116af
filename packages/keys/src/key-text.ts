/**
 * Text forms of public keys, signatures and secret keys: `type:base58`, no checksum. Strict: the
 * length is exact, and the key type is one that NEAR knows. What is refused is never echoed, since it
 * may be a secret pasted in the wrong place. Facts from nearcore `core/crypto/src/signature.rs`.
 *
 * As in nearcore, and unlike near-kit-rs, a public key need not be a point on its curve here: such
 * keys stand on the chain (nobody can sign for them), so a client must be able to read them.
 * @module
 */
import { decodeBase58, encodeBase58, ParseError } from "@yoctonear/base";

/** The signature schemes of NEAR, as written before the colon. */
export type KeyType = "ed25519" | "secp256k1" | "ml-dsa-65";

/** The raw form of a public key or of a signature. */
export interface KeyData {
  /** The scheme it belongs to. */
  readonly type: KeyType;
  /** Without a tag, of the length that the scheme prescribes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type Part = "publicKey" | "signature" | "secretKey";

/** The key types, each at the index that is its borsh tag. */
export const KEY_TYPES: readonly KeyType[] = ["ed25519", "secp256k1", "ml-dsa-65"];

/** Lengths in bytes. A secret has a short and a long form, which is the longest of all. */
const LENGTHS: Readonly<Record<KeyType, Readonly<Record<Part, readonly number[]>>>> = {
  ed25519: { publicKey: [32], signature: [64], secretKey: [32, 64] },
  secp256k1: { publicKey: [64], signature: [65], secretKey: [32, 96] },
  "ml-dsa-65": { publicKey: [1952], signature: [3309], secretKey: [32, 4032] },
};

/** Base58 digits that a byte takes at most, rounded up: log(256) / log(58). */
const DIGITS_PER_BYTE = 1.3657;

/**
 * Parses a public key. The key type may be in any case, and is ed25519 where it is missing.
 *
 * A secret key in its place is refused. There is one that cannot be told: a bare 32-byte ed25519
 * seed has the very form of an ed25519 public key, so never keep or pass seeds in that form.
 * @param text - e.g. `ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp`
 * @throws {ParseError} `invalid_key`
 * @example
 * ```ts
 * import { parsePublicKey } from "@yoctonear/keys";
 * parsePublicKey("ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp").bytes.length; // 32
 * ```
 */
export function parsePublicKey(text: string): KeyData {
  return parseKeyText(text, "publicKey");
}

/**
 * Formats a public key, the key type in lower case.
 * @throws {RangeError} when the length is not the type's
 * @example
 * ```ts
 * import { formatPublicKey } from "@yoctonear/keys";
 * formatPublicKey({ type: "ed25519", bytes: new Uint8Array(32) }); // "ed25519:11111111111111111111111111111111"
 * ```
 */
export function formatPublicKey(key: KeyData): string {
  return formatKeyText(key, "publicKey");
}

/**
 * Parses a signature. As in nearcore its value is not looked at: that is for the verification, and for
 * `signatureCodec`, which refuses an ed25519 signature that no node can decode.
 * @param text - e.g. `ed25519:26gFr4xth7W9K7HPWAxq3BLsua8oTy378mC1MYFiEXHBBpeBjP8WmJEJo8XTBowetvqbRshcQEtBUdwQcAqDyP8T`
 * @throws {ParseError} `invalid_signature`
 * @example
 * ```ts
 * import { formatSignature, parseSignature } from "@yoctonear/keys";
 * const text = formatSignature({ type: "secp256k1", bytes: new Uint8Array(65) });
 * parseSignature(text).bytes.length; // 65
 * ```
 */
export function parseSignature(text: string): KeyData {
  return parseKeyText(text, "signature");
}

/**
 * Formats a signature, the key type in lower case.
 * @throws {RangeError} when the length is not the type's
 * @example
 * ```ts
 * import { formatSignature } from "@yoctonear/keys";
 * formatSignature({ type: "ed25519", bytes: new Uint8Array(64) }).slice(0, 10); // "ed25519:11"
 * ```
 */
export function formatSignature(signature: KeyData): string {
  return formatKeyText(signature, "signature");
}

/** Tells the key type of a secret key, which must have a length of that type. */
export function secretKeyType(text: string): KeyType {
  return parseKeyText(text, "secretKey").type;
}

/**
 * Parses a secret key of one type, in either of its lengths; what it means is the scheme's to say. For
 * those who write a `Scheme`; users take `ed25519KeyPair` and its like.
 * @throws {ParseError} `invalid_key`; the secret is never echoed
 * @example
 * ```ts
 * import { parseSecretKey } from "@yoctonear/keys";
 * parseSecretKey("secp256k1:X4ETFKtQkSGVoZEnkn7bZ3LyajJaK2b3eweXaKmynGx", "secp256k1").length; // 32
 * ```
 */
export function parseSecretKey(text: string, type: KeyType): Uint8Array<ArrayBuffer> {
  const key = parseKeyText(text, "secretKey");
  if (key.type === type) return key.bytes;
  throw new ParseError("invalid_key", `expected a secret key of type ${type}, got ${key.type}`);
}

/**
 * Formats a secret key: a secret is text from here on. For those who write a `Scheme`.
 * @throws {RangeError} when the length is none of the type's
 * @example
 * ```ts
 * import { formatSecretKey } from "@yoctonear/keys";
 * formatSecretKey({ type: "ml-dsa-65", bytes: new Uint8Array(32) }).slice(0, 11); // "ml-dsa-65:1"
 * ```
 */
export function formatSecretKey(key: KeyData): string {
  return formatKeyText(key, "secretKey");
}

function isKeyType(text: string): text is KeyType {
  return Object.hasOwn(LENGTHS, text);
}

function parseKeyText(text: string, part: Part): KeyData {
  const refuse = (expected: string, got: string): ParseError =>
    new ParseError(
      part === "signature" ? "invalid_signature" : "invalid_key",
      `expected ${NAMES[part]} ${expected}, got ${got}`,
    );
  if (typeof text !== "string") throw refuse("as text", `a value of type ${typeof text}`);
  const colon = text.indexOf(":");
  const type = colon < 0 ? "ed25519" : text.slice(0, colon).toLowerCase();
  if (!isKeyType(type)) {
    const got = type === "ml-dsa-65-hash" ? "the hash of a key" : "another one";
    throw refuse(`of type ${KEY_TYPES.join(", ")}`, got);
  }
  const wanted = LENGTHS[type][part];
  // Made only where it is needed: keys are parsed some twenty times for one transfer.
  const expected = (): string => `of ${wanted.join(" or ")} bytes in base58 after "${type}:"`;
  const digits = text.slice(colon + 1);
  // Bounded before decoding, whose time grows with the square of the length.
  const [, longest = 0] = LENGTHS[type].secretKey;
  if (digits.length > longest * DIGITS_PER_BYTE + 1) {
    throw refuse(expected(), `${digits.length} characters`);
  }
  let bytes;
  try {
    bytes = decodeBase58(digits);
  } catch {
    // Its error is dropped on purpose: nothing of a secret may hang on as a `cause`.
    throw refuse(expected(), "text that is not base58");
  }
  const { length } = bytes;
  if (wanted.includes(length)) return { type, bytes };
  const { publicKey, secretKey } = LENGTHS[type];
  const hint =
    part === "publicKey" && secretKey.includes(length)
      ? ": it looks like a secret key, which must never leave its owner"
      : part === "secretKey" && publicKey.includes(length)
        ? ": it looks like a public key"
        : "";
  throw refuse(expected(), `${length} bytes${hint}`);
}

const NAMES: Readonly<Record<Part, string>> = {
  publicKey: "a public key",
  signature: "a signature",
  secretKey: "a secret key",
};

function formatKeyText(key: KeyData, part: Part): string {
  const wanted = LENGTHS[key.type][part];
  if (!wanted.includes(key.bytes.length)) {
    throw new RangeError(
      `expected ${NAMES[part]} of ${wanted.join(" or ")} bytes, got ${key.bytes.length}`,
    );
  }
  return `${key.type}:${encodeBase58(key.bytes)}`;
}
