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
  KEY_TYPES,
  [32, 64, 1952],
  parsePublicKey,
  formatPublicKey,
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
  KEY_TYPES,
  [64, 65, 3309],
  (text) => decodable(parseSignature(text)),
  (signature) => formatSignature(decodable(signature)),
);

const HASH_TYPE = "ml-dsa-65-hash";

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
  ["ed25519", "secp256k1", undefined, HASH_TYPE],
  [32, 64, undefined, 32],
  parseHandle,
  ({ type, bytes }) =>
    type === HASH_TYPE ? `${type}:${encodeBase58(bytes)}` : formatPublicKey({ type, bytes }),
);

interface TypedBytes<T extends string> {
  readonly type: T;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Types and lengths stand at the index that is their tag. */
function taggedText<T extends string>(
  types: readonly (T | undefined)[],
  lengths: readonly (number | undefined)[],
  parse: (text: string) => TypedBytes<T>,
  format: (value: TypedBytes<T>) => string,
): Codec<string> {
  const codec: Codec<TypedBytes<T>> = {
    write: (writer, { type, bytes }) => {
      u8.write(writer, types.indexOf(type));
      writer.writeBytes(bytes);
    },
    read: (reader) => {
      const { offset } = reader;
      const tag = u8.read(reader);
      const type = types[tag];
      const length = lengths[tag];
      if (type === undefined || length === undefined) {
        throw new BorshError("invalid_tag", `expected a known key type, got ${tag}`, offset);
      }
      return { type, bytes: reader.readBytes(length) };
    },
  };
  return mapped(codec, parse, format);
}

function decodable(signature: KeyData): KeyData {
  if (signature.type !== "ed25519" || (signature.bytes[63] ?? 0) < 0x20) return signature;
  throw new ParseError(
    "invalid_signature",
    "expected an ed25519 signature with s below 2^253, got a larger one",
  );
}

function parseHandle(text: string): TypedBytes<"ed25519" | "secp256k1" | typeof HASH_TYPE> {
  const prefix = `${HASH_TYPE}:`;
  if (typeof text !== "string" || !text.startsWith(prefix)) {
    const { type, bytes } = parsePublicKey(text);
    if (type !== "ml-dsa-65") return { type, bytes };
    throw new ParseError("invalid_key", `expected ${prefix}…, got the whole ML-DSA-65 key`);
  }
  const digits = text.slice(prefix.length);
  const bytes = digits.length > 44 ? new Uint8Array() : decodeBase58(digits);
  if (bytes.length === 32) return { type: HASH_TYPE, bytes };
  throw new ParseError("invalid_key", `expected 32 bytes in base58 after "${prefix}"`);
}
