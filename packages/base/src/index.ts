/**
 * What every yoctonear package stands on: the error tree, text encodings, byte helpers.
 * @module
 */
export { decodeBase58, encodeBase58 } from "./base58.ts";
export { compareBytes, concatBytes, equalBytes } from "./bytes.ts";
export { isNearError, NearError, ParseError, type ParseErrorCode, showValue } from "./errors.ts";
export {
  decodeBase64,
  decodeHex,
  decodeUtf8,
  encodeBase64,
  encodeHex,
  encodeUtf8,
} from "./text.ts";
