/**
 * Borsh of public keys, signatures and public key handles: a tag, then the raw bytes. In values they
 * are text. nearcore `core/crypto/src/signature.rs`.
 * @module
 */
import { decodeBase58, encodeBase58, ParseError } from "@yoctonear/base";
import { BorshError, type Codec, mapped, u8 } from "@yoctonear/borsh";
import {
  formatPublicKey,
  formatSignature,
  type KeyData,
  KEY_TYPES,
  parsePublicKey,
  parseSignature,
} from "./key-text.ts";

/**
 * A public key: tag 0 ed25519, 1 secp256k1, 2 ML-DSA-65. Written from any text that
 * {@link parsePublicKey} takes, read as canonical text.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { publicKeyCodec } from "@yoctonear/keys";
 * encode(publicKeyCodec, "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp").length; // 33
 * ```
 */
export const publicKeyCodec: Codec<string> = /* @__PURE__ */ taggedText(
  [32, 64, 1952],
  (text) => tagged(parsePublicKey(text)),
  (key) => formatPublicKey(untagged(key)),
);

/**
 * A signature: tag 0 ed25519, 1 secp256k1 (r‖s‖v), 2 ML-DSA-65. An ed25519 signature whose last byte
 * has any of its three top bits set is refused both ways, since nearcore decodes none.
 * @example
 * ```ts
 * import { decode } from "@yoctonear/borsh";
 * import { signatureCodec } from "@yoctonear/keys";
 * decode(signatureCodec, new Uint8Array(65)).slice(0, 12); // "ed25519:1111"
 * ```
 */
export const signatureCodec: Codec<string> = /* @__PURE__ */ taggedText(
  [64, 65, 3309],
  (text) => tagged(decodable(parseSignature(text))),
  (signature) => formatSignature(decodable(untagged(signature))),
);

const HANDLE_PREFIX = "ml-dsa-65-hash:";
const HANDLE_TAG = 3;

/**
 * The name under which a key stands in the state: with tag 0 or 1 the ed25519 or secp256k1 public
 * key itself, with tag 3 the SHA3-256 hash of an ML-DSA-65 key as `ml-dsa-65-hash:…`. NEP-645.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { publicKeyHandleCodec } from "@yoctonear/keys";
 * encode(publicKeyHandleCodec, "ml-dsa-65-hash:65PWUR1tt73wNtGFYVwRp2oBxad9kszGBxFVRFif2exC")[0]; // 3
 * ```
 */
export const publicKeyHandleCodec: Codec<string> = /* @__PURE__ */ taggedText(
  [32, 64, undefined, 32],
  parseHandle,
  (handle) =>
    handle.tag === HANDLE_TAG
      ? HANDLE_PREFIX + encodeBase58(handle.bytes)
      : formatPublicKey(untagged(handle)),
);

interface Tagged {
  readonly tag: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

function taggedText(
  lengths: readonly (number | undefined)[],
  parse: (text: string) => Tagged,
  format: (value: Tagged) => string,
): Codec<string> {
  const codec: Codec<Tagged> = {
    write: (writer, { tag, bytes }) => {
      u8.write(writer, tag);
      writer.writeBytes(bytes);
    },
    read: (reader) => {
      const { offset } = reader;
      const tag = u8.read(reader);
      const length = lengths[tag];
      if (length === undefined) {
        throw new BorshError("invalid_tag", `expected a known key type, got ${tag}`, offset);
      }
      return { tag, bytes: reader.readBytes(length) };
    },
  };
  return mapped(codec, parse, format);
}

function tagged({ type, bytes }: KeyData): Tagged {
  return { tag: KEY_TYPES.indexOf(type), bytes };
}

function untagged({ tag, bytes }: Tagged): KeyData {
  return { type: KEY_TYPES[tag] ?? "ed25519", bytes };
}

function decodable(signature: KeyData): KeyData {
  if (signature.type !== "ed25519" || (signature.bytes[63] ?? 0) < 0x20) return signature;
  throw new ParseError(
    "invalid_signature",
    "expected an ed25519 signature with s below 2^253, got a larger one",
  );
}

function parseHandle(text: string): Tagged {
  if (typeof text !== "string" || !text.startsWith(HANDLE_PREFIX)) {
    const key = parsePublicKey(text);
    if (key.type !== "ml-dsa-65") return tagged(key);
    throw new ParseError("invalid_key", `expected ${HANDLE_PREFIX}…, got the whole ML-DSA-65 key`);
  }
  const digits = text.slice(HANDLE_PREFIX.length);
  const bytes = digits.length > 44 ? new Uint8Array() : decodeBase58(digits);
  if (bytes.length === 32) return { tag: HANDLE_TAG, bytes };
  throw new ParseError("invalid_key", `expected 32 bytes in base58 after "${HANDLE_PREFIX}"`);
}
