/**
 * Borsh of a hash, which is base58 text everywhere in localnet.
 * @module
 */
import { type Codec, fixedBytes, mapped } from "@yoctonear/borsh";
import { formatHash, parseHash } from "@yoctonear/primitives";

/** 32 raw bytes, as base58 in values. */
export const hashCodec: Codec<string> = /* @__PURE__ */ mapped(
  /* @__PURE__ */ fixedBytes(32),
  (text: string) => parseHash(text),
  (bytes) => formatHash(bytes),
);

/** 32 zero bytes in base58: "no hash". */
export const ZERO_HASH = "11111111111111111111111111111111";
