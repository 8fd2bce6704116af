/**
 * What every yoctonear package stands on: the error tree, text encodings, byte helpers.
 * @module
 */
export { compareBytes, concatBytes, equalBytes } from "./bytes.ts";
export { isNearError, NearError, ParseError, type ParseErrorCode, showValue } from "./errors.ts";
export {
  decodeBase58,
  decodeBase64,
  decodeHex,
  decodeUtf8,
  encodeBase58,
  encodeBase64,
  encodeHex,
  encodeUtf8,
} from "./text.ts";
